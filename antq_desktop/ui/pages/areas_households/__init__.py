"""The page of residential areas and the households in them."""
