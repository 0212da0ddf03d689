"""An answer whose recording is heard once more, because its speaker says it was English."""

from __future__ import annotations

from dataclasses import replace

from analysis import media
from analysis.answering.erasing import forget_judged
from analysis.answering.one_answer import retold
from analysis.answering.uploaded import Outside
from analysis.speech.delivery import measure_delivery
from analysis.speech.languages import ONLY_ENGLISH
from analysis.speech.listen import listen
from analysis.speech.transcribe import told_english
from analysis.speech.word_times import settle
from data.domain import AttemptResult, Question, Speech


def called_another_language(result: AttemptResult) -> bool:
    """Whether something of the recording was taken for another language and has no words."""
    return any(ONLY_ENGLISH in note for note in result.notes)


def hear_as_english(world: Outside, result: AttemptResult, question: Question) -> None:
    """Hear the whole recording as English and keep that, not scored yet.

    Words that somebody corrected stay the answer's; what is heard then lies beside them, to be put in.
    Raises RehearseError when the recording is not there or no engine can hear it; all stays as it was.
    """
    recording = world.recordings.path(result.attempt.recording or "")
    samples = media.read_audio(recording, seconds=media.probe(recording).seconds)
    heard = with_hearing(result, question, listen(samples, told_english(world.transcriber)))
    forget_judged(result)
    world.session.answers.save(heard)


def with_hearing(result: AttemptResult, question: Question, speech: Speech) -> AttemptResult:
    """The answer with what was heard now. What was said of the hearing before goes with it. Pure.

    Words from where no voice of the answer was are left out: a question read aloud, taken out before.
    """
    before = result.speech
    voiced = before.voiced if before and before.voiced else speech.voiced
    words = settle(speech.transcript.words, voiced)
    speech = replace(speech, transcript=replace(speech.transcript, words=words), voiced=voiced)
    told = before.notes if before else ()
    notes = (*(note for note in result.notes if note not in told), *speech.notes)
    delivery = measure_delivery(speech, result.attempt.question_end_seconds)
    if before is not None and before.heard is not None:
        kept = replace(speech, transcript=before.transcript, heard=words)
        return replace(result, speech=kept, delivery=delivery, notes=notes)
    return replace(
        result,
        attempt=replace(result.attempt, status="captured"),
        speech=speech,
        turns=retold(result, question, speech.transcript),
        delivery=delivery,
        notes=notes,
        assessment=None,
        advice=None,
    )
