"""What is due, and where the commune stands, on one page."""
