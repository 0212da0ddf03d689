"""Invented candidates and cohorts, labelled as such everywhere: sample data, screenshots, benchmarks."""

from data.synthetic.invented_answers import Plan, sample_results, synthetic_results

__all__ = ["Plan", "sample_results", "synthetic_results"]
