"""What is wrong: one file a family of rules; `RULES` in `checks.rules` is the whole list."""
