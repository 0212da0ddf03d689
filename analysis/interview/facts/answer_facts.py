"""The reply to what a candidate asks: facts that answer, an honest assumption, or the question handed back.

Pure. Never a fact that may be another one than was asked for: where two come close both are said, and where
none comes close the candidate decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.estimates import check_turn, find_quantities
from analysis.interview.facts.assumptions import Assumption, assume
from analysis.interview.facts.likeness import likelihoods
from analysis.interview.listener.question_forms import (
    AUXILIARY,
    LEAD,
    MEASURE,
    asks_in_form,
    asks_openly,
    in_one_breath,
    last_question,
    opens_in_form,
    pieces,
)
from analysis.interview.listener.questions_asked import Asked, AskKind, question_asked
from analysis.interview.listener.signs import NUMBER, ends_in_question, from_last_opening
from analysis.interview.listener.subjects import shipped_subjects
from analysis.reading.embeddings import embed
from analysis.reading.leaks import stems
from analysis.reading.observed import asked_to_see, wants_to_see
from data.domain import FactSubject, Observation, Question, Turn

ReplyMove = Literal[
    "answer_fact", "assume", "hand_back", "confirm", "correct_number", "rephrase", "time_left", "check_in"
]

LIKELY, LIKELY_AMONG_FEW, MANY_FACTS = 0.6, 0.7, 8
"""From here on a fact is the answer; of few facts one always stands out, so it must be likelier."""
CERTAIN, CLOSE = 0.9, 0.08
"""Where the first is not certain, a second fact this likely is said too if both together are likely."""
MOST_FACTS = 3
FEWEST_WORDS = 4
"""What has fewer and no question mark is not put to us."""
LONGEST_MESSAGE_WORDS = 70
"""What is longer is an answer, whoever handed it over: only a plain question in it is answered."""
SURE_IN_FORM, SURE_HALF_IN_FORM, SURE_WITHOUT_FORM = 0.45, 0.65, 0.93
"""What has the form of a question only in its middle, or not at all, must be one more surely: else a plan is
taken for a guess at a fact."""
SURE_IN_SPEECH = 0.9
"""While somebody goes on speaking only a question this plain is answered."""
SAID_INTO_SPEECH: frozenset[ReplyMove] = frozenset({"answer_fact", "time_left", "rephrase"})
NOT_FOR_FACTS: frozenset[AskKind] = frozenset({"next", "hint"})
"""Wishes that somebody else grants."""
NUMBERS_OF_A_SUM = 3
_MEASURED = re.compile(rf"\b{MEASURE}", re.I)
_YOU = re.compile(r"\byou\b", re.I)
GRANTED: frozenset[AskKind] = frozenset({"time", "moment", "repeat"})
_SENTENCE_END = re.compile(r"(?<=[.!?]),?\s+")
_IS_THAT = re.compile(rf"^{LEAD}{AUXILIARY}\s+(?:it|that|this|these|those)\b", re.I)
SAME_NUMBER = 0.01
SHORT_WORDS = 45
"""A sum inside a longer answer is part of it, not put to us."""

HAND_BACK: Mapping[FactSubject, str] = {
    "users": "No number is given for that. Take one you find realistic, and say what it rests on.",
    "volume": "No number is given for that. Take one you find realistic, and say what it rests on.",
    "peak": "Nothing is measured there. Choose a factor you find realistic, and stay with it.",
    "read_write": "No ratio is given. Choose one you find realistic, and say what it rests on.",
    "latency": "That is not laid down. Propose a time that its users would be happy with.",
    "item_size": "No size has been set. Choose one, and say what follows from it.",
    "retention": "That is not fixed. Pick a period, and say what it costs.",
    "consistency": "You decide. Say what a user would notice, and what you promise.",
    "availability": "No figure is agreed. Propose one, and say what follows from it.",
    "loss": "You decide. Say what would be lost, and who would notice.",
    "order": "Nobody has promised that. Decide what you would promise, and to whom.",
    "regions": "That is not laid down. Begin with a placement that you can defend.",
    "stack": "You may assume it, if you say what you need from it.",
    "budget": "No figure is given. Say what would cost most, and whether it is worth it.",
    "growth": "No figure is given. Take one you find realistic, and say what it rests on.",
    "privacy": "That is not laid down. Say what you would keep, and who may see it.",
    "out_of_scope": "You decide whether it belongs in. Say why, and go on.",
    "other": "That is not laid down. Decide, and say what it means for those who use it.",
}
CONFIRMED = "Yes, that is good enough to go on with."
CORRECTED = "Go through that step once more, with the unit of every number."
NOT_RECOMPUTED = "Say that step again slowly, with the unit of every number."
REPHRASED = "Take it the way its users would understand it, and say which way you took it."
NO_CLOCK = "You have time. Go on at your own pace."
MOMENT = "Of course, take your time."
NO_VERDICT = "You hear that afterwards. Go on with what you find most important."
YOURS = (
    "I leave that to you. Go on with what you find most important.",
    "That is for you to judge. Go on.",
    NO_VERDICT,
)
"""To whoever asks about what they said themselves, without saying it once more."""
CHOOSE = (
    "Take the one you think matters more here, and say in a sentence why.",
    "Whichever you would defend. Say why.",
)
ALLOWED = (
    "Go ahead, as far as it matters here.",
    "Yes, do. Say in a sentence what it does for you.",
    "If you think it matters, yes.",
)
OPEN = (
    "Nothing is fixed there: take what you find sensible, and say so.",
    "That is open. Settle it as you see fit, and tell me what you took.",
    "Nobody has laid that down. Choose, and say what follows from it.",
)
"""Where nothing is known, and it is not clear what it is about, or the same was handed back before."""
SURE_OF_SUBJECT = 0.5


@dataclass(frozen=True, slots=True)
class Reply:
    """What the interviewer says. `facts` are places in `Question.facts`; `assumed` is new in this round."""

    move: ReplyMove
    text: str
    facts: tuple[int, ...] = ()
    assumed: Assumption | None = None


def reply_to(
    said: str,
    question: Question,
    given: Sequence[Assumption] = (),
    *,
    seconds_left: float | None = None,
    finished: bool = True,
    told: Sequence[str] = (),
) -> Reply | None:
    """What to say to this; None when nothing was asked of us.

    `finished`: the candidate handed the floor over; else only a plain question is answered. What has not the
    form of a question is only answered with a fact: a plan is never handed back. `told` are the replies of
    this round, which are not worded the same again.
    """
    finished = finished and len(said.split()) <= LONGEST_MESSAGE_WORDS
    seen = wants_to_see(said, question)[:MOST_FACTS] if finished else ()
    if seen:
        return _shown(seen)
    if len(said.split()) < FEWEST_WORDS and "?" not in said:
        return None
    if len(_last_sentence(said).split()) == 1 < len(said.split()):
        return None
    asked = question_asked(said)
    if asked is None or asked.kind in NOT_FOR_FACTS or not _is_meant(asked, finished):
        return None
    reply = _in_other_words(_reply(asked, said, question, given, seconds_left), told)
    return reply if finished or reply is None or reply.move in SAID_INTO_SPEECH else None


def reply_of_kind(
    kind: AskKind,
    said: str,
    question: Question,
    given: Sequence[Assumption] = (),
    *,
    facts: tuple[int, ...] = (),
    seconds_left: float | None = None,
) -> Reply:
    """The reply to what somebody else has understood: this kind of question, answered by these facts."""
    asked = Asked(last_question(said) or said, kind, 1.0)
    if kind == "confirm":
        return _recomputed(said, question) or Reply("correct_number", NOT_RECOMPUTED)
    if facts and kind in ("ask", "statement", "rephrase"):
        return Reply("answer_fact", " ".join(question.facts[at].text for at in facts), facts)
    if kind == "rephrase":
        return Reply("rephrase", REPHRASED)
    return _reply_without_facts(asked, seconds_left) or _assumed(asked, question, given)


def _is_meant(asked: Asked, finished: bool) -> bool:
    """Whether it is a question to us; with the floor handed over it takes less to think so."""
    parts = pieces(asked.text)
    in_form = any(map(asks_in_form, parts))
    if not finished:
        return in_form and asked.sure >= SURE_IN_SPEECH
    if _asks_plainly(asked.text):
        return asked.sure >= SURE_IN_FORM
    return asked.sure >= (SURE_HALF_IN_FORM if in_form else SURE_WITHOUT_FORM)


def _in_other_words(reply: Reply | None, told: Sequence[str]) -> Reply | None:
    """The same said otherwise where it has other words, if those have been said in this round."""
    if reply is None or reply.text not in told:
        return reply
    others = next((ways for ways in (YOURS, CHOOSE, ALLOWED) if reply.text in ways), OPEN)
    fresh = next((text for text in others if text not in told), None)
    varied = reply.move in ("hand_back", "check_in") and fresh is not None
    return replace(reply, text=fresh) if varied and fresh else reply


def _last_sentence(said: str) -> str:
    return _SENTENCE_END.split(said.strip())[-1]


def _asks_our_wish(said: str) -> bool:
    """Whether it ends by asking what we want of it: "..., is that something you want to hear?"."""
    last = pieces(said)[-1]
    return bool(_YOU.search(last)) and _refers_back(last)


def _refers_back(sentence: str) -> bool:
    """Whether it asks by yes or no about what stood before it: "is that enough for you?"."""
    return bool(_IS_THAT.match(sentence)) and len(stems(sentence)) <= 1


def _asks_plainly(asked: str) -> bool:
    """Whether it has the form of a question from its beginning, or to its end where no stops are written."""
    opens = not asked.endswith(".") and any(map(opens_in_form, pieces(asked)))
    return opens or ends_in_question(asked)


def _reply(
    asked: Asked, said: str, question: Question, given: Sequence[Assumption], seconds_left: float | None
) -> Reply | None:
    if (_refers_back(_last_sentence(said)) or _asks_our_wish(said)) and asked.kind not in GRANTED:
        recomputed = _recomputed(said, question) if _is_a_sum(said) else None
        if recomputed or asked.kind not in ("confirm", "verdict"):
            return recomputed or Reply("check_in", YOURS[0])
    if asked.kind == "confirm":
        recomputed = _recomputed(said, question) if _is_a_sum(said) else None
        told = recomputed or _heard_right(asked, question)
        if told:
            return told
        if _is_a_sum(said):
            in_form = any(map(asks_in_form, pieces(asked.text)))
            return Reply("correct_number", NOT_RECOMPUTED) if in_form else None
    if (
        asked.kind == "checkin"
        and asks_openly(asked.text)
        and not _is_bare(asked.text)
        and facts_for(asked.text, question)
    ):
        return _answered(asked, question, given)
    return _reply_without_facts(asked, seconds_left) or _answered(asked, question, given)


def _reply_without_facts(asked: Asked, seconds_left: float | None) -> Reply | None:
    match asked.kind:
        case "time":
            return Reply("time_left", _time(seconds_left))
        case "moment":
            return Reply("time_left", MOMENT)
        case "verdict":
            return Reply("check_in", NO_VERDICT)
        case "repeat":
            return Reply("rephrase", REPHRASED)
        case "checkin" if not asks_openly(asked.text) or " or " in asked.text:
            return Reply("check_in", CHOOSE[0] if " or " in asked.text else ALLOWED[0])
        case _:
            return None


def _answered(asked: Asked, question: Question, given: Sequence[Assumption]) -> Reply | None:
    asks = any(map(asks_in_form, pieces(asked.text)))
    seen = asked_to_see(asked.text, question, unasked=not asks)[:MOST_FACTS]
    if seen:
        return _shown(seen)
    if not asks and asked.kind not in ("ask", "statement"):
        return None
    if asked.kind == "rephrase" and len(stems(asked.text)) <= 1:
        return Reply("rephrase", REPHRASED)
    if _is_bare(asked.text):
        return Reply("check_in", YOURS[0]) if _YOU.search(_last_sentence(asked.text)) else None
    facts = facts_for(asked.text, question)
    if facts:
        return Reply("answer_fact", " ".join(question.facts[at].text for at in facts), facts)
    if not _asks_plainly(asked.text):
        return None
    if asked.kind == "rephrase":
        return Reply("rephrase", REPHRASED)
    return _assumed(asked, question, given)


def _is_bare(asked: str) -> bool:
    """Whether it has no content of its own, behind a sentence of an answer: "where's the problem?"."""
    *before, last = _SENTENCE_END.split(asked)
    empty = len(stems(last)) <= 1 and not _MEASURED.search(last)
    return bool(before) and empty and not any(map(opens_in_form, before))


def _shown(seen: Sequence[Observation]) -> Reply:
    return Reply("answer_fact", " ".join(one.shows for one in seen))


def facts_for(asked: str, question: Question) -> tuple[int, ...]:
    """Places of the facts that answer this, in the order asked; none when none is likely enough."""
    least = LIKELY if len(question.facts) >= MANY_FACTS else LIKELY_AMONG_FEW
    found = list(_best(likelihoods(asked, question), least))
    if not found and ends_in_question(asked):
        found = list(_best(likelihoods(from_last_opening(asked), question), least))
    parts = in_one_breath(asked)
    if len(parts) > 1:
        for part in parts:
            found += [at for at in _best(likelihoods(part, question), least)[:1] if at not in found]
    return tuple(found[:MOST_FACTS])


def _best(likely: Sequence[float], least: float) -> tuple[int, ...]:
    order = sorted(range(len(likely)), key=lambda at: -likely[at])
    if not order:
        return ()
    first = likely[order[0]]
    second = likely[order[1]] if len(order) > 1 else 0.0
    if first < CERTAIN and second >= CLOSE and first + second >= least:
        return tuple(order[:2])
    return tuple(order[:1]) if first >= least else ()


def _assumed(asked: Asked, question: Question, given: Sequence[Assumption]) -> Reply:
    shares = shipped_subjects().of(asked.text, embed([asked.text])[0])
    about: FactSubject = max(HAND_BACK, key=lambda subject: shares[subject])
    if shares[about] < SURE_OF_SUBJECT:
        return Reply("hand_back", OPEN[0])
    assumption, new = assume(about, question, given)
    if assumption is None:
        return Reply("hand_back", HAND_BACK[about])
    if not new:
        return Reply("assume", f"We assumed that {assumption.text}. Let us stay with it.")
    text = f"Nothing is given there. Let us assume that {assumption.text}, unless you argue for another."
    return Reply("assume", text, assumed=assumption)


def _is_a_sum(said: str) -> bool:
    return len(said.split()) <= SHORT_WORDS and len(NUMBER.findall(said)) >= NUMBERS_OF_A_SUM


def _recomputed(said: str, question: Question) -> Reply | None:
    """Yes or once more, never the number itself; None when no step can be recomputed."""
    turn, given = Turn(0, "candidate", said), (question.text, *(fact.text for fact in question.facts))
    steps = check_turn(turn) or check_turn(turn, given)
    if not steps:
        return None
    right = not any(step.verdict == "slip" for step in steps)
    return Reply("confirm", CONFIRMED) if right else Reply("correct_number", CORRECTED)


def _heard_right(asked: Asked, question: Question) -> Reply | None:
    """Yes or no to numbers we gave, said back to us, with the fact; None where no fact is about them."""
    said = [one.value for one in find_quantities(asked.text)]
    facts = facts_for(asked.text, question)
    if not said or not facts:
        return None
    fact = question.facts[facts[0]]
    told = [one.value for one in find_quantities(fact.text)]
    if all(any(abs(one - other) <= SAME_NUMBER * abs(other) for other in told) for one in said):
        return Reply("confirm", f"Yes. {fact.text}", facts[:1])
    return Reply("correct_number", f"Not quite. {fact.text}", facts[:1]) if told else None


def _time(seconds_left: float | None) -> str:
    if seconds_left is None:
        return NO_CLOCK
    minutes = max(1, round(seconds_left / 60))
    return f"About {minutes} {'minute is' if minutes == 1 else 'minutes are'} left on this one."
