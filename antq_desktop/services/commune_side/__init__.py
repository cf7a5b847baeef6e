"""The commune's side of the stick: what it sends, whom it believes, what it takes in, and its other laptop."""
