"""The command line: every command in a file of its own, loaded when it is called."""
