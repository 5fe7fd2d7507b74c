"""What arrived: files, sheets of cells, tables, typed records with their addresses."""
