"""What a user's machine keeps between runs, and may lose at any time: a folder, a format, a digest of the program."""
