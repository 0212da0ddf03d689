"""Cohorts in the store: roll-ups equal the answers, codes run out, sessions end, samples come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import text

from data.access import NOBODY, Viewer
from data.domain import AttemptResult, RehearseError
from data.domain.cohort import MOCK, Identity
from data.domain.kept import KeptInterview
from data.store import Session, query_names, rollups
from data.store.queries import named_query
from data.synthetic.samples import SampleCohorts
from tests.engines import Engine
from tests.stored import BEGAN, given_to, question, result, score

pytestmark = pytest.mark.slow

SOON = datetime.now(UTC) + timedelta(days=1)
TABLES = (
    "candidate_weeks",
    "standings",
    "activity",
    "candidate_delivery",
)
SIZES = (2, 6, 4)


def identity(name: str, key: str = "", issued: datetime | None = None) -> Identity:
    return Identity(
        "https://id.example", name, name, f"{name}@example.org", True, key or name, issued or SOON
    )


def admitted(session: Session, name: str, code: str) -> Viewer:
    people = session.seen_by(NOBODY).people
    people.admit(identity(name), code)
    return people.viewer_of(identity(name))


def admin(session: Session) -> Viewer:
    return session.seen_by(NOBODY).people.viewer_of(identity("ada"), "ada@example.org")


def cohort_of(session: Session) -> tuple[Viewer, str]:
    code = session.seen_by(admin(session)).people.invite("instructor", None, SOON, 1)
    founder = admitted(session, "ines", code)
    cohort = session.seen_by(founder).cohorts.found("Spring").id
    return replace(founder, instructs=frozenset({cohort})), cohort


def rolled_up(session: Session) -> dict[str, list[tuple[object, ...]]]:
    with session.database.reading() as connection:
        found = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in TABLES}

    def plain(row: Sequence[object]) -> tuple[object, ...]:
        """Sums of floats differ in the last digit with the order of adding."""
        return tuple(round(value, 6) if isinstance(value, float) else value for value in row)

    return {name: sorted(map(plain, rows), key=str) for name, rows in found.items()}


def rebuilt(session: Session) -> dict[str, list[tuple[object, ...]]]:
    with session.database.writing() as connection:
        rollups.rebuild(connection)
    return rolled_up(session)


def test_roll_ups_are_what_the_answers_say_after_every_kind_of_write(session: Session) -> None:
    questions = [question(number) for number in range(4)]
    SampleCohorts(session.database, session.viewer).load(questions, *SIZES)
    assert all(rolled_up(session).values())
    assert rolled_up(session) == rebuilt(session)
    someone = session.query("cohort_activity", cohort_id="sample-cohort-0", since=datetime(2020, 1, 1))
    member = str(someone["candidate_id"].iloc[0])
    mine = session.answers.of(member)
    again = session.answers.load(mine[0].id)
    assert again is not None
    assert again.assessment is not None
    changed = replace(again.assessment, scores=(score(4.0, "C1", "synthetic"),))
    session.answers.save(replace(again, assessment=changed))
    assert rolled_up(session) == rebuilt(session)
    session.answers.erase(mine[1].id)
    assert rolled_up(session) == rebuilt(session)
    session.everything.erase(member)
    assert member not in str(rolled_up(session))
    assert rolled_up(session) == rebuilt(session)


def test_nothing_is_rolled_up_for_whoever_is_in_no_cohort(session: Session) -> None:
    session.answers.save(result())
    assert not any(rolled_up(session).values())


def test_what_was_answered_before_joining_is_in_no_figure(session: Session) -> None:
    founder, cohort = cohort_of(session)
    carl = admitted(session, "carl", session.seen_by(founder).people.invite("candidate", cohort, SOON, 1))
    session.answers.save(result(1, candidate=carl.candidate_id, days=-30))
    assert not any(rolled_up(session).values())
    session.answers.save(result(2, candidate=carl.candidate_id, days=30))
    activity = session.seen_by(founder).query("cohort_activity", cohort_id=cohort, since=datetime(2020, 1, 1))
    assert activity["answers"].tolist() == [1]


def test_invented_cohorts_come_and_go_and_leave_nothing(session: Session) -> None:
    session.answers.save(result())
    sample = SampleCohorts(session.database, session.viewer)
    assert sample.load([question(1), question(2)], *SIZES) > 20
    assert [one.synthetic for one in session.cohorts.instructed()] == [True, True]
    sample.remove()
    assert session.cohorts.instructed() == ()
    assert not any(rolled_up(session).values())
    assert len(session.answers.of("me")) == 1
    with pytest.raises(RehearseError, match="without sign-in"):
        SampleCohorts(session.database, Viewer("anna", "admin")).load([question(1)])


WITHOUT_SAMPLES = ("cohort_overrides", "cohort_dismissals", "cohort_over_time", "cohort_heard")


@pytest.mark.parametrize("name", [n for n in query_names() if named_query(n).scope != "candidate"])
def test_a_query_over_a_cohort_has_the_same_columns_full_and_empty(session: Session, name: str) -> None:
    given = given_to(name, cohort_id="sample-cohort-0", scorer="synthetic", rubric_version="synthetic")
    given |= {"member_id": "sample-0-001"} if "member_id" in given else {}
    empty = session.query(name, **given)
    SampleCohorts(session.database, session.viewer).load([question(number) for number in range(4)], 1, 12, 6)
    full = session.query(name, **given)
    assert list(full.columns) == list(empty.columns)
    assert len(full) > 0 or name in WITHOUT_SAMPLES


def test_levels_of_a_cohort_equal_those_of_its_candidates(session: Session) -> None:
    SampleCohorts(session.database, session.viewer).load([question(number) for number in range(4)], *SIZES)
    scorer = {"scorer": "synthetic", "scorer_version": "1", "rubric_version": "synthetic"}
    rows = session.query("cohort_standings", cohort_id="sample-cohort-0", **scorer)
    for person in set(rows["candidate_id"]):
        own = session.query("competency_recent", candidate_id=person).set_index("criterion")
        mine = rows[rows["candidate_id"] == person].set_index("criterion")
        columns = ["level", "low", "high", "n", "answers"]
        assert_frame_equal(mine[columns].sort_index(), own[columns].sort_index(), check_dtype=False)


def test_a_code_is_used_as_often_as_it_allows_and_runs_out(session: Session) -> None:
    founder, cohort = cohort_of(session)
    people = session.seen_by(founder).people
    code = people.invite("candidate", cohort, SOON, 1)
    assert admitted(session, "carl", code.lower().replace("-", " ")).role == "candidate"
    for used in (code, people.invite("candidate", cohort, SOON - timedelta(days=2), 5), "", "AAAAA-AAAAA"):
        with pytest.raises(RehearseError, match="not valid"):
            admitted(session, "dora", used)
    with session.database.reading() as connection:
        kept = str(connection.execute(text("SELECT * FROM invitations")).all())
    assert code.replace("-", "") not in kept


def test_a_stranger_leaves_no_trace_until_a_code_admits_them(session: Session) -> None:
    assert session.seen_by(NOBODY).people.viewer_of(identity("sam")) == NOBODY
    with session.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM people")).scalar() == 0


def test_an_address_that_is_not_verified_makes_no_administrator(session: Session) -> None:
    unverified = replace(identity("ada"), email_verified=False)
    assert session.people.viewer_of(unverified, "ada@example.org") == NOBODY
    assert session.people.viewer_of(unverified, "https://id.example ada").role == "admin"


def test_an_address_that_only_looks_like_the_administrator_s_makes_none(session: Session) -> None:
    kelvin = replace(identity("kate"), email="\N{KELVIN SIGN}ate@example.org")
    assert session.people.viewer_of(kelvin, "kate@example.org") == NOBODY
    shouted = replace(identity("kate"), email="KATE@example.org")
    assert session.people.viewer_of(shouted, "kate@example.org").role == "admin"


def test_signing_out_everywhere_ends_old_sessions_and_lets_new_ones_in(session: Session) -> None:
    now = datetime.now(UTC)
    people = session.people
    known = [identity("ada", key, now) for key in ("laptop", "phone")]
    ada = [people.viewer_of(one, "ada@example.org") for one in known]
    Session(people.database, ada[0]).people.sign_out_everywhere()
    assert [people.viewer_of(one) for one in known] == [NOBODY, NOBODY]
    stolen = identity("ada", "never seen", now - timedelta(hours=1))
    assert people.viewer_of(stolen) == NOBODY
    assert people.viewer_of(identity("ada", "again", now + timedelta(seconds=5))).role == "admin"
    with pytest.raises(RehearseError, match="session has ended"):
        Session(people.database, NOBODY).people.admit(known[0], "AAAAA-AAAAA")


def test_an_instructor_who_is_one_no_longer_sees_no_cohort(session: Session) -> None:
    founder, cohort = cohort_of(session)
    assert session.people.viewer_of(identity("ines")).instructs == {cohort}
    session.seen_by(admin(session)).people.set_role(founder.candidate_id, "candidate")
    assert session.people.viewer_of(identity("ines")).instructs == frozenset()


def test_whoever_erases_everything_is_in_no_table(
    session: Session, engine: Engine, address: str, tmp_path: Path
) -> None:
    founder, cohort = cohort_of(session)
    code = session.seen_by(founder).people.invite("candidate", cohort, SOON, 1)
    carl = admitted(session, "carl-xylophone", code)
    mine = session.seen_by(carl)
    mine.answers.save(result(1, candidate=carl.candidate_id, days=30))
    exported = {path.name: path for path in mine.everything.export(carl.candidate_id, tmp_path / "out")}
    assert "carl-xylophone" in exported["people.csv"].read_text()
    mine.everything.erase(carl.candidate_id)
    assert not engine.holds(address, "carl-xylophone")
    assert not engine.holds(address, carl.candidate_id)


def lasting(number: int, candidate: str, seconds: float) -> AttemptResult:
    made = result(number, candidate=candidate, days=29 + number)
    assert made.speech
    return replace(made, speech=replace(made.speech, seconds=seconds))


def test_many_limits_tell_the_length_of_an_answer_to_a_whole_minute_and_no_closer(session: Session) -> None:
    founder, cohort = cohort_of(session)
    carl = admitted(session, "carl", session.seen_by(founder).people.invite("candidate", cohort, SOON, 1))
    teaching = session.seen_by(founder)
    for minutes in (0.25, 0.9, 1.5, 0.0, -1.0, 61.0, float("nan"), float("inf")):
        with pytest.raises(RehearseError, match="a whole number of minutes"):
            teaching.cohorts.assign(cohort, "Close", ("url-shortener",), SOON, minutes=minutes)
    for limit in range(1, 61, 7):
        teaching.cohorts.assign(cohort, f"{limit}", ("url-shortener",), SOON, minutes=limit)

    def told(seconds: float) -> tuple[list[list[object]], list[list[object]]]:
        session.seen_by(carl).answers.save(lasting(1, carl.candidate_id, seconds))
        done = teaching.query("cohort_completion", cohort_id=cohort, since=BEGAN)
        over = teaching.query("cohort_over_time", cohort_id=cohort)
        return done.to_numpy().tolist(), over.to_numpy().tolist()

    assert told(61.0) == told(90.5) == told(120.0)
    assert told(120.0)[0] and told(3.0) == told(60.0)


def test_an_assignment_is_answered_by_questions_or_by_a_mock_interview(session: Session) -> None:
    founder, cohort = cohort_of(session)
    code = session.seen_by(founder).people.invite("candidate", cohort, SOON, 1)
    carl = admitted(session, "carl", code)
    cohorts = session.seen_by(founder).cohorts
    asked = cohorts.assign(cohort, "Two", ("url-shortener", "rate-limiter"), SOON, minutes=1)
    mock = cohorts.assign(cohort, "Mock", (MOCK,), SOON)
    mine = session.seen_by(carl)
    for number in (1, 2):
        mine.answers.save(lasting(number, carl.candidate_id, seconds=61.0))
    begun = KeptInterview("one", carl.candidate_id, datetime.now(UTC) + timedelta(days=1), False, "{}")
    mine.interviews.save(begun)

    def status() -> dict[str, list[int]]:
        rows = session.seen_by(founder).query("cohort_completion", cohort_id=cohort, since=BEGAN)
        columns = ["answered", "takes"]
        return dict(zip(rows["assignment_id"], rows[columns].to_numpy().tolist(), strict=True))

    assert status() == {asked.id: [0, 2], mock.id: [0, 0]}  # both are longer than a minute
    in_time = cohorts.assign(cohort, "In time", ("url-shortener",), SOON, takes=1, minutes=2)
    one_take = cohorts.assign(cohort, "One take", ("url-shortener",), SOON, takes=1)
    assert status()[in_time.id] == status()[one_take.id] == [1, 2]
    mine.answers.save(lasting(1, carl.candidate_id, seconds=121.0))
    assert (status()[in_time.id], status()[one_take.id]) == ([0, 2], [1, 2])
    for extra in (in_time, one_take):
        cohorts.withdraw(extra)
    over = session.seen_by(founder).query("cohort_over_time", cohort_id=cohort)
    assert over.to_numpy().tolist() == [[asked.id, carl.candidate_id, 2]]
    mine.interviews.save(replace(begun, over=True))
    assert status()[mock.id] == [1, 0]
    cohorts.withdraw(asked)
    assert [one.id for one in mine.cohorts.assignments(cohort)] == [mock.id]
