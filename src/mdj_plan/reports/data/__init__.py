"""Results for scripts: JSON and CSV (contract 3). Keys are always there; what is unknown is null."""
