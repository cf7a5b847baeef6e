"""The page that follows every unit through its year."""
