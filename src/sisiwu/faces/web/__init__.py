"""门面: the shell of the site and the pages that bring rooms together; it decides nothing."""
