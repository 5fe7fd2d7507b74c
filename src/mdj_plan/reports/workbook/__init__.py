"""The meeting workbook, one module a kind of sheet."""
