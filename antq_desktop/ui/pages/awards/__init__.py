"""The page of awards."""
