"""The design system: base page, lists, forms; no tables."""
