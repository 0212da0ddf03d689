"""How an answer was spoken: pace, pauses, fillers. Measured from time alone, never judged.

Definitions (all from the voice-activity intervals and the first-pass words, not from an accent model):

* speaking rate: words without um/uh ÷ minutes from the first onset to the last offset
* articulation rate: the same words ÷ minutes of speech (pauses left out; Jacewicz et al. 2010)
* pause: a gap of at least 250 ms between voiced intervals; long: at least 2 s (De Jong & Bosker 2013)
* filled pauses: um/uh/er/hm of the second pass, per minute (Laske & DiGennaro Reed 2024)
* response latency: first onset − end of the question (Levinson & Torreira 2015)

No rate is given under 15 s of speech or 30 words: on less, one hesitation moves it by a quarter.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.domain import Delivery, Filler, Interval, Speech, Transcript

PAUSE_SECONDS = 0.25
LONG_PAUSE_SECONDS = 2.0
MIN_SPEECH_SECONDS = 15.0
MIN_WORDS = 30
FILLED_PAUSES = frozenset(
    {"um", "uh", "uhm", "umm", "uhh", "er", "erm", "hm", "hmm", "mm", "mmm", "ah", "eh"}
)


@dataclass(frozen=True, slots=True)
class Band:
    """One stretch of a signal and the advice that goes with it; `upto` None means no upper end.

    The end belongs to the band, or with `below` to the next one.
    """

    upto: float | None
    advice: str
    below: bool = False


@dataclass(frozen=True, slots=True)
class DeliverySignal:
    """What a screen needs to show one delivery value: words, unit, bands, where the bands come from."""

    label: str
    unit: str
    definition: str
    bands: tuple[Band, ...]
    source: str
    hideable: bool = False
    """Hidden by the switch for people who stutter or prefer not to see fillers and pauses."""


BANDS: dict[str, DeliverySignal] = {
    "speaking_rate_wpm": DeliverySignal(
        label="Speaking rate",
        unit="words per minute",
        definition="Words without um and uh, per minute from the first word to the last.",
        bands=(
            Band(110, "Slow for a talk. Fine for hard parts; a little faster keeps the thread.", True),
            Band(120, "On the slow side of the usual range.", True),
            Band(170, "Within the usual range of talks."),
            Band(180, "On the fast side of the usual range."),
            Band(None, "Fast for a talk. Stop for a breath after each design decision."),
        ),
        source="NCVS (about 150 in conversation); TED talks average 163",
    ),
    "articulation_rate_wpm": DeliverySignal(
        label="Articulation rate",
        unit="words per minute",
        definition="The same words per minute of speech, with pauses left out.",
        bands=(Band(None, "For information: there is no target."),),
        source="Jacewicz et al. 2010",
    ),
    "long_pauses_per_minute": DeliverySignal(
        label="Long pauses",
        unit="per minute",
        definition="Silences of two seconds or more between words, per minute.",
        bands=(
            Band(2, "Pauses to think are fine."),
            Band(None, "Many long silences. Say what you are weighing up while you think."),
        ),
        source="De Jong & Bosker 2013 (pauses from 250 ms); the hint at two per minute is ours",
        hideable=True,
    ),
    "pause_share": DeliverySignal(
        label="Share of silence",
        unit="share",
        definition="Pauses of a quarter second or more, as a share of first word to last.",
        bands=(Band(None, "For information: there is no target."),),
        source="De Jong & Bosker 2013",
        hideable=True,
    ),
    "filled_pauses_per_minute": DeliverySignal(
        label="Filled pauses",
        unit="per minute",
        definition="How often um, uh, er and hm were said, per minute.",
        bands=(
            Band(5, "Few enough that listeners do not notice."),
            Band(12, "Noticeable to some. A silent pause does the same job.", True),
            Band(None, "Worth practising: pause silently where an um would come."),
        ),
        source="Laske & DiGennaro Reed 2024, JABA, doi 10.1002/jaba.1093",
        hideable=True,
    ),
    "verbal_fillers_per_minute": DeliverySignal(
        label="Verbal fillers",
        unit="per minute",
        definition="How often you know, I mean, sort of, kind of and a set-off like were said, per minute.",
        bands=(Band(None, "For information: there is no target."),),
        source="counted apart from um and uh; no published band",
        hideable=True,
    ),
    "response_latency_seconds": DeliverySignal(
        label="Time before the first word",
        unit="seconds",
        definition="From the end of the question to the first word.",
        bands=(
            Band(5, "A moment to think before answering is normal."),
            Band(None, "A long silence at the start. Begin by restating the question or asking one."),
        ),
        source="Levinson & Torreira 2015; the hint at five seconds is ours",
        hideable=True,
    ),
}


def visible_signals(hide_fillers_and_pauses: bool) -> tuple[str, ...]:
    """Return the names of the delivery values to show, in order, under the stutter-friendly switch."""
    return tuple(name for name, signal in BANDS.items() if not (hide_fillers_and_pauses and signal.hideable))


def advice(name: str, value: float | None) -> str | None:
    """Return the advice of the band a value falls in; None when it was not measured."""
    if value is None:
        return None
    bands = BANDS[name].bands
    return next((band.advice for band in bands if _holds(band, value)), None)


def _holds(band: Band, value: float) -> bool:
    return band.upto is None or (value < band.upto if band.below else value <= band.upto)


def bands_in_words(signal: DeliverySignal) -> str:
    """Say where the advice changes, lowest band first; "" when there is one band only."""
    if len(signal.bands) < 2:
        return ""
    ends = [f"{'under' if band.below else 'up to'} {band.upto:g}" for band in signal.bands if band.upto]
    return f"The advice changes with: {', '.join([*ends, 'above'])}."


def pauses(voiced: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the gaps of at least 250 ms between voiced intervals."""
    gaps = (
        Interval(before.end_seconds, after.start_seconds)
        for before, after in zip(voiced, voiced[1:], strict=False)
    )
    return tuple(gap for gap in gaps if gap.seconds >= PAUSE_SECONDS)


