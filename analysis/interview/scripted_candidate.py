"""Scripted candidates: what somebody says first and when probed, from a YAML file or made from the bank.

level: mid
minutes: 10                 # 5, 10 or 15
category: system_design     # optional: one category only
style: faang                # optional: startup or faang
seed: 3
words_per_minute: 140
volunteers: 0.5             # share of a question's key points said at once, where `answers` has nothing
adds_when_probed: true      # whether the point that a probe looks for is then said
answers:                    # optional: by question id, "*" for any other question
  url-shortener:
    first: Let me ask first how many links are created a day ...
    probed: {C4: If the store is down ..., "*": I have not thought about that.}
    moves: {challenge_wrong: Hm, then it would be lost., stuck: I don't know.}
    when: {"who notices|alert": [I would page somebody at two percent errors.]}
    then: [What is said next whatever is asked, And after that.]

`when` is by what the interviewer's line says (a regular expression, the first that fits), each text once.
`[20 s]` inside a text is a silence of that many seconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.interview.planner.moves import Move
from analysis.interview.planning.plan import Style
from data.domain import KeyPoint, Question, RehearseError


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """What is said to one question: at first, then what `when` has for the line that was heard, else what
    stands in `then` one after another; after that by the kind of move, by the competency asked for, and "*"
    for anything else."""

    first: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    probed: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    then: tuple[str, ...] = ()
    tells_all: bool = False
    """Says in the end also what `when` has and nobody asked for."""


@dataclass(frozen=True, slots=True)
class Script:
    """A scripted candidate and the interview that is wished; `analysis.interview.scripted_candidate` has an
    example."""

    level: str = "mid"
    minutes: int = 15
    category: str | None = None
    style: Style | None = None
    seed: int = 0
    words_per_minute: float = 150.0
    breathes: bool = True
    """False: speaks without any pause, so that the interviewer finds no silence to speak into."""
    volunteers: float = 0.5
    adds_when_probed: bool = True
    answers: Mapping[str, ScriptedAnswer] = field(default_factory=dict)


ANY = "*"
NOTHING_TO_SAY = "I have not thought about that, and I would have to look it up."
OPENING = "Let me think aloud about this one, from the beginning to the end."
EMPTY_ANSWER = "I would take what we had in my last place, and then we would see how that goes."


def load_script(path: Path) -> Script:
    """The script in a YAML file. RehearseError names what is wrong with it."""
    import yaml
    from pydantic import TypeAdapter, ValidationError

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(Script).validate_python(content)
    except OSError as error:
        raise RehearseError(f"{path.name} cannot be read: {error.strerror}.", "Check the path.") from error
    except yaml.YAMLError as error:
        raise RehearseError(f"{path.name} is not YAML: {error}.", "Correct it and try again.") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise RehearseError(
            f"{path.name} is not a script: {problems}.", "Correct it and try again."
        ) from error


def written_for(script: Script, question: Question) -> ScriptedAnswer | None:
    """What the script's author wrote for the question."""
    return script.answers.get(question.id) or script.answers.get(ANY)


def first_answer(script: Script, question: Question) -> str:
    """What the candidate says to the question itself."""
    written = written_for(script, question)
    if written:
        return written.first
    told = [spoken(point) for point in known_points(question, script.volunteers)]
    return " ".join([OPENING, *told]) if told else EMPTY_ANSWER


def written_reply(
    written: ScriptedAnswer, question: Question, move: Move | None, line: str, given: Sequence[str]
) -> str:
    """What the candidate says to the interviewer's line; `given` are the texts taken in this round so far."""
    fitting = (texts for pattern, texts in written.when.items() if re.search(pattern, line, re.IGNORECASE))
    asked_for = next((text for texts in fitting for text in texts if text not in given), None)
    if asked_for is not None:
        return asked_for
    left = list(written.then)
    for text in set(left).intersection(given):
        for _ in range(min(left.count(text), given.count(text))):
            left.remove(text)
    if written.tells_all:
        left += [text for texts in written.when.values() for text in texts if text not in given]
    if left:
        return left[0]
    return _afterwards(written, question, move)


def reply(script: Script, question: Question, move: Move, said: str = "") -> str:
    """What a candidate made from the bank says to the move; `said` is all so far."""
    point = next((one for one in question.key_points if one.id == move.point), None)
    if not script.adds_when_probed:
        return NOTHING_TO_SAY
    if point is not None:
        return spoken(point)
    more = (spoken(one) for one in question.key_points)
    return next((text for text in (*more, *_outlined(question)) if text not in said), NOTHING_TO_SAY)


def _outlined(question: Question) -> tuple[str, ...]:
    """What else there is to say about a question: its outline, line by line."""
    return tuple(" ".join(line.split()) for line in question.outline.splitlines() if line.strip())


def _afterwards(written: ScriptedAnswer, question: Question, move: Move | None) -> str:
    point, kind = (move.point, move.kind) if move else (None, ANY)
    competency = next((one.competency for one in question.key_points if one.id == point), ANY)
    found = (written.moves.get(kind), written.probed.get(competency), written.probed.get(ANY))
    return next((text for text in found if text), NOTHING_TO_SAY)


def known_points(question: Question, share: float) -> tuple[KeyPoint, ...]:
    """The share of a question's key points, spread evenly over the answer."""
    points = question.key_points
    count = round(share * len(points))
    return tuple(points[at * len(points) // count] for at in range(count)) if count else ()


def spoken(point: KeyPoint) -> str:
    """A key point as somebody says it: "Estimates that ..." becomes "I would estimate that ..."."""
    verb, _, rest = point.text.partition(" ")
    if point.kind == "say" and not verb.endswith("s"):
        return point.text
    return f"I would {_base(verb.lower())} {rest}"


def _base(verb: str) -> str:
    for ending, base in (("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("ies", "y")):
        if verb.endswith(ending):
            return verb.removesuffix(ending) + base
    return verb.removesuffix("s")
