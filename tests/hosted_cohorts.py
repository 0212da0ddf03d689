"""A hosted installation with two cohorts, and everybody who may come to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from data.access import LOCAL, NOBODY, SAMPLE_CANDIDATE, Viewer
from data.domain import RehearseError
from data.domain.cohort import Identity
from data.store import Session
from data.store.cohorts import Cohorts
from data.store.grants import Grants
from data.store.people import People, person_id
from tests.stored import result

WHO = ("nobody", "local", "owner", "member", "stranger", "instructor", "other instructor", "admin")
SOON = datetime.now(UTC) + timedelta(days=1)


class Hosted:
    """An installation with two cohorts; everybody of `WHO` but the local user has signed in."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.viewers: dict[str, Viewer] = {"nobody": NOBODY, "local": LOCAL}
        admin = self._sign_in("admin")
        people = self.people(admin)
        for name in ("instructor", "other instructor"):
            self._sign_in(name, people.invite("instructor", None, SOON, 1))
            cohort = self.cohorts(name).found(f"Cohort of {name}")
            self.viewers[name] = self._sign_in(name)
            setattr(self, name.replace(" ", "_"), cohort.id)
        code = self.people(self.viewers["instructor"]).invite("candidate", self.cohort, SOON, 2)
        for name in ("owner", "member"):
            self._sign_in(name, code)
        self._sign_in("stranger", people.invite("candidate", None, SOON, 1))
        for name in ("owner", "stranger"):
            self.session.answers.save(result(candidate=self.id(name), days=60))
            self.session.answers.rate(self.attempt(name), {"C2": 2.0})
            self.session.memory.remember(self.id(name), "draft", "words")
        self.session.answers.save(result(candidate=SAMPLE_CANDIDATE))

    @property
    def cohort(self) -> str:
        return str(getattr(self, "instructor"))  # noqa: B009 - set by name above

    def id(self, name: str) -> str:
        return SAMPLE_CANDIDATE if name == "sample" else self.viewers[name].candidate_id

    def attempt(self, owner: str) -> str:
        return result(candidate=self.id(owner)).attempt.id

    def as_(self, who: str) -> Session:
        return self.session.seen_by(self.viewers[who])

    def people(self, viewer: Viewer) -> People:
        return self.session.seen_by(viewer).people

    def cohorts(self, who: str) -> Cohorts:
        return self.as_(who).cohorts

    def grants(self, who: str) -> Grants:
        return self.as_(who).grants

    def _sign_in(self, name: str, code: str = "") -> Viewer:
        identity = Identity("https://id.example", name, name, f"{name}@example.org", True, name, SOON)
        people = self.people(NOBODY)
        if code:
            people.admit(identity, code)
        configured = "https://id.example admin"
        self.viewers[name] = people.viewer_of(identity, configured)
        assert self.viewers[name].candidate_id == person_id(identity)
        return self.viewers[name]


def allows(call: Callable[[], object]) -> bool:
    try:
        call()
    except RehearseError as error:
        assert "may" in error.message or "Only" in error.message or "instruct" in error.message, error
        return False
    return True
