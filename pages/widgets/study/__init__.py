"""Reading the question bank without a recording, and the candidate's own sets."""
