"""The page of self-managed models."""
