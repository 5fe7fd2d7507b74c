"""The circular and the letters."""
