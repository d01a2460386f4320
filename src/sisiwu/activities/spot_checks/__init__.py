"""抽查: a few records, drawn by a published seed, are looked at; nobody keeps photographs of all (N12)."""
