"""The page of agencies, enterprises and schools under the commune."""
