"""Papers: the fields that each printed form asks for, the forms themselves, and the press that writes files."""
