"""From cells to values, each read exactly or objected to; `parse` reads a column."""
