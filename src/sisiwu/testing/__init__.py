"""Fixtures and assertions for tests; nothing else imports it."""
