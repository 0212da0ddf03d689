"""Do to a file exactly what the app does to a live answer, and print one JSON document.

    python -m analysis.analyse RECORDING [--question ID] [--transcript FILE] [--scorer reader|judge] --json

`--transcript FILE` is a plain text that takes the place of the recognised words before scoring, as an edit
in the app would. Without `--question` nothing is scored.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis import media
from analysis.answering import one_answer
from analysis.answering.from_recording import observe
from analysis.scoring.scorers import make_scorer
from analysis.speech.configured_engine import make_transcriber
from data.domain import Attempt, AttemptResult, Question, RehearseError
from data.private_files import keep_private
from data.questions import load_questions, question_by_id
from data.settings import load_settings
from data.version import version

_UNASKED = Question("none", "experience", "mid", "No question", "", "", (), 15.0)


def analyse(
    recording: Path, question: Question | None, words: str | None, scorer: str
) -> tuple[media.RecordingFacts, AttemptResult]:
    """Everything measured in a recording and, when a question is given, what the answer was worth."""
    settings = load_settings(os.environ)
    judge = make_scorer(scorer, settings)  # before the long part, so that a wrong name is said at once
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        taken = media.take_in(
            recording, Path(folder) / "recording.mp4", longest_seconds=settings.recording_seconds
        )
        seen = observe(
            taken.facts.path,
            make_transcriber(settings),
            frames_per_second=settings.frames_per_second,
            off=frozenset(),
        )
    asked = question or _UNASKED
    attempt = Attempt(
        id=recording.stem,
        candidate_id="command line",
        session_id="command line",
        question_id=asked.id,
        started_at=datetime.now(UTC),
        mode="upload",
        status="captured",
        recording=recording.name,
    )
    result = one_answer.measure_answer(attempt, asked, seen.speech, seen.frames, (*taken.notes, *seen.notes))
    if words is not None:
        result = one_answer.with_words(result, asked, words)
    return taken.facts, one_answer.assess(result, asked, judge) if question else result


def document(recording: Path, facts: media.RecordingFacts, result: AttemptResult) -> dict[str, Any]:
    """The JSON document: the contract for scripts. `facts` are those of what was used of `recording`."""
    speech, assessment = result.speech, result.assessment
    return {
        "recording": dataclasses.asdict(facts) | {"path": str(recording)},
        "question": result.attempt.question_id if assessment else None,
        "transcript": {
            "text": speech.transcript.text,
            "engine": speech.transcript.engine,
            "language": speech.transcript.language,
            "words": [dataclasses.asdict(word) for word in speech.transcript.words],
        }
        if speech
        else None,
        "voiced": [dataclasses.asdict(interval) for interval in speech.voiced] if speech else [],
        "fillers": [dataclasses.asdict(filler) for filler in speech.fillers]
        if speech and speech.fillers is not None
        else None,
        "delivery": dataclasses.asdict(result.delivery) if result.delivery else None,
        "signals": [dataclasses.asdict(summary) for summary in result.summaries],
        "events": [dataclasses.asdict(event) for event in result.events],
        "scores": [dataclasses.asdict(score) for score in assessment.scores] if assessment else [],
        "key_points": [dataclasses.asdict(point) for point in assessment.key_points] if assessment else [],
        "advice": dataclasses.asdict(result.advice) if result.advice else None,
        "notes": [*result.notes, *(assessment.notes if assessment else ())],
    }


def main(argv: list[str]) -> int:
    """Run the command; a problem the user can solve goes to stderr with exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m analysis.analyse", description=__doc__.splitlines()[0])
    parser.add_argument("recording", type=Path)
    parser.add_argument("--question", help="id of a question in the bank; without it nothing is scored")
    parser.add_argument("--transcript", type=Path, help="a text file to use instead of the recognised words")
    parser.add_argument("--scorer", default="reader")
    parser.add_argument("--json", action="store_true", help="print the whole document (otherwise a summary)")
    parser.add_argument("--version", action="version", version=f"Rehearse {version()}")
    options = parser.parse_args(argv)
    try:
        question = _question(options.question)
        words = options.transcript.read_text(encoding="utf-8") if options.transcript else None
        facts, result = analyse(options.recording, question, words, options.scorer)
        written = document(options.recording, facts, result)
        print(_printed(written, whole=options.json))
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. Check the path.", file=sys.stderr)
        return 2
    return 0


def _question(question_id: str | None) -> Question | None:
    if question_id is None:
        return None
    return question_by_id(load_questions(load_settings(os.environ).questions_path), question_id)


def _printed(written: dict[str, Any], *, whole: bool) -> str:
    if not whole:
        written = {key: written[key] for key in ("recording", "delivery", "signals", "scores", "notes")}
    return json.dumps(written, indent=2 if not whole else None, ensure_ascii=False)


if __name__ == "__main__":
    keep_private()
    sys.exit(main(sys.argv[1:]))
