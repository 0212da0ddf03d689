"""What candidates ask, and whether the reply is of use: one row of `clarify.jsonl` a turn.

A row has `question_id`, `said`, `wants`, `fact` (or `facts`, in the order asked), `form` and for a sum
`premise`. The question is the bank's as shipped. *Useful*: where a fact is marked, the reply states it; a sum
is confirmed when its `premise` is right and sent back when it is wrong, without its result (either where no
premise is given); a hint, the next question and the question again are wishes that the loop grants; else the
move fits `wants`, and a turn that asks nothing gets no reply. *Wrong fact*: a fact is stated and none of the
marked ones is, or where none is marked, one that is filed under a subject nobody asked about, or any fact for
a turn that asks for none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.interview.facts.answer_facts import reply_to
from analysis.interview.facts.llm_facts import FactsAsker, reply_by_model
from analysis.interview.facts.reply import Reply
from analysis.interview.listener.asked_of_us import request_at_end
from analysis.reading.leaks import stems
from data.domain import FactSubject, Question, RehearseError

STATED_SHARE = 0.6
"""Of the content words and numbers of a marked fact that a reply states (facts get amended)."""
SUBJECTS: Mapping[str, frozenset[FactSubject]] = {
    "scale": frozenset({"users", "volume", "peak", "growth", "item_size", "read_write"}),
    "peak": frozenset({"peak", "volume", "users"}),
    "ratio": frozenset({"read_write", "volume", "users"}),
    "latency": frozenset({"latency", "consistency", "peak"}),
    "size": frozenset({"item_size", "volume", "users"}),
    "retention": frozenset({"retention", "loss", "privacy"}),
    "consistency": frozenset({"consistency", "loss", "order", "latency"}),
    "availability": frozenset({"availability", "loss"}),
    "regions": frozenset({"regions", "latency", "privacy", "users"}),
    "stack": frozenset({"stack", "budget", "out_of_scope"}),
    "scope": frozenset({"out_of_scope", "stack", "privacy"}),
    "rules": frozenset({"other", "privacy", "order", "consistency", "loss", "retention", "stack", "users"}),
}
"""Under which subjects an answer to each kind of wish may be filed."""
MOVES: Mapping[str, frozenset[str]] = {
    "checkin": frozenset({"check_in"}),
    "rephrase": frozenset({"rephrase", "answer_fact", "hand_back"}),
    "time": frozenset({"time_left"}),
}
SECONDS_LEFT = 480.0
WISHES: Mapping[str, frozenset[str]] = {
    "hint": frozenset({"hint"}),
    "move_on": frozenset({"next"}),
    "rephrase": frozenset({"repeat"}),
    "time": frozenset({"time", "moment"}),
}
"""What the loop grants without a reply of ours."""
CONFIRMS: Mapping[str, frozenset[str]] = {
    "right": frozenset({"confirm"}),
    "wrong": frozenset({"correct_number"}),
    "": frozenset({"confirm", "correct_number"}),
}
PATIENCE_SECONDS = 60.0
"""A benchmark waits longer for a model than a candidate does."""

Answering = Callable[[str, Question], Reply | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One turn of a candidate, and what it wants."""

    question_id: str
    said: str
    wants: str
    form: str
    marked: tuple[str, ...]
    premise: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the reply it got."""

    row: Row
    reply: Reply | None
    useful: bool
    wrong_fact: bool


def measured(
    rows: Sequence[Mapping[str, Any]], questions: Sequence[Question]
) -> tuple[dict[str, Any], list[str]]:
    """The figures, and a line for each row that a reader may judge."""
    bank = {one.id: one for one in questions}
    judged = [judge(_row(row), bank[row["question_id"]], offline) for row in rows]
    return figures(judged), list(map(_shown, judged))


def measured_by_model(
    rows: Sequence[Mapping[str, Any]], questions: Sequence[Question]
) -> tuple[dict[str, Any], list[str]]:
    """The same with the connected model's understanding of what is asked."""
    asker = _connected()
    bank = {one.id: one for one in questions}

    def answering(said: str, question: Question) -> Reply | None:
        return reply_by_model(
            asker, said, question, seconds_left=SECONDS_LEFT, patience_seconds=PATIENCE_SECONDS
        )

    judged = [judge(_row(row), bank[row["question_id"]], answering) for row in rows]
    return figures(judged), list(map(_shown, judged))


