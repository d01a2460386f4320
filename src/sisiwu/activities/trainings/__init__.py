"""培训: a class, who took part, how many hours."""
