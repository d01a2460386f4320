"""What every kind of activity shares: states, submitting, mending, drafts while typing."""
