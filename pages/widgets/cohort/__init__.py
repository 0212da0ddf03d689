"""What instructors and the members of a cohort see."""
