"""The reply to what a candidate asks: facts that answer, an honest assumption, or the question handed back.

Pure. `put_to_us` tells whether something is asked of us, `which_facts` what answers it, `sums_told` whether
a sum holds, `reply_lines` has the words. Never a fact that may be another one than was asked for: where two
come close both are said, and where none comes close the candidate decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.interview.facts.assumptions import Assumption, assume
from analysis.interview.facts.put_to_us import (
    LONGEST_MESSAGE_WORDS,
    asks_our_wish,
    asks_plainly,
    is_bare,
    kind_of_last,
    last_sentence,
    offers,
    refers_back,
    speaks_to_us,
    what_is_asked,
)
from analysis.interview.facts.reply import Reply, ReplyMove
from analysis.interview.facts.reply_lines import (
    ALLOWED,
    CHOOSE,
    HAND_BACK,
    MOMENT,
    NO_VERDICT,
    NOT_RECOMPUTED,
    OPEN,
    REPHRASED,
    REST,
    YOURS,
    in_other_words,
    time_line,
)
from analysis.interview.facts.sums_told import heard_right, is_a_sum, recomputed
from analysis.interview.facts.which_facts import MOST_FACTS, facts_for, leaves_some_open
from analysis.interview.listener.listener import topical
from analysis.interview.listener.question_forms import asks_in_form, asks_openly, last_question, pieces
from analysis.interview.listener.questions_asked import Asked, AskKind
from analysis.interview.listener.subjects import shipped_subjects
from analysis.reading.embeddings import embed
from analysis.reading.leaks import stems
from analysis.reading.observed import asked_to_see, wants_to_see
from data.domain import FactSubject, Observation, Question

SAID_INTO_SPEECH: frozenset[ReplyMove] = frozenset({"answer_fact", "time_left", "rephrase"})
GRANTED: frozenset[AskKind] = frozenset({"time", "moment", "repeat"})
SURE_OF_SUBJECT = 0.5
ELSEWHERE, FEWEST_POINTS = 0.31, 4
"""Below this share of its words on the subject a question is about something else: it is not left to them to
decide. What was asked about a design has .32 or more, what was asked besides .17 to .31."""


def reply_to(
    said: str,
    question: Question,
    given: Sequence[Assumption] = (),
    *,
    seconds_left: float | None = None,
    finished: bool = True,
    probed: bool = False,
    told: Sequence[str] = (),
) -> Reply | None:
    """What to say to this; None when nothing was asked of us.

    `finished`: the candidate handed the floor over; else only a plain question is answered. `probed`: the
    last line was our question. What has not the form of a question is only answered with a fact: a plan is
    never handed back. `told` are the replies of this round, which are not worded the same again.
    """
    finished = finished and len(said.split()) <= LONGEST_MESSAGE_WORDS
    seen = wants_to_see(said, question)[:MOST_FACTS] if finished else ()
    if seen:
        return _shown(seen)
    asked = what_is_asked(said, finished=finished, probed=probed)
    if asked is None:
        return None
    reply = in_other_words(_reply(asked, said, question, given, seconds_left), told)
    if reply is not None and reply.move == "check_in" and kind_of_last(said) == "what_else":
        return None  # who asks what we want to hear is asked on
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
        return recomputed(said, question) or Reply("correct_number", NOT_RECOMPUTED)
    if facts and kind in ("ask", "statement", "rephrase"):
        return Reply("answer_fact", " ".join(question.facts[at].text for at in facts), facts)
    if kind == "rephrase":
        return Reply("rephrase", REPHRASED)
    told = _reply_without_facts(asked, seconds_left) or _assumed(asked, question, given)
    return told or Reply("hand_back", OPEN[0])


def _reply(
    asked: Asked, said: str, question: Question, given: Sequence[Assumption], seconds_left: float | None
) -> Reply | None:
    if asked.kind not in GRANTED:
        told = _about_their_words(asked, said, question)
        if told is not None:
            return told
    if asked.kind == "confirm":
        told = _confirmed(asked, said, question)
        return told or (None if is_a_sum(said) else _answered(asked, question, given))
    openly = asked.kind == "checkin" and asks_openly(asked.text) and not is_bare(asked.text)
    if openly and facts_for(asked.text, question):
        return _answered(asked, question, given)
    return _reply_without_facts(asked, seconds_left) or _answered(asked, question, given)


def _about_their_words(asked: Asked, said: str, question: Question) -> Reply | None:
    """To a question about what they have said themselves: a sum recomputed, else it is theirs to judge."""
    if offers(said):
        return Reply("check_in", ALLOWED[0])
    if not (refers_back(last_sentence(said)) or asks_our_wish(said)):
        return None
    checked = recomputed(said, question) if is_a_sum(said) else None
    theirs = asked.kind not in ("confirm", "verdict")
    return checked or (Reply("check_in", YOURS[0]) if theirs else None)


def _confirmed(asked: Asked, said: str, question: Question) -> Reply | None:
    """Yes or no to a sum, or to numbers that were ours."""
    told = (recomputed(said, question) if is_a_sum(said) else None) or heard_right(asked, question)
    if told or not is_a_sum(said) or not any(map(asks_in_form, pieces(asked.text))):
        return told
    return Reply("correct_number", NOT_RECOMPUTED)


def _reply_without_facts(asked: Asked, seconds_left: float | None) -> Reply | None:
    match asked.kind:
        case "time":
            return Reply("time_left", time_line(seconds_left))
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
    if is_bare(asked.text):
        return Reply("check_in", YOURS[0]) if speaks_to_us(last_sentence(asked.text)) else None
    facts = facts_for(asked.text, question)
    if facts:
        return _told(asked, facts, question)
    if not asks_plainly(asked.text):
        return None
    if asked.kind == "rephrase":
        return Reply("rephrase", REPHRASED)
    return _assumed(asked, question, given)


def _is_elsewhere(asked: Asked, question: Question) -> bool:
    """Whether it is about something else; a question that says little of itself cannot tell."""
    told = len(question.key_points) >= FEWEST_POINTS
    return told and topical(asked.text, question, ()) < ELSEWHERE


def _told(asked: Asked, facts: tuple[int, ...], question: Question) -> Reply:
    """The facts, and a word about what was asked with them and is not known."""
    texts = [question.facts[at].text for at in facts]
    if leaves_some_open(asked.text, facts, question):
        texts.append(REST)
    return Reply("answer_fact", " ".join(texts), facts)


def _shown(seen: Sequence[Observation]) -> Reply:
    return Reply("answer_fact", " ".join(one.shows for one in seen))


def _assumed(asked: Asked, question: Question, given: Sequence[Assumption]) -> Reply | None:
    shares = shipped_subjects().of(asked.text, embed([asked.text])[0])
    about: FactSubject = max(HAND_BACK, key=lambda subject: shares[subject])
    unclear = shares[about] < SURE_OF_SUBJECT
    if (unclear or about == "out_of_scope") and _is_elsewhere(asked, question):
        return None
    if unclear:
        return Reply("hand_back", OPEN[0])
    assumption, new = assume(about, question, given)
    if assumption is None:
        return Reply("hand_back", HAND_BACK[about])
    if not new:
        return Reply("assume", f"We assumed that {assumption.text}. Let us stay with it.")
    text = f"Nothing is given there. Let us assume that {assumption.text}, unless you argue for another."
    return Reply("assume", text, assumed=assumption)
