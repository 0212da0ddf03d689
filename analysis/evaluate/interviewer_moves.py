"""The next move of the offline interviewer in written situations: among the good ones, grounded, no leak.

A row has `question_id`, `dialogue` (`who`, `text`), `good_moves`, `about` (the words worth taking up; may be
empty) and `kind`. `takes_up`: of the rows with marked words, in how many the line has one of their content
words or three of them in a row; quoting something else that was said does not count. `leaks`: lines with
content of a key point that nobody has said and no fact gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.interview.facts.answer_facts import reply_to
from analysis.interview.listener.listener import latest, listen
from analysis.interview.loop.deciding import asks_nothing, is_left_to_them, speaks_of_the_talk
from analysis.interview.planner.next_move import plan
from analysis.interview.planner.standing import Standing
from analysis.interview.speaker.line import line_for
from analysis.reading.leaks import leaked_words, stems
from analysis.scoring.reader import ReaderScorer
from data.domain import Answer, Question, Turn
from data.questions import question_by_id

SECONDS_LEFT = 180.0


@dataclass(frozen=True, slots=True)
class Made:
    """What was done in one situation."""

    kind: str
    move: str
    line: str
    is_good: bool
    takes_up: bool | None
    """None where no words are marked."""
    leaks: tuple[str, ...]


def measured(
    rows: Sequence[Mapping[str, Any]], questions: Sequence[Question]
) -> tuple[dict[str, Any], list[str]]:
    """The figures, and a line for each situation."""
    made = moves_made(rows, questions)
    return figures(made), [_told(one) for one in made]


def moves_made(rows: Sequence[Mapping[str, Any]], questions: Sequence[Question]) -> tuple[Made, ...]:
    """The move and line for every situation, each taken on its own."""
    scorer = ReaderScorer()
    return tuple(_made(row, question_by_id(questions, row["question_id"]), scorer) for row in rows)


def figures(made: Sequence[Made]) -> dict[str, Any]:
    """The JSON document."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one in made:
        kinds[one.kind].append(one.is_good)
    marked = [one.takes_up for one in made if one.takes_up is not None]
    return {
        "n": len(made),
        "good": _share([one.is_good for one in made]),
        "takes_up": _share(marked),
        "leaks": sum(bool(one.leaks) for one in made),
        "by_kind": {kind: {"n": len(good), "good": _share(good)} for kind, good in sorted(kinds.items())},
    }


def _made(row: Mapping[str, Any], question: Question, scorer: ReaderScorer) -> Made:
    turns = tuple(
        Turn(at, "interviewer" if one["who"] == "interviewer" else "candidate", one["text"])
        for at, one in enumerate(row["dialogue"])
    )
    answer = Answer(question, turns)
    asked = tuple(turn.text for turn in turns if turn.speaker == "interviewer")
    standing = Standing(question, question.level, asked=asked, said=answer.candidate_text)
    said_last = latest(turns)
    probed = len(asked) > 1 and asked[-1].endswith("?")
    reply = reply_to(said_last, question, seconds_left=SECONDS_LEFT, probed=probed)
    if asks_nothing(said_last) or reply and is_left_to_them(reply) and speaks_of_the_talk(said_last):
        reply = None  # as in the loop
    heard = listen(answer, scorer.score(answer).key_points)
    move = plan(heard, standing)
    if reply is not None and reply.move == "check_in" and move.kind == "back_to_requirements":
        reply = None  # as in the loop: needs come before the question how to go on
    made, line = (reply.move, reply.text) if reply else (move.kind, line_for(move, standing))
    about, given = row.get("about", ""), (fact.text for fact in question.facts)
    said = " ".join([question.title, question.text, *given, *(turn.text for turn in turns)])
    return Made(
        kind=row.get("kind", ""),
        move=made,
        line=line,
        is_good=made in row["good_moves"],
        takes_up=_takes_up(line, about) if about else None,
        leaks=tuple(sorted(leaked_words(line, question.key_points, said))),
    )


def _takes_up(line: str, about: str) -> bool:
    """Whether the line has a content word of these words, or three of them as they stand."""
    said, words = line.lower(), about.lower().split()
    runs = (" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2)))
    return bool(stems(about) & stems(line)) or any(run in said for run in runs)


def _told(one: Made) -> str:
    marks = ("good" if one.is_good else "OTHER", "takes up" if one.takes_up else "-", *one.leaks)
    return f"{one.kind:16} {one.move:20} {' '.join(marks):16} {one.line}"


def _share(found: Sequence[bool]) -> float | None:
    return round(sum(found) / len(found), 3) if found else None
