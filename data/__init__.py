"""What we know (questions, rubrics) and what we keep (the store, recordings)."""
