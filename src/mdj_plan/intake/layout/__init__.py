"""From sheets to tables, cover and titles; `survey` goes through a book."""
