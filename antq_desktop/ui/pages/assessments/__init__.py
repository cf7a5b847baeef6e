"""The yearly self-assessment of each unit, one folder for its page."""