def measure_delivery(speech: Speech, question_end_seconds: float | None) -> Delivery:
    """Measure one answer. Latency needs `question_end_seconds` on the clock of the recording."""
    latency = _latency(speech.voiced, question_end_seconds)
    spoken = sum(interval.seconds for interval in speech.voiced)
    words = content_words(speech.transcript)
    if spoken < MIN_SPEECH_SECONDS or words < MIN_WORDS:
        return Delivery(
            speech_seconds=spoken if speech.voiced else None,
            words=words or None,
            response_latency_seconds=latency,
            reason=_too_little(spoken, words),
        )
    return _rates(speech, spoken, words, latency)


def content_words(transcript: Transcript) -> int:
    """Count the words that are not um or uh."""
    return sum(1 for word in transcript.words if plain(word.text) and plain(word.text) not in FILLED_PAUSES)


def plain(word: str) -> str:
    """Lower case, without the punctuation around it."""
    return word.lower().strip(".,;:!?\"'“”‘’()[]{}…-–—")


def _rates(speech: Speech, spoken: float, words: int, latency: float | None) -> Delivery:
    span = speech.voiced[-1].end_seconds - speech.voiced[0].start_seconds
    gaps = pauses(speech.voiced)
    long = sum(1 for gap in gaps if gap.seconds >= LONG_PAUSE_SECONDS)
    minutes = span / 60
    return Delivery(
        speech_seconds=spoken,
        words=words,
        speaking_rate_wpm=words / minutes,
        articulation_rate_wpm=words / (spoken / 60),
        pauses=len(gaps),
        long_pauses=long,
        long_pauses_per_minute=long / minutes,
        pause_share=sum(gap.seconds for gap in gaps) / span,
        filled_pauses_per_minute=_per_minute(speech.fillers, "filled_pause", minutes),
        verbal_fillers_per_minute=_per_minute(speech.fillers, "verbal", minutes),
        response_latency_seconds=latency,
    )


def _per_minute(fillers: tuple[Filler, ...] | None, kind: str, minutes: float) -> float | None:
    if fillers is None:
        return None
    return sum(1 for filler in fillers if filler.kind == kind) / minutes


def _latency(voiced: tuple[Interval, ...], question_end_seconds: float | None) -> float | None:
    """Speech that began before the question ended is an early start: latency 0, not negative."""
    if question_end_seconds is None or not voiced:
        return None
    return max(0.0, voiced[0].start_seconds - question_end_seconds)


def _too_little(spoken: float, words: int) -> str:
    if spoken == 0:
        return "No speech was heard, so pace and pauses were not measured."
    return (
        f"Only {spoken:.0f} s of speech and {words} words: pace and pauses are measured "
        f"from {MIN_SPEECH_SECONDS:.0f} s and {MIN_WORDS} words on."
    )
