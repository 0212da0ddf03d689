"""From verdicts on clauses to a level, in code. Pure; the judge never names a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from analysis.scoring.judge.verdicts import Votes
from data.domain import Anchor, Criterion, Evidence

UNVERIFIED = "Evidence not found: the judge's quotes are not in the transcript."
UNSURE = "Judge unsure, ask a human: its looks lie two or more levels apart."
NOT_INVITED = "Not asked: the question did not invite it and the answer did not raise it."
NOT_SCORABLE = "Not scorable: too much of the transcript is unintelligible."
HINTED_CAP = 2
WRONG_CAP = 2
FEWEST_WRONG_FOR_ONE = 2
"""So many false claims that decide something, and more of them than is right, are level 1."""
MOST_DECIDING_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks of one criterion: its clauses by id, and those that count only unasked."""

    clauses: Set[str]
    volunteered: Set[str]
    invited: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A level with its range, or None with the reason; its deciding quotes, and what the next one lacks."""

    level: int | None
    low: int | None = None
    high: int | None = None
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    lacking: tuple[str, ...] = ()
    is_held: bool = False
    """Whether only false claims keep it from being higher."""


def level_of(criterion: Criterion, votes: Mapping[str, Votes], asked: Asked, wrong: int = 0) -> Level:
    """The level of one criterion from its clauses and the count of false claims that decide something.

    `low` and `high` are what the looks would give at their least and at their most.
    """
    settled = _climb(criterion, _worths(votes, asked, "middle"), asked)
    low = _climb(criterion, _worths(votes, asked, "least"), asked)
    high = _climb(criterion, _worths(votes, asked, "most"), asked)
    low, level, high = (_held(one, wrong, votes, asked) for one in (low, settled, high))
    is_held = level < settled
    raised = any(vote.verdict not in (None, "not_said") for vote in votes.values())
    if _is_unknown(votes) and low != high:
        return Level(None, reason=UNVERIFIED)
    if not asked.invited and not wrong and (level == 1 or not raised):
        return Level(None, reason=NOT_INVITED)
    if high - low >= 2:
        return Level(None, low, high, UNSURE)
    evidence = deciding_quotes(criterion, votes, asked, level)
    lacking = () if is_held else _lacking(criterion, votes, asked, level)
    return Level(level, low, high, None, evidence, lacking, is_held)


def deciding_clauses(criterion: Criterion, votes: Mapping[str, Votes], asked: Asked) -> tuple[str, ...]:
    """The clauses on which the level hangs by one weak verdict.

    They are the half-said ones without which it would be lower, and the one that alone keeps it from the next
    level where something of that level was said.
    """
    worths = _worths(votes, asked, "middle")
    level = _climb(criterion, worths, asked)
    changing = [
        name
        for name, worth in worths.items()
        if worth == 0.5 and _climb(criterion, {**worths, name: 0.0}, asked) != level
    ]
    if level < len(criterion.anchors):
        anchor = criterion.anchors[level]
        begun = any(worths[clause.id] for clause in anchor.clauses)
        changing += [
            clause.id
            for clause in anchor.clauses
            if begun
            and worths[clause.id] < 1
            and _climb(criterion, {**worths, clause.id: 1.0}, asked) > level
        ]
    return tuple(dict.fromkeys(changing))


def deciding_quotes(
    criterion: Criterion, votes: Mapping[str, Votes], asked: Asked, level: int
) -> tuple[Evidence, ...]:
    """One quote a clause that counts, the highest anchor first, each place once; none for level 1."""
    if level == 1:
        return ()
    found: dict[tuple[int, str], Evidence] = {}
    for anchor in reversed(criterion.anchors[1:level]):
        for clause in anchor.clauses:
            counting = _counting(clause.id, votes[clause.id], asked)
            if counting:
                found.setdefault((counting[0].turn, counting[0].quote), counting[0])
    return tuple(found.values())[:MOST_DECIDING_QUOTES]


def clause_level(clause_id: str) -> int:
    """The level in a clause id such as C4.3.b."""
    return int(clause_id.rsplit(".", 2)[1])


def _worths(votes: Mapping[str, Votes], asked: Asked, which: str) -> dict[str, float]:
    """What each clause counts: 1 said, 0.5 half, 0 otherwise. Without any look it may be all or nothing."""
    return {name: _worth(name, vote, asked, which) for name, vote in votes.items()}


def _worth(name: str, vote: Votes, asked: Asked, which: str) -> float:
    given = vote.verdicts
    if not given:
        return 1.0 if which == "most" else 0.0
    verdict = {"least": given[0], "most": given[-1], "middle": vote.verdict}[which]
    if verdict not in ("said", "half"):
        return 0.0
    quotes = tuple(quote for look in vote.looks if look.verdict == verdict for quote in look.evidence)
    if not _counts(name, quotes, asked):
        return 0.0
    return 1.0 if verdict == "said" else 0.5


def _counting(name: str, vote: Votes, asked: Asked) -> tuple[Evidence, ...]:
    if vote.verdict not in ("said", "half"):
        return ()
    return vote.evidence if _counts(name, vote.evidence, asked) else ()


def _counts(name: str, quotes: Sequence[Evidence], asked: Asked) -> bool:
    """Level 4 needs volunteered evidence; hinted content counts for at most 2."""
    level, found = clause_level(name), {quote.elicitation for quote in quotes}
    if level >= 4 or name in asked.volunteered:
        return "volunteered" in found
    return bool(found) and (level <= HINTED_CAP or found != {"hinted"})


def _climb(criterion: Criterion, worths: Mapping[str, float], asked: Asked) -> int:
    """Anchors are climbed one by one."""
    level = 1
    for anchor in criterion.anchors[1:]:
        if not _holds(anchor, worths, asked):
            return level
        level = anchor.level
    return level


def _holds(anchor: Anchor, worths: Mapping[str, float], asked: Asked) -> bool:
    """Every clause that is asked, at most one of them half, and at least half of the anchor in all."""
    wanted = [worths[clause.id] for clause in anchor.clauses if clause.id in asked.clauses]
    if any(worth == 0 for worth in wanted) or sum(worth == 0.5 for worth in wanted) > 1:
        return False
    return sum(worths[clause.id] for clause in anchor.clauses) >= max(1.0, len(anchor.clauses) / 2)


def _held(level: int, wrong: int, votes: Mapping[str, Votes], asked: Asked) -> int:
    """What false claims leave of a level."""
    if not wrong:
        return level
    right = sum(_worths(votes, asked, "middle").values())
    if wrong >= FEWEST_WRONG_FOR_ONE and wrong > right:
        return 1
    return min(level, WRONG_CAP)


def _is_unknown(votes: Mapping[str, Votes]) -> bool:
    return any(vote.verdict is None for vote in votes.values())


def _lacking(criterion: Criterion, votes: Mapping[str, Votes], asked: Asked, level: int) -> tuple[str, ...]:
    """The clauses of the next anchor that are not said: those that are asked, or any where none is."""
    if level >= len(criterion.anchors):
        return ()
    worths = _worths(votes, asked, "middle")
    missing = [clause for clause in criterion.anchors[level].clauses if worths[clause.id] < 1]
    wanted = [clause for clause in missing if clause.id in asked.clauses]
    return tuple(clause.text for clause in wanted or missing)
