"""What the writer of a question is told: what is missing, what gives something away, what does not add up."""
