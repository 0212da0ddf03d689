"""The database as one viewer may use it: each subject is a part of its own, and each call asks who looks.

Parts are made on access and hold nothing but the database and the viewer, so a session costs nothing and
may be used from any thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.access import LOCAL, Viewer
from data.store import guard, looking
from data.store.answers import Answers
from data.store.cohorts import Cohorts
from data.store.connected import Connected
from data.store.disagreements import Disagreements
from data.store.everything import Everything
from data.store.grants import Grants
from data.store.interviews import Interviews
from data.store.memory import Memory
from data.store.of_nobody import Batches, Exams, KeptBank
from data.store.people import People
from data.store.queries import named_query, run
from data.store.question_sets import QuestionSets
from data.store.typed_drafts import Drafts

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Session:
    """What `viewer` may read and write."""

    database: Connected
    viewer: Viewer = LOCAL

    def seen_by(self, viewer: Viewer) -> Session:
        """The same database as `viewer` may use it."""
        return Session(self.database, viewer)

    @property
    def answers(self) -> Answers:
        """Answers from start to end."""
        return Answers(self.database, self.viewer)

    @property
    def memory(self) -> Memory:
        """Small values under a key."""
        return Memory(self.database, self.viewer)

    @property
    def drafts(self) -> Drafts:
        """What is being written."""
        return Drafts(self.database, self.viewer)

    @property
    def interviews(self) -> Interviews:
        """Mock interviews."""
        return Interviews(self.database, self.viewer)

    @property
    def exams(self) -> Exams:
        """How judges did in the exam, and whose levels count."""
        return Exams(self.database, self.viewer)

    @property
    def batches(self) -> Batches:
        """Work done again on many answers."""
        return Batches(self.database, self.viewer)

    @property
    def sets(self) -> QuestionSets:
        """Own sets of questions."""
        return QuestionSets(self.database, self.viewer)

    @property
    def disagreements(self) -> Disagreements:
        """Where people and scorer differ."""
        return Disagreements(self.database, self.viewer)

    @property
    def grants(self) -> Grants:
        """What is shared, and who looked."""
        return Grants(self.database, self.viewer)

    @property
    def cohorts(self) -> Cohorts:
        """Cohorts and what they are set."""
        return Cohorts(self.database, self.viewer)

    @property
    def people(self) -> People:
        """Signing in, being admitted, roles."""
        return People(self.database, self.viewer)

    @property
    def bank(self) -> KeptBank:
        """The list of questions."""
        return KeptBank(self.database, self.viewer)

    @property
    def everything(self) -> Everything:
        """All that is kept about a person, to take along or to erase."""
        return Everything(self.database, self.viewer)

    def query(self, name: str, **params: object) -> DataFrame:
        """Run a named query (`data/sql/<name>.sql`) with bound parameters.

        Two need not be given, and a query that has no use for them leaves them out: `zone` (an IANA name)
        whose times and weeks they are, else UTC's; `period`, a row for each "session" (else) or "week".
        """
        query = named_query(name)
        params = query.bound(params)
        guard.require_query(self.viewer, query, params)
        if query.figures:
            looking.bring_up_to_date(self.database, query, params)
        asked = ("query", name, *sorted(params.items()))
        kept = self.database.kept(asked, lambda connection: run(connection, query, params))
        return kept.copy(deep=False)  # pandas copies as soon as somebody writes into it

    def newer_figures(self, *names: str, **params: object) -> looking.UnderWay | None:
        """What is being published at the moment of what these queries read of a cohort, or of all."""
        for query in map(named_query, names):
            guard.require_query(self.viewer, query, params)
        kinds = {kind for name in names for kind in named_query(name).figures}
        cohort_id = str(params["cohort_id"]) if "cohort_id" in params else None
        newer = self.database.newer
        return None if newer is None else newer.under_way(kinds, cohort_id)
