"""Claims that do not hold: found in a look of their own, confirmed by a second reader before they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.scoring.judge.asked_items import Item, damaged_by_claims
from analysis.scoring.judge.replies import ClaimsReply, DoubtedClaim
from analysis.scoring.judge.verdicts import Record, place_of
from analysis.scoring.judge.view import View
from analysis.scoring.judge.words_shown import about_the_answer
from data.domain import COMPETENCIES, Answer, Evidence, Turn, WrongClaim

ENOUGH_SHARED = 0.5
"""Two quotes are of one claim when so much of the shorter one lies in both."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that do not hold. `shown` is how the judge quoted them, `also` other criteria it damages."""

    evidence: Evidence
    shown: str
    fact: str
    why: str
    criterion: str
    decides: bool
    confirmed: bool = False
    also: frozenset[str] = frozenset()

    @property
    def told(self) -> WrongClaim:
        """As it is kept and shown."""
        return WrongClaim(self.evidence.quote, self.fact, self.why)

    def damages(self, criterion: str) -> bool:
        """Whether it counts against this criterion."""
        return self.decides and (criterion == self.criterion or criterion in self.also)


def read_claims(reply: ClaimsReply, answer: Answer, view: View) -> tuple[Claim, ...]:
    """The claims whose words are in the transcript, each once."""
    criteria = [criterion.id for criterion in damaged_by_claims(answer.question)]
    found: list[Claim] = []
    for given in reply.claims:
        evidence = view.evidence(given.quote, answer.turns, "")
        if evidence is None or any(overlap(evidence, one.evidence, answer.turns) for one in found):
            continue
        fact, why = about_the_answer(given.fact), about_the_answer(given.why)
        named = given.criterion if given.criterion in criteria else criteria[0]
        if fact or why:
            found.append(Claim(evidence, given.quote, fact, why, named, given.decides))
    return tuple(found)


def overlap(one: Evidence, other: Evidence, turns: Sequence[Turn]) -> bool:
    """Whether two quotes share at least half of the shorter one."""
    first, second = place_of(one, turns), place_of(other, turns)
    if one.turn != other.turn or first is None or second is None:
        return False
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared >= ENOUGH_SHARED * min(first[1] - first[0], second[1] - second[0])


def backed(
    claims: Sequence[Claim], items: Sequence[Item], record: Record, answer: Answer
) -> tuple[Claim, ...]:
    """The claims as the reading bears on them: confirmed where an item is wrong by the same words.

    A claim damages as well the criteria of those items, and competencies a clause of which stands on its
    words alone.
    """
    return tuple(_backed(claim, items, record, answer.turns) for claim in claims)


def _backed(claim: Claim, items: Sequence[Item], record: Record, turns: Sequence[Turn]) -> Claim:
    also, confirmed = set(claim.also), claim.confirmed
    for item in items:
        vote = record.of(item.id)
        touched = [quote for quote in vote.evidence if overlap(quote, claim.evidence, turns)]
        if vote.verdict == "wrong" and touched:
            also.add(item.criterion)
            confirmed = True
        elif item.point is None and item.criterion in COMPETENCIES and touched == list(vote.evidence) != []:
            also.add(item.criterion)
    return replace(claim, also=frozenset(also), confirmed=confirmed)


def is_backed(item: Item, record: Record, claims: Sequence[Claim], answer: Answer) -> bool:
    """Whether a claim says the same of an item that was read as wrong."""
    return any(
        overlap(quote, claim.evidence, answer.turns)
        for quote in record.of(item.id).evidence
        for claim in claims
    )


def after_doubt(
    claims: Sequence[Claim], asked: Mapping[str, Claim], told: Sequence[DoubtedClaim]
) -> tuple[Claim, ...]:
    """Without those that a second reader defends; what it says of the others where that is more."""
    said = {one.id.strip(): one for one in told}
    defended = {claim for name, claim in asked.items() if name in said and said[name].holds}
    return tuple(claim for claim in claims if claim not in defended)


def from_items(
    items: Sequence[Item], record: Record, claims: Sequence[Claim], answer: Answer
) -> tuple[Claim, ...]:
    """What was read as wrong, also on a second look, and no claim tells of yet; each place once."""
    found: list[Claim] = []
    for item in items:
        vote = record.of(item.id)
        if vote.verdict != "wrong" or is_backed(item, record, [*claims, *found], answer):
            continue
        quote = vote.evidence[0]
        found.append(Claim(quote, quote.quote, about_the_answer(vote.fact), "", item.criterion, True, True))
    return tuple(found)
