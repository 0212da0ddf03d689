"""The access matrix: every named query, every call of the store and every recording, as everybody.

What is expected is written down here a second time, by hand, and not taken from `data.access`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from data.access import Viewer, decide
from data.domain import RehearseError
from data.settings import PROJECT_ROOT
from data.store import Database, Session, query_names
from data.store.answers import Answers
from data.store.disagreements import Disagreements
from data.store.memory import Memory
from data.store.queries import named_query
from tests.engines import Engine
from tests.hosted_cohorts import SOON, WHO, Hosted, allows
from tests.stored import QUOTE, given_to, result

OWNERS = ("owner", "stranger", "sample")
Call = Callable[[Session, str, str], object]


@pytest.fixture(scope="module")
def hosted(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with engine.database(tmp_path_factory.mktemp("hosted")) as address:
        made = Hosted(Database.open(address).session())
        yield made
        made.session.database.close()


def is_theirs(who: str, owner: str) -> bool:
    return who == "local" or who == owner or (owner == "sample" and who != "nobody")


# --- every named query ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n in query_names() if named_query(n).scope == "candidate"])
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("owner", OWNERS)
def test_a_query_about_a_candidate_is_for_that_candidate(
    hosted: Hosted, name: str, who: str, owner: str
) -> None:
    given = given_to(name, candidate_id=hosted.id(owner))
    assert allows(lambda: hosted.as_(who).query(name, **given)) == is_theirs(who, owner)


@pytest.mark.parametrize("name", [n for n in query_names() if named_query(n).scope == "cohort"])
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("cohort", ["instructor", "other_instructor"])
def test_a_query_about_a_cohort_is_for_its_instructors(
    hosted: Hosted, name: str, who: str, cohort: str
) -> None:
    given = given_to(name, cohort_id=getattr(hosted, cohort))
    assert allows(lambda: hosted.as_(who).query(name, **given)) == (who.replace(" ", "_") == cohort)


@pytest.mark.parametrize("name", [n for n in query_names() if named_query(n).scope == "org"])
@pytest.mark.parametrize("who", WHO)
def test_a_query_over_all_cohorts_is_for_instructors_and_administrators(
    hosted: Hosted, name: str, who: str
) -> None:
    expected = who in ("local", "instructor", "other instructor", "admin")
    assert allows(lambda: hosted.as_(who).query(name, **given_to(name))) == expected


@pytest.mark.parametrize("name", [n for n in query_names() if named_query(n).scope == "admin"])
@pytest.mark.parametrize("who", WHO)
def test_a_query_over_the_organisation_is_for_administrators(hosted: Hosted, name: str, who: str) -> None:
    assert allows(lambda: hosted.as_(who).query(name, **given_to(name))) == (who in ("local", "admin"))


def test_no_query_is_left_out_of_the_matrix() -> None:
    assert {named_query(name).scope for name in query_names()} == {"candidate", "cohort", "org", "admin"}


# --- every call of the store ---------------------------------------------------------------------

_ANSWER: dict[str, Callable[[Session], Callable[[str], object]]] = {
    "load": lambda session: session.answers.load,
    "assessments": lambda session: session.answers.assessments,
    "self_rating": lambda session: session.answers.self_rating,
    "own_marks": lambda session: session.answers.own_marks,
    "disputes": lambda session: session.disagreements.disputes,
    "overrides": lambda session: session.disagreements.overrides,
}
_OWN: dict[str, Call] = {
    "of": lambda session, owner, _: session.answers.of(owner),
    "unfinished": lambda session, owner, _: session.answers.unfinished(owner),
    "recall": lambda session, owner, _: session.memory.recall(owner, "draft"),
    "recall_all": lambda session, owner, _: session.memory.recall_all(owner, "dr"),
    "given": lambda session, owner, _: session.grants.given(owner),
    "accesses": lambda session, owner, _: session.grants.accesses(owner),
}
_CHANGES: dict[str, Call] = {
    "start": lambda session, owner, _: session.answers.start(result(7, candidate=owner).attempt),
    "save": lambda session, owner, _: session.answers.save(result(8, candidate=owner)),
    "save_many": lambda session, owner, _: session.answers.save_many([result(8, candidate=owner)]),
    "save_judged": lambda session, owner, _: session.answers.save_judged(result(8, candidate=owner)),
    "rate": lambda session, _, attempt: session.answers.rate(attempt, {"C2": 2.0}),
    "mark_own": lambda session, _, attempt: session.answers.mark_own(attempt, "k2", QUOTE),
    "take_back": lambda session, _, attempt: session.answers.take_back(attempt, "k2"),
    "remember": lambda session, owner, _: session.memory.remember(owner, "key", "value"),
    "forget": lambda session, owner, _: session.memory.forget(owner, "key"),
    "share": lambda session, _, attempt: session.grants.share(attempt, link=True, expires_at=SOON),
}
_UNGUARDED = {
    "database": "pages do not touch it; a test below",
    "viewer": "says who is looking",
    "seen_by": "binds the database to somebody else; pages do not touch it; a test below",
    "answers": "the same viewer, tested with its calls",
    "memory": "the same viewer, tested with its calls",
    "drafts": "asks at every call; tests/data/test_store_drafts.py",
    "grants": "the same viewer, tested with its calls and below",
    "cohorts": "the same viewer, a test below",
    "people": "the same viewer, a test below",
    "disagreements": "the same viewer, tested with its calls",
    "interviews": "the same viewer, tested by itself",
    "sets": "the same viewer, tested by itself",
    "exams": "of nobody; kept by who configures, tests/data/test_model_exams.py",
    "bank": "the bank is nobody's",
    "batches": "for who configures or instructs, and counts only; tests/data/test_batches.py",
    "query": "the matrix above",
    "newer_figures": "asks what its queries ask; tests/data/test_published_figures.py",
    "everything": "the same viewer, a test below",
    "erase": "a test below",
}


@pytest.mark.parametrize("call", sorted(_ANSWER))
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("owner", OWNERS)
def test_an_answer_is_for_its_owner_and_the_instructors_of_their_cohort(
    hosted: Hosted, call: str, who: str, owner: str
) -> None:
    read = _ANSWER[call](hosted.as_(who))
    expected = is_theirs(who, owner) or (who, owner) == ("instructor", "owner")
    assert allows(lambda: read(hosted.attempt(owner))) == expected


@pytest.mark.parametrize("call", sorted(_OWN))
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("owner", OWNERS)
def test_a_list_of_what_is_theirs_is_for_its_owner(hosted: Hosted, call: str, who: str, owner: str) -> None:
    read = _OWN[call]
    done = allows(lambda: read(hosted.as_(who), hosted.id(owner), hosted.attempt(owner)))
    assert done == is_theirs(who, owner)


@pytest.mark.slow
@pytest.mark.parametrize("call", sorted(_CHANGES))
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("owner", OWNERS)
def test_a_change_is_for_its_owner(hosted: Hosted, call: str, who: str, owner: str) -> None:
    change = _CHANGES[call]
    done = allows(lambda: change(hosted.as_(who), hosted.id(owner), hosted.attempt(owner)))
    assert done == (who in ("local", owner))


@pytest.mark.parametrize("who", [who for who in WHO if who not in ("local", "owner")])
def test_nobody_else_exports_or_erases(hosted: Hosted, who: str, tmp_path: Path) -> None:
    session, owner = hosted.as_(who), hosted.id("owner")
    assert not allows(lambda: session.everything.export(owner, tmp_path))
    assert not allows(lambda: session.answers.erase(hosted.attempt("owner")))
    assert not allows(lambda: session.everything.erase(owner))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("owner", OWNERS)
def test_a_level_of_their_own_is_for_instructors_of_the_cohort(hosted: Hosted, who: str, owner: str) -> None:
    def give() -> None:
        attempt = hosted.attempt(owner)
        found = hosted.session.answers.assessments(attempt)[0].scores[0]
        hosted.as_(who).disagreements.override(attempt, found, 3.0, "")

    assert allows(give) == (who == "local" or (who, owner) == ("instructor", "owner"))


def test_no_call_of_the_store_is_left_out() -> None:
    public = {name for kind in (Session, Answers, Memory) for name in vars(kind) if not name.startswith("_")}
    assert public - set(_ANSWER) - set(_OWN) - set(_CHANGES) == set(_UNGUARDED)
    others = {name for name, _ in inspect.getmembers(Disagreements, inspect.isfunction) if name[0] != "_"}
    assert others - set(_ANSWER) == {
        "dispute",
        "judged_again",
        "override",
        "all_disputes",
        "all_overrides",
    }


@pytest.mark.parametrize("who", WHO)
def test_cohorts_are_changed_by_their_instructors_only(hosted: Hosted, who: str) -> None:
    cohorts, cohort = hosted.cohorts(who), hosted.cohort
    for call in (
        lambda: cohorts.members(cohort),
        lambda: cohorts.assign(cohort, "Week", ("q",), SOON),
        lambda: cohorts.dismiss(cohort, "someone", "rule", ""),
        lambda: cohorts.remove(cohort, "someone"),
    ):
        assert allows(call) == (who == "instructor")
    assert allows(lambda: cohorts.assignments(cohort)) == (who in ("instructor", "owner", "member"))


@pytest.mark.parametrize("who", WHO)
def test_codes_and_roles_are_for_administrators_and_a_cohorts_instructors(hosted: Hosted, who: str) -> None:
    people = hosted.people(hosted.viewers[who])
    assert allows(lambda: people.invite("candidate", hosted.cohort, SOON, 1)) == (
        who in ("instructor", "admin")
    )
    assert allows(lambda: people.invite("instructor", hosted.cohort, SOON, 1)) == (who == "instructor")
    assert not allows(lambda: people.invite("admin", hosted.cohort, SOON, 1))
    assert allows(lambda: people.invite("admin", None, SOON, 1)) == (who == "admin")
    assert allows(lambda: people.invite("candidate", None, SOON, 1)) == (who == "admin")
    assert allows(people.everybody) == (who == "admin")
    assert allows(lambda: people.set_role(hosted.id("stranger"), "candidate")) == (who == "admin")
    expected = who in ("instructor", "other instructor", "admin")
    assert allows(lambda: hosted.cohorts(who).found("Another")) == expected


# --- recordings, camera and voice ----------------------------------------------------------------


def sees(hosted: Hosted, who: str, key: str = "") -> tuple[bool, bool, bool]:
    """Whether `who` may play the owner's recording, sees delivery, sees camera."""
    name = result(candidate=hosted.id("owner")).attempt.recording or ""
    plays = allows(lambda: hosted.grants(who).require_recording(name, key))
    try:
        found = hosted.as_(who).answers.load(hosted.attempt("owner"))
    except RehearseError:
        return plays, False, False
    assert found is not None
    return plays, found.delivery is not None, bool(found.frames and found.summaries)


