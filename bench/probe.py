"""How soon a spoken answer's probe is ready: its last words written down, and the probe chosen.

An answer ends in one of two ways. In a silence, which the interviewer takes for an end after `TURN_SECONDS`,
the words are asked for after `FLUSH_SILENCE_SECONDS` already; at a press of the button they are asked for at
once. What is timed is the app's listener in its own process and the reader, on a warm machine.
"""

from __future__ import annotations

import os
import time
from functools import partial

from analysis.interview.listener.listener import listen
from analysis.interview.loop.timing import TURN_SECONDS
from analysis.interview.planner.next_move import plan
from analysis.interview.planner.standing import Standing
from analysis.interview.speaker.line import line_for
from analysis.live.voice_floor import FLUSH_SILENCE_SECONDS, ON_THE_WAY_SECONDS
from analysis.scoring import Scorer
from analysis.scoring.scorers import make_scorer
from analysis.speech.configured_engine import make_transcriber
from analysis.speech.live_listener import LiveListener
from analysis.speech.transcribe import RATE, Samples
from bench.capture import row
from bench.speech import minute
from data.domain import Answer, Question, Turn
from data.questions import load_questions, question_by_id
from data.settings import load_settings

AIM_SECONDS = 2.0
UNHEARD_SECONDS = (3.0, 6.0, 20.0)
"""Speech since the last pause in which words were heard ahead."""


def heard_after(listener: LiveListener, samples: Samples) -> float:
    """Seconds from a flush until the words of `samples` are there."""
    listener.feed(samples)
    began = time.monotonic()
    assert listener.flushed(listener.flush(), 60.0)
    return time.monotonic() - began


def chosen_after(scorer: Scorer, question: Question, words: str) -> float:
    """Seconds that listening, the choice and the wording take."""
    began = time.monotonic()
    answer = Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", words)))
    standing = Standing(question, asked=(question.text,), said=words)
    line_for(plan(listen(answer, scorer.score(answer).key_points), standing), standing)
    return time.monotonic() - began


def main() -> None:
    """Print two rows for each length of unheard speech."""
    settings, samples = load_settings(os.environ), minute()
    scorer, question = make_scorer("reader", settings), question_by_id(load_questions(), "url-shortener")
    listener = LiveListener(partial(make_transcriber, settings))
    try:
        heard_after(listener, samples[: 3 * RATE])
        words = " ".join(word.text for word in listener.partial_words())
        chosen_after(scorer, question, words)
        for seconds in UNHEARD_SECONDS:
            hearing = heard_after(listener, samples[-round(seconds * RATE) :])
            words = " ".join(word.text for word in listener.partial_words())
            choosing = ON_THE_WAY_SECONDS + chosen_after(scorer, question, words)
            late = max(0.0, FLUSH_SILENCE_SECONDS + hearing - TURN_SECONDS)
            told = f"{seconds:.0f} s unheard before, s"
            row(
                f"from a press to the probe, {told}",
                hearing + choosing,
                f"{AIM_SECONDS} allowed",
                bench="probe",
            )
            row(
                f"from the end by silence to it, {told}",
                late + choosing,
                f"{AIM_SECONDS} allowed",
                bench="probe",
            )
    finally:
        listener.close()


if __name__ == "__main__":
    main()
