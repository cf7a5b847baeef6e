"""The page on which a commune decides what its laptops changed at once."""
