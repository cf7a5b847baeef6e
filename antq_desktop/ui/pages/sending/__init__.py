"""The commune's side of the stick, one folder for its page."""
