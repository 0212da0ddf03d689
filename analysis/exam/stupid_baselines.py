"""What needs no understanding at all, made into levels: the number of words, and likeness to the key points.

Each question's levels come from a straight line fitted on the answers to all others, so a baseline has seen
the labels of other questions, which no scorer has: it is flattered, if anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analysis.exam.constructed_answers import Constructed
from analysis.exam.rater_agreement import Numbers

LOWEST, HIGHEST = 1.0, 4.0


def words_levels(rows: Sequence[Constructed]) -> tuple[float, ...]:
    """Levels from the number of words alone."""
    return _fitted(rows, np.array([math.log1p(len(row.answer.candidate_text.split())) for row in rows]))


def cosine_levels(rows: Sequence[Constructed]) -> tuple[float, ...]:
    """Levels from how like the answer's sentences are to the key points, each at its likest, on average."""
    return _fitted(rows, np.array([_likeness(row) for row in rows]))


def _likeness(row: Constructed) -> float:
    from analysis.reading.embeddings import embed
    from analysis.reading.sentences import sentences

    said = embed([one.text for one in sentences(row.answer.candidate_text)])
    points = embed([point.text for point in row.answer.question.key_points])
    if not said or not points:
        return 0.0
    likeness = np.array([one.whole for one in points]) @ np.array([one.whole for one in said]).T
    return float(likeness.max(axis=1).mean())


def _fitted(rows: Sequence[Constructed], measured: Numbers) -> tuple[float, ...]:
    true = np.array([row.levels[row.main] for row in rows], float)
    questions = np.array([row.question_id for row in rows])
    levels = np.zeros(len(rows))
    for question in np.unique(questions):
        mine = questions == question
        others = true[~mine]
        if len(others) < 2 or float(np.ptp(measured[~mine])) < 1e-9:
            levels[mine] = float(others.mean()) if len(others) else 2.0
            continue
        slope, start = np.polyfit(measured[~mine], others, 1)
        levels[mine] = start + slope * measured[mine]
    return tuple(float(level) for level in np.clip(levels, LOWEST, HIGHEST))
