"""Message catalogues, one file a language."""
