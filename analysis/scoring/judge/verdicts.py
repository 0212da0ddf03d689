"""What a judge found, checked against the transcript: one verdict an item, its verified quotes, and votes."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.scoring.judge.asked_items import Item
from analysis.scoring.judge.replies import FoundItem, Verdict
from analysis.scoring.judge.view import View
from data.domain import Evidence, Turn

MOST_QUOTES = 3
FEWEST_OVERUSED = 4
"""Clauses of a criterion that one quote may not be held to show, when they are more than half of it."""
_RANK: Mapping[Verdict, int] = {"wrong": 0, "not_said": 1, "half": 2, "said": 3}
_BY_RANK: tuple[Verdict, ...] = ("wrong", "not_said", "half", "said")


@dataclass(frozen=True, slots=True)
class Finding:
    """One look at one item. `verdict` is None when it was left out, or its quotes were not said."""

    verdict: Verdict | None
    evidence: tuple[Evidence, ...] = ()
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Votes:
    """All looks at one item, the first one first."""

    looks: tuple[Finding, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Those that can be used, least to most."""
        given = [look.verdict for look in self.looks if look.verdict is not None]
        return tuple(sorted(given, key=_RANK.__getitem__))

    @property
    def verdict(self) -> Verdict | None:
        """The middle one, of two the lower; one look of several accuses nobody. None without any look."""
        ranks = [_RANK[verdict] for verdict in self.verdicts]
        if len(ranks) > 1 and not self.is_wrong_twice:
            ranks = [rank for rank in ranks if rank]
        return _BY_RANK[statistics.median_low(ranks)] if ranks else None

    @property
    def is_wrong_twice(self) -> bool:
        """Whether at least two looks say that it does not hold."""
        return self.verdicts.count("wrong") >= 2

    @property
    def is_settled(self) -> bool:
        """Whether every look says the same, or the middle one of three has company."""
        given = self.verdicts
        return bool(given) and (len(set(given)) == 1 or len(given) >= 3)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The quotes of the looks that gave the verdict, each once."""
        agreeing = [look for look in self.looks if look.verdict == self.verdict]
        return tuple(dict.fromkeys(quote for look in agreeing for quote in look.evidence))

    @property
    def fact(self) -> str:
        """What holds instead of something wrong, where a look told."""
        return next((look.fact for look in self.looks if look.verdict == "wrong" and look.fact), "")


@dataclass(slots=True)
class Record:
    """The votes on every item of an answer, as they come in.

    Words held to show most clauses of a criterion show none of them: a judge that obeys what it reads quotes
    the plea everywhere. `sizes` is how many clauses each criterion has.
    """

    sizes: Mapping[str, int] = field(default_factory=dict)
    _votes: dict[str, Votes] = field(default_factory=dict)
    _uses: dict[tuple[str, int, str], set[str]] = field(default_factory=dict)

    def add(self, found: Mapping[str, Finding]) -> None:
        """One more look at these items."""
        for name, finding in found.items():
            self._votes[name] = Votes((*self._votes.get(name, Votes()).looks, finding))
            for quote in finding.evidence:
                self._uses.setdefault((_criterion(name), quote.turn, quote.quote), set()).add(name)

    def of(self, name: str) -> Votes:
        """The votes on one item, none when nobody looked."""
        return Votes(tuple(self._kept(name, look) for look in self._votes.get(name, Votes()).looks))

    def withdraw(self, name: str) -> None:
        """Nobody can tell: one look accuses, and no other was had."""
        self._votes[name] = Votes((Finding(None),))

    def was_asked(self, name: str) -> bool:
        """Whether somebody looked."""
        return name in self._votes

    def _kept(self, name: str, look: Finding) -> Finding:
        owner = _criterion(name)
        most = max(FEWEST_OVERUSED - 1, self.sizes.get(owner, 0) // 2)
        kept = tuple(q for q in look.evidence if len(self._uses[owner, q.turn, q.quote]) <= most)
        if kept == look.evidence:
            return look
        return replace(look, verdict=look.verdict if kept else None, evidence=kept)


def _criterion(name: str) -> str:
    """The criterion of a clause; each key point is by itself."""
    return name.split(".")[0]


def read_findings(
    found: Iterable[FoundItem],
    not_said: Iterable[str],
    items: Sequence[Item],
    view: View,
    turns: Sequence[Turn],
) -> dict[str, Finding]:
    """One finding an item. Of two entries on one item the first counts, and "found" before "not said"."""
    given: dict[str, FoundItem] = {}
    for entry in found:
        given.setdefault(entry.id.strip(), entry)
    absent = {name.strip() for name in not_said}
    return {
        item.id: _finding(given[item.id], item, view, turns)
        if item.id in given
        else Finding("not_said" if item.id in absent else None)
        for item in items
    }


def place_of(quote: Evidence, turns: Sequence[Turn]) -> tuple[int, int] | None:
    """The characters of its turn that a quote stands for; None when the turn is not there."""
    text = next((turn.text for turn in turns if turn.index == quote.turn), "")
    start = text.find(quote.quote)
    return None if start < 0 else (start, start + len(quote.quote))


def _finding(entry: FoundItem, item: Item, view: View, turns: Sequence[Turn]) -> Finding:
    if entry.verdict == "not_said":
        return Finding("not_said")
    quoted = [part for quote in entry.quotes[:MOST_QUOTES] for part in _parts(quote)]
    found = [view.evidence(part, turns, item.id) for part in quoted]
    evidence = tuple(dict.fromkeys(quote for quote in found if quote is not None))
    fact = getattr(entry, "fact", "")
    return Finding(entry.verdict if evidence else None, evidence, fact)


def _parts(quote: str) -> list[str]:
    """A quote that leaves words out by dots is several."""
    return [part for part in re.split(r"\s*(?:\.{3,}|…)\s*", quote) if part]
