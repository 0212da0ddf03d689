"""Every call of the store on somebody's data, as everybody who may come: link holders and all.

The table says for each call who gets or changes something of the owner. No call is left out: the last test
finds every class that works on the database by itself. What is expected is written down by hand here.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

import data.store
from analysis.speech.delivery import measure_delivery
from data.access import NOBODY
from data.domain import (
    Attempt,
    AttemptResult,
    Change,
    CheckResult,
    Delivery,
    Draft,
    KeptInterview,
    QuestionSet,
    RehearseError,
)
from data.domain.cohort import Assignment
from data.store import Database, Session
from data.store.connected import Connected
from data.store.part import Part
from data.synthetic.samples import SampleAnswers, SampleCohorts
from tests.engines import Engine
from tests.hosted_cohorts import SOON, WHO, Hosted
from tests.stored import BEGAN, QUOTE, question, result, score

pytestmark = pytest.mark.slow

LINKED = ("link", "link with recording", "shared with", "shared with all")
"""Whoever holds a link without having signed in, and whoever the owner named; without and with everything."""
EVERYBODY = (*WHO, *LINKED)
NAMED = {"shared with", "shared with all"}
OWN = {"local", "owner"}
READS = {*OWN, "instructor", *NAMED}
SIGNED_IN = {*EVERYBODY} - {"nobody", "link", "link with recording"}
Call = Callable[["Seen"], object]


class Seen:
    """The owner's data in the hands of one viewer."""

    def __init__(self, hosted: Hosted, who: str, key: str, folder: Path) -> None:
        self.who, self.key, self.folder = who, key, folder
        self.owner, self.cohort = hosted.id("owner"), hosted.cohort
        self.attempt = hosted.attempt("owner")
        self.session: Session = hosted.as_(who)
        self.answers, self.disputed = self.session.answers, self.session.disagreements
        self.memory, self.drafts = self.session.memory, self.session.drafts
        self.interviews, self.sets = self.session.interviews, self.session.sets
        self.grants, self.cohorts = self.session.grants, self.session.cohorts
        self.people = self.session.people
        self.sample = SampleAnswers(self.session.database, self.session.viewer)
        self.samples = SampleCohorts(self.session.database, self.session.viewer)
        self.grant = hosted.grants("owner").given(self.owner)[0].id
        self.assignment = hosted.cohorts("instructor").assignments(self.cohort)[0]

    def recording(self) -> Attempt:
        return self.grants.require_recording(result(candidate=self.owner).attempt.recording or "", self.key)

    def interview(self, owner: str) -> KeptInterview:
        return KeptInterview("of-owner", owner, BEGAN, False, f"by {self.who}")

    def set_of(self, owner: str) -> QuestionSet:
        return QuestionSet("set-of-owner", owner, "Mine", "picked", BEGAN, "q")


class World(Hosted):
    """The installation of the other access tests, with links, named people, an interview and a set."""

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__(session)
        self.folder = folder
        code = self.people(self.viewers["admin"]).invite("candidate", None, SOON, 2)
        for name in NAMED:
            self._sign_in(name, code)
        self.as_("owner").disagreements.dispute(self.attempt("owner"), score(), "I named it.")
        self.as_("instructor").disagreements.override(self.attempt("owner"), score(), 4.0, "A note.")
        self.as_("owner").drafts.put(self.id("owner"), "answer", Draft("words", "1"))
        self.keys = {"link": self._link(False), "link with recording": self._link(True)}
        for name in NAMED:
            everything = name == "shared with all"
            self.grants("owner").share(
                self.attempt("owner"),
                to_person=self.id(name),
                recording=everything,
                delivery=everything,
            )
        self.cohorts("instructor").assign(self.cohort, "Week", ("url-shortener",), SOON)
        self.viewers |= dict.fromkeys(self.keys, NOBODY)
        self.keep()

    def keep(self) -> None:
        """What the owner keeps, as it was, whatever a test has tried."""
        mine = Seen(self, "owner", "", self.folder)
        mine.interviews.save(mine.interview(mine.owner))
        mine.sets.save(mine.set_of(mine.owner))
        mine.answers.rate(mine.attempt, {"C2": 2.0})
        mine.answers.mark_own(mine.attempt, "k2", QUOTE)

    def seen(self, who: str) -> Seen:
        return Seen(self, who, self.keys.get(who, ""), self.folder / "out")

    def _link(self, everything: bool) -> str:
        return self.grants("owner").share(
            self.attempt("owner"), link=True, recording=everything, delivery=everything, expires_at=SOON
        )


