"""What the interviewer knows and may say: facts of a question, assumptions where they end. Pure."""
