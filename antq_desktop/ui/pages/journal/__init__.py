"""Who did what in the workspace."""
