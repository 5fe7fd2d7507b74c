"""The same `Assessment` on a screen, in a workbook, a document, a page, or as data. A report computes nothing."""
