"""Models without widgets: what tables and grids show."""
