"""Figures about a cohort change rarely and never for a few people; the attacks that worked are tests."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pandas import DataFrame
from pandas.testing import assert_frame_equal
from sqlalchemy import delete, insert, text

from data.access import Viewer
from data.domain import AttemptResult, Delivery, RehearseError
from data.store import Database, Session, cohort_tables, publishing, query_names, saving
from data.store.contributions import KINDS, VOICE_STEPS
from data.store.newer_figures import COHORTS_AT_ONCE, NewerFigures, UnderWay
from data.store.queries import named_query
from data.store.to_rows import utc
from tests.engines import Engine
from tests.stored import BEGAN, QUOTE, given_to, heard, question, result, score

pytestmark = pytest.mark.slow

VICTIM, FRIENDS, OWNED = "zoe", tuple("abcdefgh"), ("sock-1", "sock-2", "sock-3", "sock-4")
FIRST_DAY = datetime(2027, 1, 4, 9, 0)
"""Later than the clock of the machine, so that reading never publishes by itself."""
TOTALS = [name for name in query_names() if named_query(name).figures]
STEP = VOICE_STEPS["speaking_rate_wpm"]


@pytest.fixture
def session(session: Session) -> Session:
    session.bank.keep([replace(question(), id="url-shortener")])
    return session


class Room:
    """A cohort whose instructor takes out and lets in whom they like, and looks once a day."""

    def __init__(self, session: Session, people: Sequence[str] = ()) -> None:
        self.session, self.id, self.day, self._answers = session, uuid.uuid4().hex, 0, 0
        self.instructor = Viewer("ines", "instructor", frozenset({self.id}))
        row = {"id": self.id, "name": "Spring", "synthetic": False, "created_by": "ines"}
        with session.database.writing() as connection:
            connection.execute(insert(cohort_tables.cohorts), {**row, "created_at": BEGAN})
        for person in people:
            self.join(person)

    def own(self, person: str) -> str:
        return f"{self.id}-{person}"

    def join(self, person: str, days: int = 0) -> None:
        row = {"cohort_id": self.id, "candidate_id": self.own(person), "role": "candidate"}
        with self.session.database.writing() as connection:
            connection.execute(insert(cohort_tables.members), {**row, "joined_at": self._moment(days)})

    def says(self, person: str, pace: float, days: int = 0) -> str:
        """Answer at so many words a minute; gives the id of the answer."""
        self._answers += 1
        made = result(self._answers, candidate=self.own(person), days=days)
        spoken = Delivery(20.0, 52, pace, 160.0, 6, 1, 2.0, 0.2, 3.0, None, 1.5)
        made = AttemptResult(replace(made.attempt, started_at=BEGAN + timedelta(days=days)), delivery=spoken)
        self.session.answers.save(made)
        return made.attempt.id

    def take_out(self, person: str) -> None:
        self.session.seen_by(self.instructor).cohorts.remove(self.id, self.own(person))

    def look(self) -> tuple[int, float] | None:
        """What is told of the pace on the next day: how many people and their mean; None when nothing is."""
        self.publish(("voice",))
        with self.session.database.reading() as connection:
            found = connection.execute(
                text("SELECT candidates, value FROM cohort_delivery WHERE cohort_id = :id AND name = :name"),
                {"id": self.id, "name": "speaking_rate_wpm"},
            ).first()
        return None if found is None else (found.candidates, found.value)

    def publish(self, kinds: Sequence[str] = tuple(KINDS)) -> None:
        self.day += 1
        now = FIRST_DAY + timedelta(days=self.day)
        with self.session.database.writing() as connection:
            publishing.publish(connection, publishing.stale(connection, kinds, [self.id], now), now)

    def query(self, name: str) -> DataFrame:
        asked = given_to(name, cohort_id=self.id, synthetic=False)
        looking = self.instructor if named_query(name).scope != "admin" else Viewer("ada", "admin")
        return self.session.seen_by(looking).query(name, **asked)

    @staticmethod
    def _moment(days: int) -> datetime:
        return utc(BEGAN + timedelta(days=days, seconds=-1))


def test_taking_one_out_and_looking_again_tells_nothing(session: Session) -> None:
    room = Room(session, (VICTIM, *FRIENDS))
    for person in FRIENDS:
        room.says(person, 140)
    room.says(VICTIM, 260)
    before = room.look()
    assert before is not None
    room.take_out(VICTIM)
    assert room.look() == before


@pytest.mark.parametrize("name", TOTALS)
def test_no_total_changes_when_one_is_taken_out(session: Session, name: str) -> None:
    room = Room(session, (VICTIM, *FRIENDS))
    for person in (VICTIM, *FRIENDS):
        own = room.own(person)
        answers = [result(number, candidate=own, days=number) for number in (1, 2, 3)]
        session.answers.save_many([*answers, heard(4, candidate=own, days=4)])
    for level in (2.0, 4.0):
        session.disagreements.override(result(1, candidate=room.own(VICTIM)).attempt.id, score(), level, "")
    room.publish()
    before = room.query(name)
    assert len(before)
    room.take_out(VICTIM)
    room.publish()
    whole = ["members"] if "members" in before else []
    assert_frame_equal(room.query(name).drop(columns=whole), before.drop(columns=whole))


def test_joining_and_leaving_with_accounts_of_ones_own_tells_nothing(session: Session) -> None:
    room = Room(session, (VICTIM, *FRIENDS))
    for person in (VICTIM, *FRIENDS):
        room.says(person, 140)
    before = room.look()
    for days, person in enumerate(OWNED[:3], start=1):
        room.join(person, days)
        room.says(person, 100, days)
        assert room.look() == before
    room.take_out(VICTIM)
    assert room.look() == before
    for person in OWNED[:3]:
        room.take_out(person)
        assert room.look() == before


def test_an_account_that_leaves_and_comes_back_counts_once(session: Session) -> None:
    room = Room(session, (VICTIM, *FRIENDS, *OWNED[:3]))
    for person in (VICTIM, *FRIENDS, *OWNED[:3]):
        room.says(person, 140)
    before = room.look()
    for person in OWNED[:3]:
        room.take_out(person)
        room.join(person, 5)
        room.says(person, 100, 6)
    room.take_out(VICTIM)  # three came back and one left: four people
    assert room.look() == before


def test_what_five_people_changed_is_told_on_the_next_day_and_not_before(session: Session) -> None:
    room = Room(session, (VICTIM, *FRIENDS))
    for person in (VICTIM, *FRIENDS):
        room.says(person, 140)
    assert room.look() == (9, 140.0)
    for person in FRIENDS[:5]:
        room.says(person, 260, days=1)
    room.day -= 1
    assert room.look() == (9, 140.0)
    assert room.look() == (9, 170.0)


def test_nothing_is_told_of_four_people_and_a_figure_of_few_who_stayed_is_withdrawn(session: Session) -> None:
    room = Room(session, FRIENDS[:4])
    for person in FRIENDS[:4]:
        room.says(person, 140)
    assert room.look() is None
    room.join("z")
    room.says("z", 140)
    assert room.look() == (5, 140.0)
    room.take_out("z")
    with session.database.reading() as connection:
        left = connection.execute(text("SELECT count(*) FROM cohort_delivery")).scalar()
    assert left == 0
    assert room.look() is None


def test_with_four_accounts_of_ones_own_the_step_of_a_fifth_is_all_that_can_be_learnt(
    session: Session,
) -> None:
    """The limit of the promise: whoever controls four of five learns the nearest step, and nothing finer."""
    told = []
    for pace in (231.0, 249.0):
        room = Room(session, (VICTIM, *OWNED))
        for person in OWNED:
            room.says(person, 140)
        room.says(VICTIM, pace)
        told.append([room.look()])
        for days in range(1, 6):  # thresholds are looked for by moving the others, day after day
            for person in OWNED:
                room.says(person, 120 + 20 * days, days)
            told[-1].append(room.look())
    assert told[0] == told[1]
    assert None not in told[0]


_person = some.sampled_from([VICTIM, *FRIENDS[:6], *OWNED])
_pace = some.integers(90, 260).map(float)
_deeds = some.lists(
    some.tuples(some.just("says"), _person, _pace)
    | some.tuples(some.sampled_from(["joins", "out", "erases one", "erases all"]), _person, _pace),
    min_size=1,
    max_size=6,
)


_within = some.floats(-9.9, 9.9)
_SAME_AGAIN = [
    [("says", VICTIM, 0.0), ("says", "a", 260.0), ("says", "b", 260.0), ("says", "c", 260.0)],
    [("erases one", VICTIM, 0.0), ("says", VICTIM, 0.0), ("says", "d", 260.0)],
    [(what, one, 140.0) for one in "abcdef" for what in ("out", "joins", "says")],
]
"""What is given again as it was has not changed, also by whoever erased an answer or left in between."""


@pytest.fixture(scope="module")
def shared(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with engine.quick(tmp_path_factory.mktemp("shared")) as address:
        opened = Database.open(address).session()
        yield opened
        opened.database.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.lists(_deeds, min_size=2, max_size=5), some.tuples(some.floats(-9.9, 9.9), some.floats(-9.9, 9.9))
)
def test_versions_differ_by_five_people_and_never_by_what_lies_within_a_step(
    shared: Session, days: list[list[tuple[str, str, float]]], within: tuple[float, float]
) -> None:
    """Whatever happens, in any order: of two members who differ within a step the same is told."""
    one, other = (_Lived(shared, near) for near in within)
    for deeds in days:
        assert one.day(deeds) == other.day(deeds)


class _Lived:
    """A cohort of whose members this remembers, beside the store, in which step each of them is."""

    def __init__(self, session: Session, near: float) -> None:
        self.room, self.near = Room(session), near
        self.paces: dict[str, list[float]] = {}
        self.told: tuple[int, float] | None = None
        self.steps: dict[str, float] = {}
        self.days = 0
        for person in (VICTIM, *FRIENDS[:6]):
            self._do("joins", person, 0.0)
            self._do("says", person, 140.0)

    def day(self, deeds: list[tuple[str, str, float]]) -> tuple[int, float] | None:
        for what, person, pace in deeds:
            self._do(what, person, pace)
        found, steps = self.room.look(), self._steps()
        if found is not None and found != self.told:
            everybody = {*steps, *self.steps}
            assert sum(steps.get(one) != self.steps.get(one) for one in everybody) >= publishing.FEWEST
            assert found[0] == len(steps) >= publishing.FEWEST
            self.told, self.steps = found, steps
        return found

    def _steps(self) -> dict[str, float]:
        means = {who: sum(said) / len(said) for who, said in self.paces.items() if said}
        return {who: (mean / STEP + 0.5) // 1 * STEP for who, mean in means.items()}

    def _do(self, what: str, person: str, pace: float) -> None:
        self.days += 1
        said = self.paces.get(person)
        if what == "joins" and said is None:
            self.room.join(person, self.days)
            self.paces[person] = []
        elif what == "says" and said is not None:
            said.append(180.0 + self.near if person == VICTIM else pace)
            self._roll_up(person, said)
        elif what == "out" and said is not None:
            self.room.take_out(person)
            del self.paces[person]
        elif what == "erases one" and said:
            said.pop()
            self._roll_up(person, said)
            with self.room.session.database.writing() as connection:
                publishing.forget_erased(connection, self.room.own(person))
        elif what == "erases all" and said is not None:
            with self.room.session.database.writing() as connection:
                saving.clear_candidate(connection, self.room.own(person))
            del self.paces[person]

    def _roll_up(self, person: str, said: list[float]) -> None:
        """Straight into the roll-up: answers of which only the pace matters."""
        rolled, own = cohort_tables.candidate_delivery, self.room.own(person)
        row = {"cohort_id": self.room.id, "candidate_id": own, "name": "speaking_rate_wpm"}
        with self.room.session.database.writing() as connection:
            connection.execute(delete(rolled).where(rolled.c.candidate_id == own))
            if said:
                made = {**row, "unit": "words/min", "n": len(said), "total": sum(said)}
                connection.execute(insert(rolled), made)


def test_of_whoever_erases_everything_no_row_and_no_hash_stays(session: Session) -> None:
    room = Room(session, (VICTIM, *FRIENDS))
    for person in (VICTIM, *FRIENDS):
        room.says(person, 140)
    before = room.look()
    room.publish()
    with session.database.reading() as connection:
        mine = {"who": room.own(VICTIM)}
        prints = connection.execute(
            text("SELECT print FROM figure_people WHERE candidate_id = :who"), mine
        ).all()
    session.everything.erase(room.own(VICTIM))
    with session.database.reading() as connection:
        left = connection.execute(text("SELECT * FROM figure_people")).all()
    assert len(prints) > 5
    assert VICTIM not in str(left)
    others = {row.print for row in left if not row.candidate_id.startswith("left-")}
    assert {row.print for row in left if row.candidate_id.startswith("left-")} == {""}
    assert others
    assert room.look() == before  # a total of nine people, eight of whom are still there


def test_of_an_erased_answer_no_hash_stays(session: Session) -> None:
    room = Room(session, (VICTIM, *FRIENDS))
    for person in (VICTIM, *FRIENDS):
        room.says(person, 140)
    erased = room.says(VICTIM, 260)
    room.publish()
    session.answers.erase(erased)
    with session.database.reading() as connection:
        found = connection.execute(
            text("SELECT kind, print = '' AS blank FROM figure_people WHERE candidate_id = :who"),
            {"who": room.own(VICTIM)},
        ).all()
    assert {row.kind for row in found if row.blank} == {"counts", "coverage", "questions", "voice"}
    assert [row for row in found if not row.blank]  # what did not change is not counted as changed


def test_scorers_are_never_mixed(session: Session) -> None:
    room = Room(session, FRIENDS)
    for person in FRIENDS:
        session.answers.save(result(1, score(2.0, scorer="plain"), candidate=room.own(person)))
        session.answers.save(result(1, score(4.0, scorer="judge"), candidate=room.own(person)))
    room.publish()
    weak = room.query("cohort_weak_points")
    assert set(zip(weak["n"], weak["answers"], strict=True)) == {(8, 8)}
    questions = room.query("cohort_questions")
    assert questions[["answers", "n", "mean"]].to_numpy().tolist() == [[8.0, 8.0, 2.0]]


def test_a_question_of_ones_own_is_in_no_total_that_quotes_it(session: Session) -> None:
    room = Room(session, FRIENDS)
    for person in FRIENDS:
        made = result(1, candidate=room.own(person))
        session.answers.save(replace(made, attempt=replace(made.attempt, question_id="own-question")))
    room.publish()
    assert room.query("cohort_questions").empty
    assert room.query("cohort_weak_points").empty
    assert not room.query("cohort_levels").empty


def test_looking_again_on_the_same_day_publishes_nothing_and_asks_little(session: Session) -> None:
    room = Room(session, FRIENDS)
    for person in FRIENDS:
        room.says(person, 140)
    now = datetime.now(UTC).replace(tzinfo=None)
    assert room.query("cohort_delivery")["candidates"].unique().tolist() == [8]
    with session.database.reading() as connection:
        assert publishing.stale(connection, ["voice"], [room.id], now) == {}
        later = now + timedelta(days=1)
        assert publishing.stale(connection, ["voice"], [room.id], later) == {"voice": [room.id]}


def test_what_a_cohort_was_heard_to_say_is_told_of_five_people_in_coarse_steps_and_own_marks_apart(
    session: Session,
) -> None:
    room = Room(session, FRIENDS[:5])
    for place, person in enumerate(FRIENDS[:5], start=1):
        if place == 5:
            room.publish()
            assert room.query("cohort_heard").empty, "four people"
        answer = heard(1, candidate=room.own(person))
        session.answers.save(answer)
        if place == 1:
            session.answers.mark_own(answer.attempt.id, "h3", QUOTE)
    room.publish()
    rows = room.query("cohort_heard").set_index("competency")
    assert rows["told"].tolist() == [15, 5] and rows["candidates"].tolist() == [5, 5]
    assert rows["heard_share"].tolist() == pytest.approx([0.65, 0.0]), "two thirds, to a step of .05"
    assert rows["own_share"].tolist() == pytest.approx([0.05, 0.0]), "one of fifteen"
    assert room.query("cohort_scorers").empty, "what was heard is no level"


class Beside:
    """What a server does beside its pages, done when a test says so."""

    def __init__(self, session: Session, rest: Callable[[], object] = lambda: None) -> None:
        self.work: list[Callable[[], object]] = []
        session.database.newer = NewerFigures(self.work.append, rest)

    def done(self) -> None:
        for work in self.work:
            work()
        self.work.clear()


def told_yesterday(session: Session) -> date:
    """What was published today was published a day ago; that day."""
    with session.database.writing() as connection:
        connection.execute(text("UPDATE snapshots SET day = day - INTERVAL '1 day' WHERE day > '2001-01-01'"))
        connection.execute(text("UPDATE snapshots SET looked_at = looked_at - INTERVAL '1 day'"))
    return utc(datetime.now(UTC)).date() - timedelta(days=1)


def pace(found: DataFrame) -> list[float]:
    return list(found[found["name"] == "speaking_rate_wpm"]["value"])


def test_the_first_look_of_a_day_is_given_the_last_figures_and_their_day_while_newer_ones_are_made(
    session: Session,
) -> None:
    room = Room(session, FRIENDS)
    for person in FRIENDS:
        room.says(person, 140)
    assert pace(room.query("cohort_delivery")) == [140.0]
    for person in FRIENDS:
        room.says(person, 260, days=1)
    beside, yesterday = Beside(session), told_yesterday(session)
    seen = session.seen_by(room.instructor)
    assert pace(room.query("cohort_delivery")) == pace(room.query("cohort_delivery")) == [140.0]
    assert seen.newer_figures("cohort_delivery", cohort_id=room.id) == UnderWay(yesterday)
    assert len(beside.work) == 1
    beside.done()
    assert seen.newer_figures("cohort_delivery", cohort_id=room.id) is None
    assert pace(room.query("cohort_delivery")) == [200.0]
    assert not beside.work


def test_what_was_never_told_of_a_cohort_is_there_at_the_first_look_at_it(session: Session) -> None:
    room, beside = Room(session, FRIENDS), Beside(session)
    for person in FRIENDS:
        room.says(person, 140)
    assert pace(room.query("cohort_delivery")) == [140.0]
    assert not beside.work


def test_of_all_cohorts_nobody_waits_also_where_nothing_was_told_and_nobody_can_save_only_for_a_few(
    session: Session,
) -> None:
    rooms = [Room(session, FRIENDS[:5]) for _ in range(2 * COHORTS_AT_ONCE + 1)]
    for number, room in enumerate(rooms):
        for person in FRIENDS[:5]:
            room.says(person, 140 + number)
    admin = session.seen_by(Viewer("ada", "admin"))
    monday = utc(BEGAN - timedelta(days=BEGAN.weekday())).replace(hour=0, minute=0)
    given = given_to("all_cohorts_week", synthetic=False, since=monday)
    told: list[int] = []

    def rest() -> None:
        rooms[0].says(FRIENDS[0], 180)
        told.append(admin.query("all_cohorts_week", **given)["active"].count())

    beside = Beside(session, rest)
    assert admin.query("all_cohorts_week", **given)["active"].isna().all()
    assert admin.newer_figures("all_cohorts_week", synthetic=False) == UnderWay(None)
    theirs = session.seen_by(rooms[0].instructor)
    assert theirs.newer_figures("cohort_delivery", cohort_id=rooms[0].id) is None
    beside.done()
    assert len(told) == 3 and told == sorted(told) and told[0] < told[-1] == len(rooms)
    assert admin.newer_figures("all_cohorts_week", synthetic=False) is None


def test_what_could_not_be_published_is_not_asked_for_again_at_once(session: Session) -> None:
    room = Room(session, FRIENDS[:2])
    admin = session.seen_by(Viewer("ada", "admin"))
    given = given_to("all_cohorts_week", synthetic=False)

    def cut() -> None:
        raise RehearseError("The database was cut off.")

    beside = Beside(session, cut)
    for _ in range(2):
        admin.query("all_cohorts_week", **given)
        beside.done()
        assert admin.newer_figures("all_cohorts_week", synthetic=False) is None
    admin.query("all_cohorts_week", **given)
    assert not beside.work
    room.instructor = Viewer("ines", "instructor")
    with pytest.raises(RehearseError):
        session.seen_by(room.instructor).newer_figures("cohort_delivery", cohort_id=room.id)
    with pytest.raises(RehearseError):
        session.seen_by(Viewer("me")).newer_figures("all_cohorts_week", synthetic=False)


def test_a_server_publishes_on_a_thread_of_its_own(session: Session) -> None:
    room, admin = Room(session, FRIENDS), session.seen_by(Viewer("ada", "admin"))
    for person in FRIENDS:
        room.says(person, 140)
    monday = utc(BEGAN - timedelta(days=BEGAN.weekday())).replace(hour=0, minute=0)
    given = given_to("all_cohorts_week", synthetic=False, since=monday)
    session.database.publish_beside()
    admin.query("all_cohorts_week", **given)
    for thread in threading.enumerate():
        if thread.name == "publish figures":
            thread.join(60)
    assert admin.query("all_cohorts_week", **given)["active"].tolist() == [8]
