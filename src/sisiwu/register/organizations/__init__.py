"""党组织: the tree of every kind, with its history."""
