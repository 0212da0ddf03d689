"""One line for a move, in the candidate's words, and the check that every line must pass."""
