"""From bytes to sheets of cells, one module a format; `content` tells which it is."""
