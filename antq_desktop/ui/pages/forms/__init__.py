"""The page where an office words its papers itself."""
