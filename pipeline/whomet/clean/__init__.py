"""Lines of a raw page -> labelled segments."""
