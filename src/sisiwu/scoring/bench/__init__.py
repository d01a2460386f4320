"""How fast the counting is: ratios to a bare GROUP BY measured in the same run on the same files."""
