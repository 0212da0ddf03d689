"""Models on this machine: which are here, and how one arrives from the first source that answers."""
