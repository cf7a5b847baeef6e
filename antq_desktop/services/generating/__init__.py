"""An invented commune for tests, training and measurements: the same for the same seed."""
