"""The offline scorer: which key points were made, with the quote, and from them a band of levels.

It compares words, it does not understand: what it cannot tell is left open, and `Assessment.notes` says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.reading.depth import dismissals, features, negations, weigh
from analysis.reading.fitted import load_model
from analysis.reading.found import Found, PointHeard, read
from analysis.reading.placed import Said
from analysis.reading.screening import GateName
from analysis.scoring.flags import flags_in
from analysis.written.coding import comment_turns
from data.domain import (
    COMPETENCIES,
    Answer,
    Assessment,
    Elicitation,
    Evidence,
    Flag,
    KeyPointResult,
    Score,
    TurnKind,
)
from data.rubrics import flag_cap, load_rubric

BAND = 0.8
"""Half width of the band: 97 % of the constructed answers lie within it when their question is left out.

People's answers vary more than constructed ones, so it is not made narrower.
"""
CEILINGS: dict[Elicitation, float] = {"volunteered": 4.0, "prompted": 3.0, "hinted": 2.0}
"""The highest level of what was volunteered, of that with answers to probes, and with hints."""
NO_POINT_CEILING = 2.0
"""Without any key point heard an answer can be generic at best, which is level 2 of every rubric."""
DENIED_LEVEL = 1.5
GATED_LEVEL = 1.0
MOSTLY_DENIED = 0.4
MOSTLY_NEGATED = 0.06
"""Negating words per word: key points turned round have .06-.14, graded answers above level 1 up to .05."""
FEWEST_DISMISSALS = 2
MOSTLY_DISMISSED = 1 / 45
"""Dismissals per word: fluent wrong answers have one in 20-45 words. No good constructed answer (73) and no
outline or point list of the bank (258) reaches it; of the graded answers of Mohler and SAF (3,279) five do.
"""
_DENIED = "What the answer says of the key points contradicts them."
_DISMISSED = "Much of the answer waves concerns away or promises what no system keeps."

CANNOT_DETECT = (
    "The offline scorer compares words and rules; it cannot tell a fluent but wrong answer from a right one. "
    "Read the quotes, and use the judge for a second look."
)
_UNREAD: dict[TurnKind, str] = {
    "code": "Of the code only the comments are compared; whether it works is what its tests say.",
    "sketch": "The sketch is kept beside the answer; the offline scorer does not compare it.",
}
_GATES: dict[GateName, str] = {
    "empty": "There is too little said to show any level.",
    "dont_know": "The answer says that the question cannot be answered.",
    "copied": "The answer mostly repeats the question's own words.",
    "stuffed": "The answer lists terms without saying anything about them.",
    "off_topic": "The answer is about something other than the question.",
    "foreign": "The answer does not seem to be in English, the only language the offline scorer can compare.",
    "injection": "The answer addresses the scorer instead of the question.",
}


class OfflineScorer:
    """Scores without network or key; deterministic."""

    name = "offline"

    def __init__(self) -> None:
        """Models are loaded on the first answer."""
        self.version = load_model().version

    def score(self, answer: Answer) -> Assessment:
        """Key points with quotes, a level band per competency they feed, flags, and what stays open."""
        found = read(answer, comment_turns(answer) if answer.candidate_turns else ())
        screened = found.screened
        flags = flags_in(answer, found.placed.lines)
        if screened.gate:
            flags = tuple(flag for flag in flags if flag.evidence is not None)
        scores = tuple(self._score(criterion, found, flags) for criterion in _criteria(answer))
        notes = (CANNOT_DETECT, *(_UNREAD[turn.kind] for turn in answer.written_turns), *screened.notes)
        if screened.gate:
            notes += (_GATES[screened.gate],)
        return Assessment(scores, _results(answer, found.points), flags, notes)

    def _score(self, criterion: str, found: Found, flags: Sequence[Flag]) -> Score:
        mine, gate, kept = weigh(found, criterion), found.screened.gate, found.screened.kept
        if not mine.points and not gate:
            return self._unscored(criterion, "No key point of this question feeds this competency.")
        if gate == "foreign":
            return self._unscored(criterion, _GATES["foreign"])
        if gate:
            return self._banded(criterion, GATED_LEVEL, 0.0, (), _GATES[gate])
        denied, missing = _denied(mine.points, kept), _missing(mine.points)
        if not mine.evidence:
            return self._banded(criterion, GATED_LEVEL, 0.0, (), denied or missing)
        level = max([1.0, *(min(CEILINGS[how], load_model().level(seen)) for how, seen in mine.stages)])
        if denied:
            return self._banded(criterion, min(level, DENIED_LEVEL), 0.5, mine.evidence, denied)
        if not mine.heard:
            level = min(level, NO_POINT_CEILING)
        level = min([level, *_caps(criterion, flags)])
        return self._banded(criterion, level, BAND, mine.evidence, missing)

    def _banded(
        self, criterion: str, level: float, band: float, evidence: tuple[Evidence, ...], missing: str
    ) -> Score:
        level = round(min(4.0, max(1.0, level)), 1)
        return Score(
            criterion=criterion,
            level=level,
            scorer=self.name,
            scorer_version=self.version,
            rubric_version=load_rubric().version,
            low=round(max(1.0, level - band), 1),
            high=round(min(4.0, level + band), 1),
            evidence=evidence,
            missing_for_next=missing,
        )

    def _unscored(self, criterion: str, reason: str) -> Score:
        return Score(criterion, None, self.name, self.version, load_rubric().version, reason=reason)


def _criteria(answer: Answer) -> tuple[str, ...]:
    fed = {point.competency for point in answer.question.key_points}
    invited = fed | set(answer.question.competencies)
    return tuple(c for c in COMPETENCIES if c in invited) + tuple(sorted(fed - set(COMPETENCIES)))


def features_of(answer: Answer, criterion: str) -> dict[str, float] | None:
    """What the level model sees of a whole answer; None when a gate stops it. For fitting."""
    found = read(answer)
    mine = [one for one in found.points if one.point.key_point.competency == criterion]
    if found.screened.gate or not mine:
        return None
    return features(mine, found.screened.kept, found.placed)


def _denied(mine: Sequence[PointHeard], kept: Sequence[Said]) -> str:
    """Why little of the answer counts, or nothing."""
    said_of = [one for one in mine if one.status in ("covered", "partly", "contradicted")]
    denied = sum(one.status == "contradicted" for one in said_of)
    if said_of and denied / len(said_of) >= MOSTLY_DENIED:
        return _DENIED
    if len(kept) >= 3 and negations(kept) >= MOSTLY_NEGATED:
        return _DENIED
    dismissed, words = dismissals(kept), sum(len(one.sentence.words) for one in kept)
    is_dismissed = dismissed >= FEWEST_DISMISSALS and dismissed >= words * MOSTLY_DISMISSED
    return _DISMISSED if is_dismissed else ""


def _caps(criterion: str, flags: Sequence[Flag]) -> list[float]:
    caps = [flag_cap(flag.name) for flag in flags]
    return [float(cap.level) for cap in caps if cap is not None and cap.criterion == criterion]


def _missing(mine: Sequence[PointHeard]) -> str:
    for status in ("contradicted", "missed", "cannot_tell", "partly"):
        for one in mine:
            if one.status == status:
                word = {"contradicted": "Contradicted", "partly": "Only touched"}.get(status, "Not heard")
                return f"{word}: {one.point.key_point.text}"
    return ""


def _results(answer: Answer, found: Sequence[PointHeard]) -> tuple[KeyPointResult, ...]:
    by_id = {id(one.point.key_point): one for one in found}
    results = []
    for point in answer.question.key_points:
        one = by_id.get(id(point))
        results.append(
            KeyPointResult(point, one.status, one.evidence) if one else KeyPointResult(point, "cannot_tell")
        )
    return tuple(results)