def _connected() -> FactsAsker:
    from analysis.llm.configured import chat_model_of
    from data.language_model import connected
    from data.settings import load_settings

    settings = load_settings(os.environ)
    used = connected(settings)
    if used is None:
        raise RehearseError("No language model is connected.", "Set LLM_BASE_URL, or leave out --model.")
    return chat_model_of(used, settings)


def offline(said: str, question: Question) -> Reply | None:
    """The rules' reply."""
    return reply_to(said, question, seconds_left=SECONDS_LEFT)


def judge(row: Row, question: Question, answering: Answering) -> Judged:
    """Whether the reply is of use."""
    reply = answering(row.said, question)
    return Judged(row, reply, _is_useful(row, reply, question), _is_wrong_fact(row, reply, question))


def figures(judged: list[Judged]) -> dict[str, Any]:
    """As shares, but for `n`; `by_wants` has the number of rows and the share of useful replies."""
    nothing = [one for one in judged if one.row.wants == "none"]
    wants = sorted({one.row.wants for one in judged})
    of = {name: [one for one in judged if one.row.wants == name] for name in wants}
    return {
        "n": len(judged),
        "useful": _share([one.useful for one in judged]),
        "wrong_fact": _share([one.wrong_fact for one in judged]),
        "answered_rhetorical": _share([one.reply is not None for one in nothing]),
        "by_wants": {
            name: {"n": len(rows), "useful": _share([one.useful for one in rows])}
            for name, rows in of.items()
        },
    }


def _is_useful(row: Row, reply: Reply | None, question: Question) -> bool:
    if row.wants in WISHES and request_at_end(row.said, finished=True) in WISHES[row.wants]:
        return True
    if reply is None or row.wants == "none":
        return reply is None and row.wants == "none"
    if row.wants == "confirm":
        return reply.move in CONFIRMS[row.premise]
    if row.wants in MOVES:
        return reply.move in MOVES[row.wants]
    if row.marked:
        return all(_states(reply, fact) for fact in row.marked)
    if reply.move == "answer_fact":
        return not _is_off_subject(row, reply, question)
    return reply.move in ("assume", "hand_back")


def _is_wrong_fact(row: Row, reply: Reply | None, question: Question) -> bool:
    if reply is None or not reply.facts:
        return False
    if row.wants not in SUBJECTS:
        return row.wants != "rephrase" and not any(_states(reply, fact) for fact in row.marked)
    if row.marked:
        return not any(_states(reply, fact) for fact in row.marked)
    return _is_off_subject(row, reply, question)


def _is_off_subject(row: Row, reply: Reply, question: Question) -> bool:
    fitting = SUBJECTS.get(row.wants, frozenset())
    return not any(question.facts[at].about in fitting for at in reply.facts)


def _states(reply: Reply, fact: str) -> bool:
    wanted = stems(fact)
    return len(wanted & stems(reply.text)) >= STATED_SHARE * len(wanted)


def _share(values: list[bool]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None


def _row(raw: Mapping[str, Any]) -> Row:
    one = (raw["fact"],) if raw.get("fact") else ()
    return Row(
        raw["question_id"],
        raw["said"],
        raw["wants"],
        raw.get("form", ""),
        tuple(raw.get("facts") or one),
        raw.get("premise", ""),
    )


def _shown(one: Judged) -> str:
    mark = "WRONG" if one.wrong_fact else ("ok   " if one.useful else "-----")
    said = f"{one.reply.move}: {one.reply.text}" if one.reply else "(says nothing)"
    return f"{mark} {one.row.question_id} [{one.row.wants}] {one.row.said}\n        {said}"
