"""How answers change over weeks, and what to practise next."""
