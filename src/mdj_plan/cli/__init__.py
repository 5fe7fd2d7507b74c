"""Options in, exit code out: one file a verb."""
