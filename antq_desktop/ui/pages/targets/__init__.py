"""The page of the targets of a year."""
