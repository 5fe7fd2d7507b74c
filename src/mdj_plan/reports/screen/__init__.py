"""The assessment on a terminal, one module a screen."""
