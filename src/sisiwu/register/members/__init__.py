"""党员: members of branches, and officers who are none."""
