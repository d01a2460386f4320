"""名册: who, as of any day."""
