"""The rubric judge: a chat model gives verdicts on clauses, code checks its quotes and computes levels."""

from analysis.scoring.judge.scorer import JudgeScorer

__all__ = ["JudgeScorer"]
