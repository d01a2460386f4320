"""Merging two organizations: children, members and offices together, one transaction (A1)."""
