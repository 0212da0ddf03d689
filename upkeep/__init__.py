"""What keeps the house in order: the index of decisions, the lock of packages, the audit. Run by `make`."""
