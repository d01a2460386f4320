"""临时党支部: members attached for a task, who stay members of their home branch (A4)."""
