"""The figures of all communes together, one folder for its page."""
