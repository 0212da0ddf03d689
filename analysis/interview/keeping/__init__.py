"""Rounds kept as attempts, the interview kept as a whole, its end in figures."""
