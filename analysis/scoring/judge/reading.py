"""Reading one answer: what is in it, what does not hold, and another look where it matters.

First every clause and key point is asked once, and false claims in a look of their own. Asked again is only
what was left out, what no quote shows, what the two looks disagree about, and the clause on which a level
hangs; a third time only what the second look saw otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.llm.chat_errors import ChatError
from analysis.scoring.judge.asked_items import MOST_ITEMS, Group, Item, clauses_of, groups_of
from analysis.scoring.judge.asking import Ask, Asking, Case, about_claims, about_doubts, about_group
from analysis.scoring.judge.clause_levels import NOT_SCORABLE, Asked, deciding_clauses
from analysis.scoring.judge.false_claims import (
    Claim,
    after_doubt,
    backed,
    from_items,
    is_backed,
    read_claims,
)
from analysis.scoring.judge.replies import AgainReply, ReadReply
from analysis.scoring.judge.verdicts import Record, Votes, read_findings
from data.domain import Criterion
from data.rubrics import asked_clauses, is_invited, load_frame

FOR_ALL = ("key", "cancelled")
"""Failures that asking each criterion alone would meet again."""
CLAIMS_NOT_READ = "The separate look for false claims did not finish: {}"
NOT_READ_AGAIN = "A second look did not finish: {}"


@dataclass(slots=True)
class Read:
    """What reading an answer gave. `unread` says why a criterion could not be read at all."""

    record: Record
    claims: tuple[Claim, ...] = ()
    unread: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missed_look: ChatError | None = None

    def votes(self, criterion: Criterion) -> dict[str, Votes]:
        """The votes on the clauses of one criterion."""
        return {item.id: self.record.of(item.id) for item in clauses_of(criterion)}


def asked_of(case: Case, criterion: Criterion) -> Asked:
    """What the question asks of this criterion."""
    question = case.answer.question
    return Asked(
        asked_clauses(question, criterion.id),
        load_frame().volunteered_clauses,
        is_invited(question, criterion.id),
    )


def first_questions(case: Case) -> list[Asking[Any]]:
    """The questions that every judging of this answer begins with."""
    return [
        *(about_group(case, group) for group in groups_of(case.criteria, case.points)),
        about_claims(case),
    ]


def read_answer(case: Case, ask: Ask) -> Read:
    """Every look at one answer that it takes; what fails leaves the rest standing."""
    sizes = {criterion.id: len(clauses_of(criterion)) for criterion in case.criteria}
    read = Read(Record(sizes))
    groups = groups_of(case.criteria, case.points)
    first, *others = first_questions(case)
    replies = ask([first])  # alone, so that the others find its beginning remembered
    *replies, claimed = [*replies, *ask(others)]
    alone = _take(read, case, groups, replies)
    if isinstance(claimed, ChatError):
        read.notes.append(CLAIMS_NOT_READ.format(claimed))
    else:
        read.claims = read_claims(claimed, case.answer, case.view)
    _look_again(read, case, alone, ask)
    _look_a_third_time(read, case, ask)
    items = items_of(case)
    for item in items:
        vote = read.record.of(item.id)
        if vote.verdict == "wrong" and not (vote.is_wrong_twice or _is_told(item, read, case)):
            read.record.withdraw(item.id)
    found = from_items(items, read.record, read.claims, case.answer)
    read.claims = backed((*read.claims, *found), items, read.record, case.answer)
    return read


def items_of(case: Case) -> tuple[Item, ...]:
    """Every clause and key point that is asked."""
    return tuple(item for criterion in case.criteria for item in clauses_of(criterion)) + case.points


def _take(
    read: Read, case: Case, groups: Sequence[Group], replies: Sequence[ReadReply | ChatError]
) -> tuple[Group, ...]:
    """Keep what was read; the groups of one criterion that are asked alone instead."""
    alone: list[Group] = []
    is_readable = any(isinstance(reply, ReadReply) and reply.readable for reply in replies)
    for group, reply in zip(groups, replies, strict=True):
        if isinstance(reply, ChatError):
            _unread(read, group, f"Not scored: {reply}")
            alone += _apart(group) if case.breaker.replies and reply.kind not in FOR_ALL else ()
        elif reply.readable:
            read.record.add(
                read_findings(reply.found, reply.not_said, group.items, case.view, case.answer.turns)
            )
        else:
            _unread(read, group, NOT_SCORABLE)
            alone += _apart(group) if is_readable else ()
    return tuple(alone)


def _unread(read: Read, group: Group, reason: str) -> None:
    read.unread.update({criterion.id: reason for criterion in group.criteria})


def _apart(group: Group) -> tuple[Group, ...]:
    """Each criterion alone with its points."""
    return groups_of(group.criteria, group.points, most_items=1)


def _look_again(read: Read, case: Case, alone: Sequence[Group], ask: Ask) -> None:
    """The second look: criteria that failed, each alone, and beside them all that is in doubt."""
    items = items_of(case)
    read.claims = backed(read.claims, items, read.record, case.answer)
    apart = {item.id for group in alone for item in group.items}
    judged = {criterion.id for criterion in case.criteria}
    unsure = [one for one in read.claims if not one.confirmed and judged & {one.criterion, *one.also}]
    doubted = {f"W{place}": one for place, one in enumerate(unsure, start=1)}
    doubtful = _doubtful(read, case, [item for item in items if item.id not in apart])
    batches = [doubtful[at : at + MOST_ITEMS] for at in range(0, len(doubtful), MOST_ITEMS)]
    if doubted and not batches:
        batches = [()]
    asked = [about_doubts(case, batch, {} if at else doubted, 1) for at, batch in enumerate(batches)]
    replies = ask([*(about_group(case, group, 1) for group in alone), *asked])
    for group, reply in zip(alone, replies[: len(alone)], strict=True):
        _take_alone(read, case, group, reply)
    for at, (batch, reply) in enumerate(zip(batches, replies[len(alone) :], strict=True)):
        if isinstance(reply, ChatError):
            read.missed_look = reply
            read.notes.append(NOT_READ_AGAIN.format(reply))
            continue
        _add(read, case, batch, reply)
        if not at:
            read.claims = after_doubt(read.claims, doubted, reply.claims)


def _take_alone(read: Read, case: Case, group: Group, reply: ReadReply | ChatError) -> None:
    if isinstance(reply, ChatError):
        _unread(read, group, f"Not scored: {reply}")
    elif not reply.readable:
        _unread(read, group, NOT_SCORABLE)
    else:
        for criterion in group.criteria:
            del read.unread[criterion.id]
        read.record.add(read_findings(reply.found, reply.not_said, group.items, case.view, case.answer.turns))


def _add(read: Read, case: Case, items: Sequence[Item], reply: AgainReply) -> None:
    if reply.readable:
        read.record.add(read_findings(reply.found, reply.not_said, items, case.view, case.answer.turns))


def _doubtful(read: Read, case: Case, items: Iterable[Item]) -> tuple[Item, ...]:
    """What one look does not decide: see the head of this module."""
    hanging = {
        name
        for criterion in case.criteria
        if criterion.id not in read.unread
        for name in deciding_clauses(criterion, read.votes(criterion), asked_of(case, criterion))
    }
    return tuple(
        item
        for item in items
        if read.record.was_asked(item.id) and (item.id in hanging or _is_doubtful(item, read, case))
    )


def _is_doubtful(item: Item, read: Read, case: Case) -> bool:
    verdict = read.record.of(item.id).verdict
    return verdict is None or (verdict == "wrong" and not _is_told(item, read, case))


def _is_told(item: Item, read: Read, case: Case) -> bool:
    return is_backed(item, read.record, read.claims, case.answer)


def _look_a_third_time(read: Read, case: Case, ask: Ask) -> None:
    """Only what two looks saw differently, from the last to the first."""
    split = [
        item
        for item in reversed(items_of(case))
        if len(read.record.of(item.id).verdicts) == 2 and not read.record.of(item.id).is_settled
    ]
    if not split:
        return
    [reply] = ask([about_doubts(case, split, {}, 2)])
    if isinstance(reply, ChatError):
        read.notes.append(NOT_READ_AGAIN.format(reply))
    else:
        _add(read, case, split, reply)
