"""The AI interviewer: turns and follow-up probes."""
