"""A whole interview: its form and plan, the room while it runs, the report at its end."""
