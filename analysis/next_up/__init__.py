"""What to practise next: suggestions, the own list, what to study, progress in words."""
