"""Whose levels count: the one place that decides it, for every named query.

`counted(scores)` in a query stands for a condition on the table `scores`, which must have the columns
`scorer`, `scorer_version` and `rubric_version`.
"""

from __future__ import annotations

import re

EXAMINED = ("judge",)
"""Scorers whose levels count only once that very version has passed the exam; all others always count."""
RETIRED = ("offline",)
"""Scorers of before: their levels are kept and shown as history, and count nowhere."""
_MARK = re.compile(r"\bcounted\((\w+)\)")


def with_counted(sql: str) -> str:
    """The query with every `counted(table)` written out."""
    return _MARK.sub(lambda found: _counts(found[1]), sql)


def _counts(table: str) -> str:
    names, retired = (", ".join(f"'{name}'" for name in some) for some in (EXAMINED, RETIRED))
    version = ", ".join(f"{table}.{column}" for column in ("scorer", "scorer_version", "rubric_version"))
    return (
        f"({table}.scorer NOT IN ({retired}) AND ({table}.scorer NOT IN ({names}) OR ({version}) IN "
        "(SELECT scorer, scorer_version, rubric_version FROM model_exams WHERE passed)))"
    )
