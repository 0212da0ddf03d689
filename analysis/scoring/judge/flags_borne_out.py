"""Which of the four classic mistakes that rules point at are borne out by what the judge read."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.scoring.judge.verdicts import Record, place_of
from data.domain import Evidence, Flag, Turn
from data.rubrics import criterion


def borne_out(flags: Sequence[Flag], record: Record, turns: Sequence[Turn]) -> tuple[Flag, ...]:
    """A flag that a single clause speaks against, or that nobody looked at, is dropped."""
    return tuple(flag for flag in flags if _is_borne_out(flag, record, turns))


def _is_borne_out(flag: Flag, record: Record, turns: Sequence[Turn]) -> bool:
    match flag.name:
        case "happy_path_only":
            return _nothing_of("C4", record)
        case "ends_at_diagram":
            return _nothing_of("C6", record)
        case "cap_as_checkbox":
            return all(record.of(name).verdict == "not_said" for name in ("C2.3.a", "C2.3.c"))
        case "tech_before_requirements":
            return _technology_came_first(flag, record, turns)


def _nothing_of(name: str, record: Record) -> bool:
    clauses = [clause.id for anchor in criterion(name).anchors[1:] for clause in anchor.clauses]
    return all(record.of(clause).verdict == "not_said" for clause in clauses)


def _technology_came_first(flag: Flag, record: Record, turns: Sequence[Turn]) -> bool:
    """No requirement stands before the technology, and no targets were named before choosing."""
    needs, targets = record.of("C1.2.a"), record.of("C1.3.a")
    if targets.verdict not in ("not_said", "half") or flag.evidence is None or needs.verdict is None:
        return False
    first = _order(flag.evidence, turns)
    return all(_order(quote, turns) > first for quote in needs.evidence)


def _order(quote: Evidence, turns: Sequence[Turn]) -> tuple[int, int]:
    return (quote.turn, (place_of(quote, turns) or (0, 0))[0])
