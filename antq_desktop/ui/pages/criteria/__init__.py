"""The criteria in use, as data: what each asks, how sure its text is, and the official wording beside it."""