@pytest.fixture(scope="module")
def world(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    with engine.database(folder) as address:
        made = World(Database.open(address).session(), folder)
        yield made
        made.session.database.close()


_READS: dict[str, tuple[Call, set[str]]] = {
    "Answers.load": (lambda on: on.answers.load(on.attempt), READS),
    "Answers.assessments": (lambda on: on.answers.assessments(on.attempt), READS),
    "Answers.self_rating": (lambda on: on.answers.self_rating(on.attempt), READS),
    "Answers.own_marks": (lambda on: on.answers.own_marks(on.attempt), READS),
    "Answers.of": (lambda on: on.answers.of(on.owner), OWN),
    "Answers.unfinished": (lambda on: on.answers.unfinished(on.owner) is not None, OWN),
    "Everything.export": (lambda on: on.session.everything.export(on.owner, on.folder), OWN),
    "Disagreements.disputes": (lambda on: on.disputed.disputes(on.attempt), READS),
    "Disagreements.overrides": (lambda on: on.disputed.overrides(on.attempt), READS),
    "Disagreements.all_disputes": (lambda on: on.disputed.all_disputes([on.owner]), {*OWN, "instructor"}),
    "Disagreements.all_overrides": (lambda on: on.disputed.all_overrides([on.owner]), {*OWN, "instructor"}),
    "Memory.recall": (lambda on: on.memory.recall(on.owner, "draft"), OWN),
    "Memory.recall_all": (lambda on: on.memory.recall_all(on.owner, "dr"), OWN),
    "Drafts.find": (lambda on: on.drafts.find(on.owner, "answer").text, OWN),
    "Interviews.find": (lambda on: on.interviews.find("of-owner"), OWN),
    "Interviews.of": (lambda on: on.interviews.of(on.owner), OWN),
    "QuestionSets.of": (lambda on: on.sets.of(on.owner), OWN),
    "Grants.given": (lambda on: on.grants.given(on.owner), OWN),
    "Grants.accesses": (lambda on: on.grants.accesses(on.owner), OWN),
    "Grants.received": (lambda on: on.grants.received(), NAMED),
    "Grants.by_link": (lambda on: on.grants.by_link(on.key), {"link", "link with recording"}),
    "Grants.require_recording": (
        Seen.recording,
        {*OWN, "link with recording", "shared with all"},
    ),
    "Grants.may_play": (
        lambda on: on.grants.may_play(result(candidate=on.owner).attempt),
        {*OWN, "shared with all"},
    ),
    "Grants.may_override": (
        lambda on: on.grants.may_override(result(candidate=on.owner, days=60).attempt),
        {"local", "instructor"},
    ),
    "Grants.person_with": (lambda on: on.grants.person_with("owner@example.org"), SIGNED_IN),
    "Cohorts.members": (lambda on: on.cohorts.members(on.cohort), {"instructor"}),
    "Cohorts.candidates": (lambda on: on.cohorts.candidates(on.cohort), {"instructor"}),
    "Cohorts.instructed": (
        lambda on: on.cohort in {one.id for one in on.cohorts.instructed()},
        {"instructor"},
    ),
    "Cohorts.joined": (
        lambda on: on.cohort in {one.id for one in on.cohorts.joined()},
        {"owner", "member"},
    ),
    "Cohorts.instructors": (
        lambda on: on.cohorts.instructors(on.cohort),
        {"owner", "member", "instructor"},
    ),
    "Cohorts.assignments": (
        lambda on: on.cohorts.assignments(on.cohort),
        {"owner", "member", "instructor"},
    ),
    "People.everybody": (lambda on: on.people.everybody(), {"admin"}),
}
_CHANGES: dict[str, tuple[Call, set[str]]] = {
    "Answers.start": (lambda on: on.answers.start(result(7, candidate=on.owner).attempt), OWN),
    "Answers.save": (lambda on: on.answers.save(result(8, candidate=on.owner)), OWN),
    "Answers.save_many": (lambda on: on.answers.save_many([result(8, candidate=on.owner)]), OWN),
    "Answers.save_judged": (lambda on: on.answers.save_judged(result(8, candidate=on.owner)), OWN),
    "Answers.rate": (lambda on: on.answers.rate(on.attempt, {"C2": 2.0}), OWN),
    "Answers.mark_own": (lambda on: on.answers.mark_own(on.attempt, "k2", QUOTE), OWN),
    "Answers.take_back": (lambda on: on.answers.take_back(on.attempt, "k2"), OWN),
    "Disagreements.judged_again": (lambda on: on.disputed.judged_again(on.attempt, score(), score()), OWN),
    "Disagreements.override": (
        lambda on: on.disputed.override(on.attempt, score(), 4.0, "A note."),
        {"local", "instructor"},
    ),
    "Memory.remember": (lambda on: on.memory.remember(on.owner, "key", "value"), OWN),
    "Memory.forget": (lambda on: on.memory.forget(on.owner, "key"), OWN),
    "Drafts.put": (lambda on: on.drafts.put(on.owner, "answer", Draft("words", "1")), OWN),
    "Drafts.keep": (lambda on: on.drafts.keep(on.owner, "answer", Change("words", "2", "1")), OWN),
    "Drafts.drop": (lambda on: on.drafts.drop(on.owner, "other"), OWN),
    "Interviews.save": (lambda on: on.interviews.save(on.interview(on.owner)), OWN),
    "Interviews.drop": (lambda on: on.interviews.drop(on.owner, "another"), OWN),
    "QuestionSets.save": (lambda on: on.sets.save(on.set_of(on.owner)), OWN),
    "QuestionSets.remove": (lambda on: on.sets.remove(on.owner, "another"), OWN),
    "Grants.share": (lambda on: on.grants.share(on.attempt, link=True, expires_at=SOON), OWN),
    "Cohorts.assign": (lambda on: on.cohorts.assign(on.cohort, "Week", ("q",), SOON), {"instructor"}),
    "Cohorts.dismiss": (lambda on: on.cohorts.dismiss(on.cohort, on.owner, "rule", ""), {"instructor"}),
    "Cohorts.found": (lambda on: on.cohorts.found("New"), {"instructor", "other instructor", "admin"}),
    "People.set_role": (lambda on: on.people.set_role(on.owner, "candidate"), {"admin"}),
    "People.invite": (
        lambda on: on.people.invite("instructor", on.cohort, SOON, 1),
        {"instructor"},
    ),
    "SampleAnswers.remove": (lambda on: on.sample.remove(), SIGNED_IN),
    "SampleAnswers.load": (lambda on: on.sample.load([question()]), SIGNED_IN),
    "SampleCohorts.load": (lambda on: on.samples.load([question()], 1, 1, 1), {"local"}),
    "SampleCohorts.remove": (lambda on: on.samples.remove(), {"local"}),
}
_TAKES_AWAY: dict[str, tuple[Call, set[str]]] = {
    "Answers.erase": (lambda on: on.answers.erase(on.attempt), OWN),
    "Everything.erase": (lambda on: on.session.everything.erase(on.owner), OWN),
    "Disagreements.dispute": (lambda on: on.disputed.dispute(on.attempt, score(2.0), "No."), OWN),
    "Grants.revoke": (lambda on: on.grants.revoke(on.grant), OWN),
    "Cohorts.remove": (lambda on: on.cohorts.remove(on.cohort, on.owner), {"instructor"}),
    "Cohorts.withdraw": (lambda on: on.cohorts.withdraw(on.assignment), {"instructor"}),
}
"""Only refused here: done, they would leave nothing to refuse."""
_BATCHES = ("all", "beat", "begin", "cancel", "find", "let_go", "reasons", "settle", "take", "waiting")
_OF_NOBODY = {
    "Database.open": "opens the file",
    "Connected.answer": "asks for nothing",
    "Connected.close": "closes it",
    "Connected.beside_others": "what a backup reads with; pages hold a session, not this",
    "Database.answer_backups": "waits for them",
    "Database.end_recordings": "begins that",
    "Database.recorded": "ids alone, for whoever ends recordings that are too old",
    "Database.session": "binds it to a viewer; pages do not, `test_access`",
    "Session.seen_by": "the same; pages do not, `test_access`",
    "Connected.reading": "what sessions read with, once they have asked",
    "Connected.writing": "what sessions write with, once they have asked",
    "Connected.kept": "what sessions read with, once they have asked",
    "Connected.erase": "what sessions erase with, once they have asked",
    "KeptBank.keep": "the bank is nobody's",
    "Exams.keep": "who configures the server; tests/data/test_model_exams.py",
    "Exams.all": "exams are of judges, not of people",
    "Exams.of": "exams are of judges, not of people",
    "Exams.passed": "exams are of judges, not of people",
    "Exams.standing": "exams are of judges, not of people",
    **{
        f"Batches.{name}": "who configures or instructs the cohort, counts only; tests/data/test_batches.py"
        for name in _BATCHES
    },
    "SampleAnswers.is_there": "counts the sample",
    "Session.newer_figures": "asks what its queries ask; tests/data/test_published_figures.py",
    "Connected.publish_beside": "begins what looking at figures asks for",
    "Session.query": "every query has its own matrix, `test_access`",
    "People.viewer_of": "says who has signed in",
    "People.admit": "asks for a code",
    "People.join": "asks for a code",
    "People.is_admitted": "a stranger's own identity",
    "People.sign_out_everywhere": "ends the viewer's own sessions",
    "People.me": "the viewer",
    "People.names": "a name for an id of 32 hexadecimal digits",
    "Cohorts.leave": "the viewer leaves",
}


def done(call: Call, on: Seen) -> bool:
    try:
        return bool(call(on))
    except RehearseError as error:
        assert any(word in error.message for word in ("may", "Only", "instruct", "sign", "not in")), error
        return False


def allowed(call: Call, on: Seen) -> bool:
    return done(lambda seen: (call(seen), True)[1], on)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("call", sorted(_READS))
def test_who_reads_what_is_somebodys(world: World, call: str, who: str) -> None:
    read, expected = _READS[call]
    assert done(read, world.seen(who)) == (who in expected)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("call", sorted(_CHANGES))
def test_who_changes_what_is_somebodys(world: World, call: str, who: str) -> None:
    change, expected = _CHANGES[call]
    world.keep()
    assert allowed(change, world.seen(who)) == (who in expected)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("call", sorted(_TAKES_AWAY))
def test_nobody_else_takes_away_what_is_somebodys(world: World, call: str, who: str) -> None:
    change, expected = _TAKES_AWAY[call]
    if who not in expected:
        assert not allowed(change, world.seen(who))


@pytest.mark.parametrize("who", ["stranger", "instructor", "admin", "member"])
@pytest.mark.parametrize("what", ["interview", "set"])
def test_a_row_of_somebody_is_not_taken_over_by_giving_its_id(world: World, what: str, who: str) -> None:
    world.keep()
    on = world.seen(who)
    mine = world.id(who)
    save = on.interviews.save if what == "interview" else on.sets.save
    with pytest.raises(RehearseError, match="somebody else"):
        save(on.interview(mine) if what == "interview" else on.set_of(mine))  # type: ignore[arg-type]
    owner = world.seen("owner")
    assert owner.interviews.find("of-owner") == owner.interview(owner.owner)
    assert owner.sets.of(owner.owner) == (owner.set_of(owner.owner),)


def test_an_assignment_is_withdrawn_by_instructors_of_its_own_cohort(world: World) -> None:
    given = world.seen("owner").assignment
    forged = Assignment(given.id, world.other_instructor, "", (), 1, None, SOON, datetime.now(UTC))  # type: ignore[attr-defined]
    world.cohorts("other instructor").withdraw(forged)
    assert given.id in {one.id for one in world.cohorts("instructor").assignments(world.cohort)}


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_was_measured_is_for_the_owner_and_for_whom_it_was_shared(world: World, who: str) -> None:
    on = world.seen(who)
    try:
        found = on.grants.by_link(on.key)
        seen = found[0] if found else on.answers.load(on.attempt)
    except RehearseError:
        seen = None
    measured = seen is not None and bool(seen.delivery and seen.frames and seen.summaries)
    assert measured == (who in {*OWN, "link with recording", "shared with all"})


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_works_out_the_voice_from_words_that_were_shared_without_it(world: World, who: str) -> None:
    on = world.seen(who)
    told = [_or_none(read, on) for read, _ in _READS.values()]
    speech = next((one.speech for one in _flat(told) if isinstance(one, AttemptResult)), None)
    own = who in {*OWN, "link with recording", "shared with all"}
    measured = measure_delivery(speech, 0.5) if speech else Delivery()
    assert (measured.speech_seconds is not None) == own
    assert bool(_times(told)) == own


def _or_none(read: Call, on: Seen) -> object:
    try:
        return read(on)
    except RehearseError:
        return None


def _flat(told: object) -> Iterator[object]:
    if isinstance(told, (tuple, list)):
        for one in told:
            yield from _flat(one)
    else:
        yield told


def _times(told: object) -> list[str]:
    """Every moment, length and clearness in it, however deep."""
    if isinstance(told, (tuple, list)):
        return [time for one in told for time in _times(one)]
    if not is_dataclass(told) or isinstance(told, CheckResult):
        return []
    found: list[str] = []
    for one in fields(told):
        value = getattr(told, one.name)
        timed = one.name == "seconds" or one.name.endswith("_seconds") or one.name == "confidence"
        found += [f"{type(told).__name__}.{one.name}"] if timed and value else _times(value)
    return found


def test_no_call_is_left_out() -> None:
    for module in pkgutil.iter_modules(data.store.__path__):
        importlib.import_module(f"data.store.{module.name}")
    public = {
        f"{kind.__name__}.{name}"
        for kind in (Connected, Database, Session, *_kinds(Part))
        for name, call in vars(kind).items()
        if not name.startswith("_") and (inspect.isfunction(call) or isinstance(call, classmethod))
    }
    known = {*_READS, *_CHANGES, *_TAKES_AWAY}
    assert public - known == set(_OF_NOBODY)
    assert known - public == set()


def test_whoever_reads_without_being_the_owner_is_in_the_log(world: World) -> None:
    for who in ("instructor", "shared with", "link"):
        on = world.seen(who)
        on.grants.by_link(on.key) if on.key else on.answers.load(on.attempt)
    log = {(one.viewer, one.what) for one in world.grants("owner").accesses(world.id("owner"))}
    assert {
        ("instructor", "content"),
        ("shared with", "content"),
        ("Somebody with the link", "content"),
    } <= log
    assert "owner" not in {viewer for viewer, _ in log}


def _kinds(kind: type[Part]) -> Iterator[type[Part]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)
