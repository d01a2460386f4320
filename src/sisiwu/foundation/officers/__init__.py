"""三员: opening accounts and giving roles, two powers that never meet in one account."""
