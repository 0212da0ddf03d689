"""With whom an answer is shared, who is told of a look, and whom an instructor may take out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from data.access import NOBODY, Viewer
from data.domain import RehearseError
from data.domain.cohort import MOCK, Identity
from data.domain.kept import KeptInterview
from data.store import Session
from tests.hosted_cohorts import SOON, Hosted, allows
from tests.stored import BEGAN, result, score

pytestmark = pytest.mark.slow


@pytest.fixture
def hosted(session: Session) -> Hosted:
    return Hosted(session)


def signed_in(hosted: Hosted, name: str, email: str, *, verified: bool = True, visit: str = "1") -> Viewer:
    """Somebody of another provider, admitted once, with whatever address that provider tells."""
    identity = Identity("https://other.example", name, name, email, verified, f"{name}{visit}", SOON)
    people = hosted.people(NOBODY)
    if visit == "1":
        code = hosted.people(hosted.viewers["admin"]).invite("candidate", None, SOON, 1)
        people.admit(identity, code)
    return people.viewer_of(identity)


def test_an_address_that_nobody_verified_is_shared_with_nobody(hosted: Hosted) -> None:
    signed_in(hosted, "mallory", "tutor@school.example", verified=False)
    assert hosted.grants("owner").person_with("tutor@school.example") is None


def test_an_address_is_found_whatever_its_capitals(hosted: Hosted) -> None:
    tutor = signed_in(hosted, "tutor", "Tutor@School.example")
    assert hosted.grants("owner").person_with(" tUTOR@school.EXAMPLE ") == tutor.candidate_id


def test_an_address_of_other_letters_is_not_found_by_one_that_looks_the_same(hosted: Hosted) -> None:
    signed_in(hosted, "kelvin", "\N{KELVIN SIGN}ate@example.org")
    assert hosted.grants("owner").person_with("kate@example.org") is None


def test_an_address_of_several_people_is_refused(hosted: Hosted) -> None:
    signed_in(hosted, "tutor", "tutor@school.example")
    signed_in(hosted, "twin", "TUTOR@school.example")
    with pytest.raises(RehearseError, match="Several people"):
        hosted.grants("owner").person_with("tutor@school.example")


def test_an_empty_address_is_nobodys(hosted: Hosted) -> None:
    signed_in(hosted, "nameless", "", verified=True)
    assert hosted.grants("owner").person_with("  ") is None


def test_an_address_that_changes_hands_leads_to_whoever_has_it_now(hosted: Hosted) -> None:
    signed_in(hosted, "first", "tutor@school.example")
    signed_in(hosted, "first", "first@school.example", visit="2")
    second = signed_in(hosted, "second", "tutor@school.example")
    assert hosted.grants("owner").person_with("tutor@school.example") == second.candidate_id
    signed_in(hosted, "second", "tutor@school.example", verified=False, visit="2")
    assert hosted.grants("owner").person_with("tutor@school.example") is None


def test_a_share_is_made_with_people_and_cohorts_that_are_there(hosted: Hosted) -> None:
    with pytest.raises(RehearseError, match="not here"):
        hosted.grants("owner").share(hosted.attempt("owner"), to_person="nobody-of-that-id")
    with pytest.raises(RehearseError, match="not in this cohort"):
        hosted.grants("stranger").share(hosted.attempt("stranger"), to_cohort=hosted.cohort)


@pytest.mark.parametrize("who", ["nobody", "stranger", "admin", "instructor"])
def test_a_look_through_a_link_is_in_the_log_like_all_others(hosted: Hosted, who: str) -> None:
    key = hosted.grants("owner").share(hosted.attempt("owner"), link=True, recording=True, expires_at=SOON)
    for _ in range(3):
        assert hosted.grants(who).by_link(key) is not None
    hosted.grants(who).require_recording(result(candidate=hosted.id("owner")).attempt.recording or "", key)
    log = hosted.grants("owner").accesses(hosted.id("owner"))
    told = {"nobody": "Somebody with the link"}.get(who, who)
    assert [(one.viewer, one.what) for one in log] == [(told, "recording"), (told, "content")]
    assert all("link" in one.why for one in log)


def test_the_owner_is_not_logged_on_a_link_of_their_own(hosted: Hosted) -> None:
    key = hosted.grants("owner").share(hosted.attempt("owner"), link=True, expires_at=SOON)
    hosted.grants("owner").by_link(key)
    assert hosted.grants("owner").accesses(hosted.id("owner")) == ()


@pytest.mark.parametrize("call", ["assessments", "self_rating", "disputes", "overrides"])
def test_every_part_of_an_answer_that_is_read_is_in_the_log(hosted: Hosted, call: str) -> None:
    session = hosted.as_("instructor")
    read = getattr(session.disagreements if call in ("disputes", "overrides") else session.answers, call)
    read(hosted.attempt("owner"))
    log = hosted.grants("owner").accesses(hosted.id("owner"))
    assert [(one.viewer, one.what) for one in log] == [("instructor", "content")]


def test_an_instructor_takes_out_candidates_and_the_founder_anybody(hosted: Hosted) -> None:
    founder = hosted.people(hosted.viewers["instructor"])
    hosted._sign_in("second", founder.invite("instructor", hosted.cohort, SOON, 1))
    assert not allows(lambda: hosted.cohorts("second").remove(hosted.cohort, hosted.id("instructor")))
    hosted._sign_in("third", founder.invite("instructor", hosted.cohort, SOON, 1))
    assert not allows(lambda: hosted.cohorts("second").remove(hosted.cohort, hosted.id("third")))
    assert allows(lambda: hosted.cohorts("second").remove(hosted.cohort, hosted.id("owner")))
    assert allows(lambda: hosted.cohorts("instructor").remove(hosted.cohort, hosted.id("third")))
    left = {member.name for member in hosted.cohorts("instructor").members(hosted.cohort)}
    assert left == {"instructor", "second", "member"}


@pytest.mark.parametrize("how", ["by an administrator", "by a code", "by the configuration"])
def test_an_instructor_who_was_made_a_candidate_is_told_of_only_while_they_instruct(
    hosted: Hosted, how: str
) -> None:
    second = hosted._sign_in(
        "second", hosted.people(hosted.viewers["instructor"]).invite("instructor", hosted.cohort, SOON, 1)
    )
    admin = hosted.people(hosted.viewers["admin"])

    def told() -> set[str]:
        return {one.name for one in hosted.cohorts("owner").instructors(hosted.cohort)}

    def lines() -> int:
        log = hosted.grants("owner").accesses(hosted.id("owner"))
        return sum(one.viewer == "second" and "instructor of" in one.why for one in log)

    before = lines()
    assert "second" in told()
    admin.set_role(second.candidate_id, "candidate")
    assert told() == {"instructor"}
    assert not hosted._sign_in("second").instructs
    if how == "by an administrator":
        admin.set_role(second.candidate_id, "instructor")
    elif how == "by a code":
        hosted.people(second).join(admin.invite("instructor", None, SOON, 1))
    else:
        identity = Identity("https://id.example", "second", "second", "", False, "second", SOON)
        hosted.people(NOBODY).viewer_of(identity, "https://id.example second")
    assert "second" in told() and lines() == before + 1


def test_a_dispute_about_an_answer_from_before_joining_is_no_hint(hosted: Hosted) -> None:
    owner = hosted.id("owner")
    early = result(9, score(2.0), candidate=owner, days=-30)
    hosted.as_("owner").answers.save(early)
    hosted.as_("owner").disagreements.dispute(early.attempt.id, score(2.0), "I named it.")

    def disputes() -> list[int]:
        since = {"cohort_id": hosted.cohort, "since": BEGAN}
        rows = hosted.as_("instructor").query("cohort_activity", **since)
        return rows[rows["candidate_id"] == owner]["disputes"].tolist()

    assert disputes() == [0]
    hosted.as_("owner").disagreements.dispute(hosted.attempt("owner"), score(), "I named it.")
    assert disputes() == [1]


def test_an_interview_from_before_joining_or_of_somebody_else_is_nobodys_business(hosted: Hosted) -> None:
    asked = hosted.cohorts("instructor").assign(hosted.cohort, "Mock", (MOCK,), SOON)
    with hosted.session.database.writing() as connection:
        connection.exec_driver_sql("UPDATE assignments SET created_at = TIMESTAMP '2026-01-01 00:00:00'")
    early = KeptInterview("one", hosted.id("owner"), BEGAN - timedelta(days=30), True, "{}")
    hosted.as_("owner").interviews.save(early)

    def answered() -> dict[str, int]:
        given = {"cohort_id": hosted.cohort, "since": datetime(2026, 1, 1)}
        rows = hosted.as_("instructor").query("cohort_completion", **given)
        assert set(rows["assignment_id"]) == {asked.id}
        return dict(zip(rows["name"], rows["answered"].tolist(), strict=True))

    assert answered() == {"owner": 0, "member": 0}
    hosted.as_("owner").interviews.save(replace(early, id="two", started_at=SOON))
    assert answered() == {"owner": 1, "member": 0}


def test_an_administrator_makes_nobody_an_instructor_of_a_cohort_they_do_not_instruct(
    hosted: Hosted,
) -> None:
    people = hosted.people(hosted.viewers["admin"])
    assert not allows(lambda: people.invite("instructor", hosted.cohort, SOON, 1))
    assert not allows(lambda: people.invite("admin", hosted.cohort, SOON, 1))
    assert allows(lambda: people.invite("candidate", hosted.cohort, SOON, 1))
    assert allows(lambda: people.invite("instructor", None, SOON, 1))
    own = hosted.cohorts("admin").found("Own")
    hosted._sign_in("admin")
    assert allows(lambda: hosted.people(hosted.viewers["admin"]).invite("instructor", own.id, SOON, 1))


def test_members_see_who_instructs_them_and_that_one_is_an_administrator(hosted: Hosted) -> None:
    code = hosted.people(hosted.viewers["instructor"]).invite("instructor", hosted.cohort, SOON, 1)
    hosted.people(hosted.viewers["admin"]).join(code)
    for who in ("owner", "member", "instructor"):
        told = hosted.cohorts(who).instructors(hosted.cohort)
        assert [(one.name, one.administers) for one in told] == [("admin", True), ("instructor", False)]
        assert all(one.joined_at for one in told)
    for who in ("stranger", "other instructor", "nobody"):
        assert not allows(partial(hosted.cohorts(who).instructors, hosted.cohort))


def test_members_read_in_their_log_who_became_an_instructor(hosted: Hosted) -> None:
    code = hosted.people(hosted.viewers["instructor"]).invite("instructor", hosted.cohort, SOON, 2)
    hosted.people(hosted.viewers["admin"]).join(code)
    hosted._sign_in("newcomer", code)
    for who in ("owner", "member"):
        log = hosted.grants(who).accesses(hosted.id(who))
        assert [(one.viewer, one.why, one.attempt_id) for one in log] == [
            ("newcomer", "became an instructor of Cohort of instructor", ""),
            ("admin", "became an instructor of Cohort of instructor", ""),
        ]
    assert hosted.grants("stranger").accesses(hosted.id("stranger")) == ()
