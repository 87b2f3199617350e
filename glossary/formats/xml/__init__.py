"""XML, read and written without what makes it dangerous."""
