"""The page of the households' signed papers."""
