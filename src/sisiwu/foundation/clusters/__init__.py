"""Servers of our own on loopback: made, started, stopped and thrown away (tests, benchmarks)."""
