"""Tables declared once, for every medium: what their columns are and where their rows come from."""
