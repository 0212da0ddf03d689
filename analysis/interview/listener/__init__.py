"""What the candidate said as data: components, numbers, claims, questions to us, step, on topic or not."""
