"""A second calculation of contract sections 2 and 3, written from its text alone, to be held against the program's."""
