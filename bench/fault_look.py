"""The next day of `bench.fault_days`: everything is opened anew, finished where it was left, and looked at.

What was acknowledged must be there, once; what is shown as whole must be whole; and the product must be able
to go on. Each finding is a sentence; none means that nothing was broken.
"""

from __future__ import annotations

import time
import traceback
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import func, select

from analysis import media
from analysis.answering import one_answer, uploaded
from analysis.interview.keeping.kept_interview import from_kept
from analysis.live.executor import Supervised
from analysis.live.interviews_under_way import Interviews
from analysis.live.world import World
from bench.fault_day import PERSON, PIECES, Line, Place, printed, questions, world_of
from bench.fault_hands import Lowest
from bench.scale_writers import rollups_wrong
from data.carrying import KEEP_SECONDS, Carrier
from data.domain import AttemptResult, RehearseError
from data.recordings import RECEIVED
from data.store import tables
from data.store.backups import opened_backup

SHORTER_SECONDS = 2.0
"""So much of the end of a recording may be missing where its server was killed: half a second not written
yet, and a second for which one stream waits for the other."""
LAST_SECONDS = 0.6
"""Where a disk was full, one stream may end in the last half second that was begun and the other before."""
_SAME_SECONDS = 0.06
_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.01
_ERASED_EVERY = 5
"""Days: erasing rewrites the whole database."""


@dataclass(slots=True)
class Known:
    """What was acknowledged of one thing, and what may have come after it."""

    steps: dict[str, str] = field(default_factory=dict)
    maybe: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    turns: list[str] = field(default_factory=list)
    corrected: bool = False
    """Whether somebody began to change its words after they were judged, which takes back what was said."""

    @property
    def may_be_erased(self) -> bool:
        """Whether somebody began to erase it."""
        return bool(self.maybe["erased"]) or "erased" in self.steps


def known(lines: Sequence[Line]) -> dict[str, Known]:
    """What the lines of a day say, by what they are about."""
    found: dict[str, Known] = defaultdict(Known)
    for line in lines:
        one = found[line.of]
        if line.kind == "trying":
            one.corrected = one.corrected or (line.step == "words" and "words" in one.steps)
            one.maybe[line.step].add(line.value)
        elif line.kind == "done":
            one.steps[line.step] = line.value
            one.maybe[line.step] = set()
            if line.step == "turn":
                one.turns.append(line.value)
    return found


def look(place: Place, lines: Sequence[Line], wire: Connection) -> None:
    """Tell everything that is broken; an entry point of a process."""
    try:
        wire.send(tuple(_broken(place, lines)))
    except Exception:  # the next day does not even begin
        wire.send((f"the next day could not begin: {traceback.format_exc()}",))


