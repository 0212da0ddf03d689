"""The next move of the interviewer, from what was heard and where the round stands. Pure."""
