"""What the interviewer understands and says: commands, clarifications, probes, lines."""