def _broken(place: Place, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if line.kind == "broken":
            yield f"{line.step}: an error without words: {line.value}"
    told = known(lines)
    world = world_of(place)
    looked = _Look(place, told, world)
    yield from looked.answers("as it was left")
    yield from looked.files("as it was left")
    yield from looked.backups()
    yield from looked.go_on()
    yield from looked.answers("the next day")
    yield from looked.files("the next day")
    yield from looked.interviews()
    yield from looked.choices()
    yield from looked.rows()
    world.session.database.close()


class _Look:
    def __init__(self, place: Place, told: dict[str, Known], world: World) -> None:
        self.place, self.told, self.world = place, told, world
        self.session, self.recordings = world.session, world.recordings

    def answers(self, when: str) -> Iterator[str]:
        """Every answer that was begun is there with its words, and what was erased is not."""
        for name, one in self.told.items():
            if "begun" not in one.steps:
                continue
            result = self.session.answers.load(name)
            if "erased" in one.steps:
                if result is not None:
                    yield f"{when}: {name} was erased and is there"
                continue
            if result is None:
                if not one.may_be_erased:
                    yield f"{when}: the answer {name} is gone"
                continue
            yield from (f"{when}: {name} {what}" for what in self._answer(result, one))

    def _answer(self, result: AttemptResult, one: Known) -> Iterator[str]:
        said = " ".join(turn.text for turn in result.turns if turn.speaker == "candidate")
        if "words" in one.steps and said not in {one.steps["words"], *one.maybe["words"]}:
            yield f"says {said!r}, not {one.steps['words']!r}"
        if "scored" in one.steps and result.assessment is None and not one.corrected:
            yield "was scored and has no scores"
        if "rated" in one.steps and not self.session.answers.self_rating(result.attempt.id):
            yield "was rated and has no rating"
        marks = self.session.answers.own_marks(result.attempt.id)
        if "marked" in one.steps and not marks and not one.corrected:
            yield "was marked and has no mark"
        if len(marks) > 1:
            yield f"was marked once and has {len(marks)} marks"

    def files(self, when: str) -> Iterator[str]:
        """What is shown as whole plays to its end, and has the length that was told; also in the bucket."""
        for name, one in self.told.items():
            if "begun" not in one.steps or one.may_be_erased:
                if "erased" in one.steps and self.recordings.has_any(name):
                    yield f"{when}: files of {name}, which was erased, are there"
                continue
            if "recorded" in one.steps:
                yield from self._recording(when, name, one)
            if "sent" in one.steps:
                received = self.recordings.received(name)
                if received is None or printed(received.read_bytes()) != one.steps["sent"]:
                    yield f"{when}: the file that was sent for {name} is not there as it was"
            for path in self.recordings.files_of(name):
                yield from self._shown(when, path, one)

    def _recording(self, when: str, name: str, one: Known) -> Iterator[str]:
        seconds = float(one.steps["recorded"].split()[0])
        try:
            facts = media.probe(self.recordings.path(f"{name}.mp4"))
        except RehearseError as error:
            yield f"{when}: the recording of {name}, which was whole, cannot be played: {error}"
            return
        if abs(facts.seconds - seconds) > _SAME_SECONDS:
            yield f"{when}: {name} lasted {seconds} s and lasts {facts.seconds} s"

    def _shown(self, when: str, path: Path, one: Known) -> Iterator[str]:
        """Files of an answer that are offered to take along are whole."""
        if path.name.endswith(RECEIVED):
            if printed(path.read_bytes()) not in {one.steps.get("sent", ""), *one.maybe["sent"]}:
                yield f"{when}: {path.name} is offered and is not what was sent"
        elif path.suffix != ".sent-as":
            try:
                facts = media.probe(path)
                heard = media.read_audio(path).size / 16_000
            except RehearseError as error:
                yield f"{when}: {path.name} is offered and cannot be played: {error}"
                return
            if heard < facts.seconds - LAST_SECONDS:
                yield f"{when}: {path.name} is offered and breaks off at {heard} of {facts.seconds} s"

    def backups(self) -> Iterator[str]:
        """A backup that was told as written can be restored, and holds what there was."""
        for name, one in self.told.items():
            if "backup" not in one.steps:
                if name.endswith(".duckdb") and Path(name).exists():
                    yield from self._backup(name, ())
                continue
            yield from self._backup(name, one.steps["backup"].split()[1:])

    def _backup(self, name: str, held: Sequence[str]) -> Iterator[str]:
        try:
            with opened_backup(Path(name)) as engine, engine.connect() as connection:
                there = set(connection.execute(select(tables.attempts.c.id)).scalars())
        except RehearseError as error:
            yield f"the backup {Path(name).name} cannot be restored: {error}"
            return
        if missing := set(held) - there:
            yield f"the backup {Path(name).name} lacks {len(missing)} answers"

    def go_on(self) -> Iterator[str]:
        """Finish what was left, carry what waits, and practise once more."""
        bank = {question.id: question for question in questions()}
        for attempt in self.session.answers.unfinished(PERSON):
            one = self.told.get(attempt.id, Known())
            grown = self.recordings.part(attempt.id).is_file()
            whole = attempt.recording is not None and self.recordings.is_there(attempt.recording)
            if attempt.status != "recording" or attempt.mode not in ("camera", "microphone"):
                continue
            if not grown and not whole:
                if "growing" in one.steps:
                    yield f"nothing is left of {attempt.id}, of which {one.steps['growing']} s were recorded"
                continue
            yield from self._finished(attempt.id, one, bank[attempt.question_id].id)
        carrier = Carrier(self.recordings)
        carrier.round(time.time() + KEEP_SECONDS + 10)
        if carrier.trouble is not None:
            yield f"the bucket cannot be carried to: {carrier.trouble}"
        if self.recordings.bucket is not None and carrier.waiting():
            yield f"{len(carrier.waiting())} recordings still wait to be carried"
        kept = one_answer.keep_typed(self.session, PERSON, "visit", questions()[0], "and one more")
        result = self.session.answers.load(kept)
        if result is None:
            yield "an answer of the next day is not there"
            return
        one_answer.score_answer(self.session, result, questions()[0], Lowest())
        if self.place.seed % _ERASED_EVERY == 0:
            self.world.copies.erase_attempt(kept)

    def _finished(self, name: str, one: Known, question_id: str) -> Iterator[str]:
        question = next(each for each in questions() if each.id == question_id)
        result = self.session.answers.load(name)
        assert result is not None
        try:
            uploaded.finish_left(self.world, result.attempt, question, None)
            seconds = media.probe(self.recordings.path(f"{name}.mp4")).seconds
        except RehearseError as error:
            if "growing" in one.steps and float(one.steps["growing"]) > SHORTER_SECONDS:
                yield f"{name} cannot be finished: {error}"
            return
        if seconds < float(one.steps.get("growing", "0")) - SHORTER_SECONDS or seconds > PIECES + 1:
            yield f"{name} was finished with {seconds} s of {one.steps.get('growing')}"

    def interviews(self) -> Iterator[str]:
        """What was said in an interview is in its answers when it has ended, and each turn once."""
        held = Interviews(Supervised(1, "quick"), Supervised(1, "slow"))
        for interview in held.unfinished(self.world):
            held.end(self.world, interview.id)
            running = held.go_on(self.world, interview.id)
            until = time.monotonic() + _PATIENCE_SECONDS
            while (not running.interview.over or running.scoring) and time.monotonic() < until:
                time.sleep(_LOOK_SECONDS)
        held.close()
        for name, one in self.told.items():
            if "interview" not in one.steps:
                continue
            kept = self.session.interviews.find(name)
            if kept is None:
                yield f"the interview {name} is gone"
                continue
            yield from self._turns(one, [each.attempt_id for each in from_kept(kept).rounds])

    def _turns(self, one: Known, rounds: Sequence[str]) -> Iterator[str]:
        results = [self.session.answers.load(each) for each in rounds]
        said = " ".join(
            turn.text for each in results if each for turn in each.turns if turn.speaker == "candidate"
        )
        for text in one.turns:
            if said.count(text) != 1:
                yield f"{text!r} was said in an interview, and is in its answers {said.count(text)} times"
        for each in results:
            if each is None or each.attempt.status == "recording":
                yield "a round of an interview that is over was never written down"

    def choices(self) -> Iterator[str]:
        """What was remembered, and the newest of a draft."""
        if "remembered" in self.told["camera-off"].steps and not self.session.memory.recall(
            PERSON, "camera-off"
        ):
            yield "a choice is forgotten"
        draft = self.told["code:url-shortener"]
        kept = self.session.drafts.find(PERSON, "code:url-shortener").text
        if "drafted" in draft.steps and kept not in {draft.steps["drafted"], *draft.maybe["drafted"]}:
            yield "a draft is not the newest one that was kept"

    def rows(self) -> Iterator[str]:
        """No row twice, none of an answer that is not there, and the roll-ups as they would be made anew."""
        with self.session.database.reading() as connection:
            ids = select(tables.attempts.c.id)
            for table in tables.OF_ATTEMPT:
                rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
                different = select(table).distinct().subquery()
                once = connection.execute(select(func.count()).select_from(different)).scalar_one()
                if rows != once:
                    yield f"{rows - once} rows of {table.name} are there twice"
                lost = select(func.count()).select_from(table).where(table.c.attempt_id.not_in(ids))
                if connection.execute(lost).scalar_one():
                    yield f"{table.name} has rows of no answer"
        if wrong := rollups_wrong(self.session.database):
            yield f"{wrong} rows of roll-ups are wrong"