@pytest.mark.parametrize("who", WHO)
def test_recordings_and_measurements_are_private_at_first(hosted: Hosted, who: str) -> None:
    assert set(sees(hosted, who)) == {who in ("local", "owner")}


@pytest.mark.slow
@pytest.mark.parametrize("covers", [(), ("recording",), ("delivery",), ("recording", "delivery")])
@pytest.mark.parametrize("way", ["cohort", "person"])
@pytest.mark.parametrize("end", ["live", "revoked", "expired"])
@pytest.mark.parametrize("who", [who for who in WHO if who not in ("local", "owner")])
def test_a_grant_opens_what_it_covers_to_whom_it_names_while_it_lives(
    hosted: Hosted, covers: tuple[str, ...], way: str, end: str, who: str
) -> None:
    grants = hosted.grants("owner")
    expires = datetime.now(UTC) - timedelta(seconds=1) if end == "expired" else SOON
    grants.share(
        hosted.attempt("owner"),
        to_cohort=hosted.cohort if way == "cohort" else None,
        to_person=hosted.id("stranger") if way == "person" else None,
        recording="recording" in covers,
        delivery="delivery" in covers,
        expires_at=expires,
    )
    newest = grants.given(hosted.id("owner"))[0]
    if end == "revoked":
        grants.revoke(newest.id)
    opened = end == "live" and who == ("instructor" if way == "cohort" else "stranger")
    measured = opened and "delivery" in covers
    assert sees(hosted, who) == (opened and "recording" in covers, measured, measured)
    if way == "person" and who == "stranger":
        assert allows(lambda: hosted.as_(who).answers.load(hosted.attempt("owner"))) == opened
    grants.revoke(newest.id)


