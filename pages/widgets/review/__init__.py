"""Looking at an answer: levels with their quotes, the recording, arguing with a level, comparing, reports."""
