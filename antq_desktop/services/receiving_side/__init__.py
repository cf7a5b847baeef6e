"""The upper level's side of the stick: whom it believes, what it takes in, sets aside, holds, answers and issues."""
