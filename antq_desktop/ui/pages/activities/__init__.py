"""The page of what the models did."""
