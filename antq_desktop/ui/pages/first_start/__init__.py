"""The steps that make a workspace on a laptop that has none."""
