"""What instructors' pages say: hints with their rules, readiness, comparisons, and what they leave out."""
