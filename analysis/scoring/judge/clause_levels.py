"""From clause verdicts to a level, in code. Pure; the judge never names a level."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.scoring.judge.replies import Verdict
from data.domain import Criterion, Evidence

UNVERIFIED = "Evidence not found: the judge's quotes are not in the transcript."
UNSURE = "Judge unsure, ask a human: its runs lie two or more levels apart."
NOT_INVITED = "Not asked: the question did not invite it and the answer did not raise it."
NOT_SCORABLE = "Not scorable: too much of the transcript is unintelligible."
HINTED_CAP = 2
ERROR_CAP = 2
FEWEST_RUNS = 2


@dataclass(frozen=True, slots=True)
class ClauseVerdict:
    """One clause after the evidence check: only verified quotes are left. `claimed` counts those given."""

    clause: str
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    claimed: int = 0


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one run of the judge comes to: a level, or None with the reason."""

    level: int | None
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    missing_clause: str = ""


@dataclass(frozen=True, slots=True)
class Combined:
    """The median of the runs and its range, or None with the reason. `run` speaks for it."""

    level: int | None
    low: int | None = None
    high: int | None = None
    reason: str | None = None
    run: int | None = None


def run_level(
    criterion: Criterion,
    verdicts: Sequence[ClauseVerdict],
    invited: bool,
    volunteered_clauses: frozenset[str] = frozenset(),
) -> RunResult:
    """The highest anchor whose every clause is met by evidence that counts at its level."""
    by_clause = {verdict.clause: verdict for verdict in verdicts}
    claimed = _highest(criterion, {v.clause for v in verdicts if v.verdict == "met"}, by_clause)
    proven = {v.clause for v in verdicts if v.verdict == "met" and v.evidence}
    if claimed >= 2 and not _decides(criterion, claimed, proven):
        return RunResult(None, UNVERIFIED)
    if not invited and not proven and all(v.verdict == "not_invited" for v in verdicts):
        return RunResult(None, NOT_INVITED)
    counting = {name for name in proven if _counts(by_clause[name], volunteered_clauses)}
    level = _highest(criterion, counting, by_clause)
    evidence = tuple(
        quote
        for anchor in criterion.anchors
        if anchor.level <= level
        for clause in anchor.clauses
        if clause.id in counting
        for quote in by_clause[clause.id].evidence
    )
    return RunResult(level, None, evidence, _missing(criterion, level, counting))


def _highest(criterion: Criterion, met: set[str], by_clause: dict[str, ClauseVerdict]) -> int:
    """Anchors are climbed one by one. Uninvited clauses are skipped, but half of an anchor must be met."""
    level = 1
    for anchor in criterion.anchors[1:]:
        names = [clause.id for clause in anchor.clauses]
        uninvited = {n for n in names if n in by_clause and by_clause[n].verdict == "not_invited"}
        reached = [name for name in names if name in met]
        if len(reached) + len(uninvited - met) < len(names) or len(reached) < math.ceil(len(names) / 2):
            return level
        level = anchor.level
    return level


def _decides(criterion: Criterion, level: int, proven: set[str]) -> bool:
    return any(clause.id in proven for clause in criterion.anchors[level - 1].clauses)


def _counts(verdict: ClauseVerdict, volunteered_clauses: frozenset[str]) -> bool:
    """Level 4 needs volunteered evidence; hinted content counts for at most 2."""
    level = clause_level(verdict.clause)
    found = {quote.elicitation for quote in verdict.evidence}
    if level >= 4 or verdict.clause in volunteered_clauses:
        return "volunteered" in found
    return level <= HINTED_CAP or found != {"hinted"}


def clause_level(clause_id: str) -> int:
    """The level in a clause id such as C4.3.b."""
    return int(clause_id.rsplit(".", 2)[1])


def _missing(criterion: Criterion, level: int, counting: set[str]) -> str:
    if level >= 4:
        return ""
    lacking = [c.text for c in criterion.anchors[level].clauses if c.id not in counting]
    return lacking[0] if lacking else ""


def combine(runs: Sequence[RunResult]) -> Combined:
    """The median of the runs; unscored when most runs gave none, or when they lie two levels apart."""
    levels = [run.level for run in runs if run.level is not None]
    if len(levels) < min(FEWEST_RUNS, len(runs)):
        reasons = Counter(run.reason for run in runs if run.reason)
        return Combined(None, reason=reasons.most_common(1)[0][0] if reasons else UNVERIFIED)
    low, high = min(levels), max(levels)
    if high - low >= 2:
        return Combined(None, low, high, UNSURE)
    median = statistics.median_low(levels)
    return Combined(median, low, high, run=next(i for i, run in enumerate(runs) if run.level == median))


def cap(found: Combined, level: int) -> Combined:
    """The same, held at this level or below."""
    if found.level is None or found.low is None or found.high is None:
        return found
    return Combined(min(found.level, level), min(found.low, level), min(found.high, level), None, found.run)
