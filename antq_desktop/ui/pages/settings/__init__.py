"""What the office sets once."""