def test_a_link_opens_one_answer_and_its_recording_until_it_ends(hosted: Hosted) -> None:
    grants, name = hosted.grants("owner"), result(candidate=hosted.id("owner")).attempt.recording or ""
    key = grants.share(hosted.attempt("owner"), link=True, recording=True, expires_at=SOON)
    other = result(candidate=hosted.id("stranger")).attempt.recording or ""
    anyone = hosted.grants("nobody")
    assert (
        anyone.by_link(key) is not None and anyone.by_link(key + "x") is None and anyone.by_link("") is None
    )
    assert allows(lambda: anyone.require_recording(name, key))
    assert not allows(lambda: anyone.require_recording(other, key))
    grants.revoke(grants.given(hosted.id("owner"))[0].id)
    assert anyone.by_link(key) is None
    assert not allows(lambda: anyone.require_recording(name, key))


def test_what_others_open_is_in_the_log_and_one_visit_is_one_line(hosted: Hosted) -> None:
    owner, before = hosted.id("owner"), len(hosted.grants("owner").accesses(hosted.id("owner")))
    for _ in range(3):
        hosted.as_("instructor").answers.load(hosted.attempt("owner"))
        hosted.as_("owner").answers.load(hosted.attempt("owner"))
    log = hosted.grants("owner").accesses(owner)
    assert len(log) - before <= 1
    assert ("instructor", "content", "an instructor of the cohort") in {
        (a.viewer, a.what, a.why) for a in log
    }


