"""组织关系转接: a membership goes to another branch by a hand-over letter that holds for a while (A5)."""
