"""sisiwu (四四五): what happened is entered once, becomes a fact, is counted by a rule, and can be walked back."""

__version__ = "0.1.0"
"""As in pyproject.toml; the about page shows it (R14)."""
