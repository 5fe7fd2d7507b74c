"""The meeting page: one HTML file in both languages."""