def test_an_answer_from_before_joining_stays_private(hosted: Hosted) -> None:
    early = result(9, candidate=hosted.id("owner"), days=-30)
    hosted.session.answers.save(early)
    assert not allows(lambda: hosted.as_("instructor").answers.load(early.attempt.id))
    assert allows(lambda: hosted.as_("owner").answers.load(early.attempt.id))


@pytest.mark.slow
def test_whoever_leaves_a_cohort_is_not_seen_any_more(session: Session) -> None:
    hosted = Hosted(session)
    hosted.grants("owner").share(hosted.attempt("owner"), to_cohort=hosted.cohort, recording=True)
    assert sees(hosted, "instructor")[0]
    hosted.cohorts("owner").leave(hosted.cohort)
    assert sees(hosted, "instructor") == (False, False, False)


# --- ids and parameters of all kinds -------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=some.sampled_from(query_names()),
    value=some.one_of(
        some.text(max_size=40),
        some.sampled_from(
            ["*", "%", "_", "' OR '1'='1", "sample' --", "local", "", "\x00", "sample\x00", "SAMPLE"]
        ),
    ),
    who=some.sampled_from(["nobody", "stranger", "member"]),
)
def test_no_value_of_a_parameter_opens_somebody_elses_rows(
    hosted: Hosted, name: str, value: str, who: str
) -> None:
    if value == hosted.id(who) or value.startswith("sample-") or value == "sample":
        return
    given = {parameter: value for parameter in named_query(name).parameters}
    assert not allows(lambda: hosted.as_(who).query(name, **given))


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=some.text(max_size=60), key=some.text(max_size=40))
def test_no_id_opens_an_answer_or_a_recording(hosted: Hosted, value: str, key: str) -> None:
    stranger = hosted.grants("stranger")
    assert hosted.as_("stranger").answers.load(value) is None
    assert stranger.by_link(key) is None
    with pytest.raises(RehearseError):
        stranger.require_recording(value, key)


@given(
    owner=some.text(max_size=8),
    viewer=some.text(max_size=8),
    role=some.sampled_from(["candidate", "instructor", "admin"]),
    what=some.sampled_from(["attempts", "content", "delivery", "camera", "recording", "settings"]),
)
def test_without_ties_nobody_sees_anybody_else(owner: str, viewer: str, role: str, what: str) -> None:
    seen = decide(Viewer(viewer, role), owner, what)  # type: ignore[arg-type]
    assert seen.allowed <= (owner == viewer or owner.startswith("sample"))
    assert seen.why


def test_pages_cannot_get_around_the_store_or_change_who_is_looking() -> None:
    """The import contract keeps pages off `data.store`; this keeps them off the ways to widen a viewer."""
    around = re.compile(
        r"_database\(|\.database\b|(?<!resources)\.session\(|\.seen_by\(|\bLOCAL\b|\bViewer\(|\bDatabase\."
        r"|sqlalchemy|duckdb\.|\._viewer|\bviewer="
    )
    pages = [path for path in (PROJECT_ROOT / "pages").rglob("*.py") if path.name != "resources.py"]
    assert len(pages) > 50
    assert [path.name for path in pages if around.search(path.read_text(encoding="utf-8"))] == []


def test_every_file_route_serves_what_is_nobodys_or_asks_who_may_play() -> None:
    app = (PROJECT_ROOT / "app.py").read_text(encoding="utf-8")
    # The sandbox serves the parts of the code editor that ship with the app, by a fixed list.
    # What watches from outside gets one word, or counts with a token: `test_watched_from_outside.py`.
    served = "recording_route, sandbox_route, archive_route, ready_route, metrics_route"
    assert re.findall(r"served = \[(.*?)\]", app) == [served]
    assert re.findall(r"routes=(\w+)", app) == ["served"]
    player, archive = (
        (PROJECT_ROOT / "pages/widgets" / name).read_text(encoding="utf-8")
        for name in ("review/player.py", "settings/export_everything.py")
    )
    assert "require_recording(" in player
    assert "viewer(request.cookies)" in archive and "archives().path(owner" in archive
