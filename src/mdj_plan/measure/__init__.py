"""How far: claims, distinct facilities, actuals, gaps and the outlook."""
