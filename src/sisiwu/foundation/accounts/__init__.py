"""Who may sign in, in which role, over which part of the tree of organizations."""
