"""The blank return: the template as a workbook that reads back without a finding once it is filled in."""
