"""What every page shares, made once per server: settings, store, questions, engines.

Pages and other widgets get their outside world from here; nothing heavy is imported before first use.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from data.access import LOCAL
from data.ice import with_time_limited_credentials
from data.settings import IceServer, Settings, load_settings

if TYPE_CHECKING:
    from analysis.scoring import Scorer
    from analysis.scoring.grader import Grader
    from analysis.speech.transcribe import Transcriber
    from data.domain import AttemptResult, Question, QuestionSet
    from data.own_questions import OwnSet
    from data.recordings import Recordings
    from data.store import Store


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The configuration, read once at start."""
    return load_settings(os.environ)


@st.cache_resource(show_spinner="Opening your data ...")
def store() -> Store:
    """The database, migrated to this version."""
    from data.store import Store

    return Store.open(settings().database_url)


@st.cache_resource(show_spinner=False)
def recordings() -> Recordings:
    """The folder of recordings."""
    from data.recordings import Recordings

    return Recordings(settings().recordings_url)


@st.cache_resource(show_spinner=False)
def bank() -> tuple[Question, ...]:
    """The question bank, checked."""
    from data.questions import load_questions

    return load_questions(settings().questions_path)


@st.cache_data(show_spinner=False, max_entries=64)
def _opened_set(kept: QuestionSet) -> OwnSet:
    from data.own_questions import open_set

    return open_set(kept, bank())


def own_sets() -> tuple[OwnSet, ...]:
    """The candidate's own sets of questions, newest first."""
    return tuple(_opened_set(kept) for kept in store().interviews.sets(candidate_id()))


def questions() -> tuple[Question, ...]:
    """The bank, and what the candidate's own sets add to it."""
    added = {one.id: one for own in own_sets() if own.kept.kind != "picked" for one in own.questions}
    return (*bank(), *added.values())


def question(question_id: str) -> Question | None:
    """One question by id, or None when the bank no longer has it."""
    return next((question for question in questions() if question.id == question_id), None)


@st.cache_resource(show_spinner=False)
def transcriber() -> Transcriber:
    """The configured speech engine; its model loads on first use."""
    from analysis.speech.configured import make_transcriber

    return make_transcriber(settings())


@st.cache_resource(show_spinner=False)
def scorers() -> tuple[Scorer, ...]:
    """The scorers that can be used here: offline always, the judge when an endpoint is configured."""
    from analysis.scoring.scorers import available_scorers

    return available_scorers(settings())


@st.cache_resource(show_spinner=False)
def interviewer_model() -> Grader | None:
    """The chat model that puts probes in the candidate's words; None when no endpoint is configured.

    Nothing it says is cached on disk, and it tries once: the bank's probe is always there.
    """
    if not settings().llm_configured:
        return None
    from analysis.scoring.grader import Grader

    configured = settings()
    return Grader(
        configured.llm_base_url or "",
        configured.llm_api_key or "",
        configured.llm_model,
        timeout_seconds=30.0,
    )


def session_id() -> str:
    """One visit: a browser tab from when it is opened until it is closed or reloaded."""
    visit: str = st.session_state.setdefault("session_id", uuid.uuid4().hex)
    return visit


def erase_attempt(attempt_id: str) -> None:
    """Erase one attempt, its recording and the judge's kept replies. The row last: it says what is left."""
    erase_files(attempt_id)
    store().erase_attempt(attempt_id)


def erase_files(attempt_id: str) -> None:
    """Erase what is kept of an attempt outside the database: its recording, the judge's replies about it."""
    result = store().load_result(attempt_id)
    if result is not None:
        forget_judged(result)
    recordings().erase_attempt(attempt_id)


def forget_judged(result: AttemptResult) -> None:
    """Erase the judge's kept replies about these words; they quote them."""
    from analysis.scoring.judge import configured
    from analysis.scoring.judge_cache import FileCache, turns_group
    from analysis.written.turns import with_written

    FileCache(configured.JUDGE_CACHE).erase(turns_group(result.attempt.question_id, with_written(result)))


def ice_servers() -> tuple[IceServer, ...]:
    """STUN and TURN servers for this candidate, with time-limited credentials where a secret is shared."""
    configured = settings()
    return with_time_limited_credentials(
        configured.ice_servers, configured.turn_secret, candidate_id(), datetime.now(UTC)
    )


def candidate_id() -> str:
    """Who is practising. Without sign-in there is one candidate."""
    return LOCAL.candidate_id
