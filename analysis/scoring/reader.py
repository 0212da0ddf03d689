"""The reader: which key points an answer's words speak of, with the quote; no level and no accusation."""

from __future__ import annotations

from analysis.reading.heard import hear
from analysis.reading.placed import place
from analysis.written.coding import comment_turns
from data.domain import Answer, Assessment, KeyPointResult, TurnKind
from data.rubrics import load_rubric

VERSION = "2"
COMPARES_WORDS = (
    "The reader compares words with examples of what people say, in English. Many points made in other words "
    "pass it unheard, and a claim turned round can pass for the point."
)
_UNREAD: dict[TurnKind, str] = {
    "code": "Of the code only the comments are compared; whether it works is what its tests say.",
    "sketch": "The sketch is kept beside the answer; the reader does not compare it.",
}


class ReaderScorer:
    """Reads without network or key; deterministic. Models are loaded on the first answer."""

    name = "reader"
    version = VERSION

    def score(self, answer: Answer) -> Assessment:
        """Every key point as heard (`covered`), not found in these words (`missed`) or not to be told."""
        placed = place(answer, comment_turns(answer))
        heard = {id(one.point.key_point): one for one in hear(placed)}
        results = []
        for point in answer.question.key_points:
            one = heard.get(id(point))
            results.append(
                KeyPointResult(point, one.status, one.evidence)
                if one
                else KeyPointResult(point, "cannot_tell")
            )
        notes = (COMPARES_WORDS, *(_UNREAD[turn.kind] for turn in answer.written_turns))
        return Assessment(
            scores=(),
            key_points=tuple(results),
            notes=notes,
            scorer=self.name,
            scorer_version=self.version,
            rubric_version=load_rubric().version,
        )
