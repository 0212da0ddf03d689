"""Benchmarks anyone can re-run: `python -m analysis.evaluate ...`."""
