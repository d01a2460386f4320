"""发展党员: from the application to the file, 25 steps with their waiting periods (A5)."""
