"""What every page shares, made once per server: settings, store, questions, engines.

Pages and other widgets get their outside world from here; nothing heavy is imported before first use.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from data.access import LOCAL, NOBODY, Viewer
from data.domain import RehearseError
from data.language_model import LanguageModel, connect, connected, disconnect
from data.settings import Settings, load_settings
from pages.entrance import identity

if TYPE_CHECKING:
    from analysis.live.answers_under_way import Answers
    from analysis.live.exam_jobs import ExamJobs
    from analysis.live.interviews_under_way import Interviews
    from analysis.live.judging_jobs import Jobs
    from analysis.live.model_arrivals import Arrivals
    from analysis.live.world import World
    from analysis.llm.chat_model import ChatModel
    from analysis.scoring import Scorer
    from analysis.scoring.judge import JudgeScorer
    from analysis.speech.transcribe import Transcriber
    from data.archives import Archives
    from data.domain import Calibration, Question, QuestionSet
    from data.domain.cohort import Identity
    from data.own_questions import OwnSet
    from data.recordings import Recordings
    from data.store import Database, Session
    from data.synthetic.samples import SampleAnswers, SampleCohorts

MOST_MODELS = 4
"""Models whose connections are held at once; only one is connected, until it is changed."""


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The configuration, read once at start."""
    return load_settings(os.environ)


@st.cache_resource(show_spinner="Opening your data ...")
def _database() -> Database:
    """The database, migrated to this version."""
    from data.store import Database

    opened = Database.open(settings().database_url)
    opened.answer_backups()
    opened.publish_beside()
    if days := settings().recordings_kept_days:
        opened.end_recordings(recordings(), days)
    return opened


def answers_the_door() -> None:
    """Open the database if need be and ask it something; `RehearseError` when it does not answer."""
    _database().answer()


def viewer(cookies: Mapping[str, str] | None = None) -> Viewer:
    """Whoever is looking: in a page's run, or by a request's cookies. The local candidate without sign-in."""
    if not identity.is_needed():
        return LOCAL
    known = identity.of_session() if cookies is None else identity.of_cookies(cookies)
    if known is None:
        return NOBODY
    return _viewer_of(known, settings().admin, settings().sign_in_idle_hours)


@st.cache_data(ttl=1, show_spinner=False)
def _viewer_of(known: Identity, admin: str, idle_hours: float) -> Viewer:
    """Asked often in one run; a second old at most, so that a session that ended elsewhere ends here."""
    people = _database().session(NOBODY).people
    return people.viewer_of(known, admin, timedelta(hours=idle_hours))


def session(cookies: Mapping[str, str] | None = None) -> Session:
    """The database as whoever is looking may use it: in a page's run, or by a request's cookies."""
    return _database().session(viewer(cookies))


def sample_answers() -> SampleAnswers:
    """The sample that everybody may look at."""
    from data.synthetic.samples import SampleAnswers

    return SampleAnswers(session().database, session().viewer)


def sample_cohorts() -> SampleCohorts:
    """Invented cohorts, where nobody signs in."""
    from data.synthetic.samples import SampleCohorts

    return SampleCohorts(session().database, session().viewer)


@st.cache_resource(show_spinner=False)
def recordings() -> Recordings:
    """Where recordings are kept."""
    from data.recordings import Recordings

    return Recordings(settings().recordings_url)


def archives() -> Archives:
    """What people asked to take with them, until they have."""
    from data.archives import Archives

    return Archives(recordings().folder / "archives")


@st.cache_resource(show_spinner=False)
def bank() -> tuple[Question, ...]:
    """The question bank, checked."""
    from data.questions import load_questions

    return load_questions(settings().questions_path)


@st.cache_data(show_spinner=False, max_entries=256)
def _opened_set(kept: QuestionSet) -> OwnSet:
    from data.own_questions import open_set

    return open_set(kept, bank())


def own_sets() -> tuple[OwnSet, ...]:
    """The candidate's own sets of questions, newest first."""
    return tuple(_opened_set(kept) for kept in session().sets.of(candidate_id()))


def questions() -> tuple[Question, ...]:
    """The bank, and what the candidate's own sets add to it."""
    added = {one.id: one for own in own_sets() if own.kept.kind != "picked" for one in own.questions}
    return (*bank(), *added.values())


@st.cache_resource(show_spinner=False)
def transcriber() -> Transcriber:
    """The configured speech engine; its model loads on first use."""
    from analysis.speech.configured_engine import make_transcriber

    return make_transcriber(settings())


def language_model() -> LanguageModel | None:
    """The language model that is connected now; asked at every run, so that a change counts at once.

    None also when the choice cannot be read, which the Settings page tells.
    """
    try:
        return connected(settings())
    except RehearseError:
        return None


def scorers() -> tuple[Scorer, ...]:
    """The scorers that can be used here: the reader always, the judge when a language model is connected."""
    return _scorers(language_model())


@st.cache_resource(show_spinner=False, max_entries=MOST_MODELS)
def _scorers(model: LanguageModel | None) -> tuple[Scorer, ...]:
    from analysis.scoring.scorers import available_scorers

    return available_scorers(settings(), model)


def judge() -> JudgeScorer | None:
    """The judge, when a language model is connected."""
    from analysis.scoring.judge import JudgeScorer

    return next((scorer for scorer in scorers() if isinstance(scorer, JudgeScorer)), None)


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """What judges are at work on, in any tab."""
    from analysis.live.judging_jobs import Jobs

    return Jobs()


@st.cache_resource(show_spinner=False)
def exam_jobs() -> ExamJobs:
    """The judge that is sitting the exam, in any tab."""
    from analysis.live.exam_jobs import ExamJobs

    return ExamJobs()


@st.cache_resource(show_spinner=False)
def arrivals() -> Arrivals:
    """Models on their way to this machine, asked for in any tab."""
    from analysis.live.model_arrivals import Arrivals

    return Arrivals(settings().models_dir)


def interviewer_model() -> ChatModel | None:
    """The chat model that puts probes in the candidate's words; None when none is connected.

    Nothing it says is cached on disk, and it tries once: the bank's probe is always there.
    """
    return _chat_model(language_model(), timeout_seconds=30.0, tries=1)


def feedback_model() -> ChatModel | None:
    """The chat model that is asked about feedback; what it says is kept nowhere.

    It has as long as a judge: one that runs here reads an answer for minutes.
    """
    return _chat_model(language_model(), timeout_seconds=None)


def tailoring_model() -> ChatModel | None:
    """The chat model that writes questions for a pasted text; the text is cached nowhere."""
    return _chat_model(language_model(), timeout_seconds=180.0)


@st.cache_resource(show_spinner=False, max_entries=3 * MOST_MODELS)
def _chat_model(
    model: LanguageModel | None, timeout_seconds: float | None, tries: int | None = None
) -> ChatModel | None:
    if model is None:
        return None
    from analysis.llm.chat_model import TRIES
    from analysis.llm.configured import chat_model_of

    return chat_model_of(model, settings(), timeout_seconds=timeout_seconds, tries=tries or TRIES)


def connect_model(chosen: LanguageModel) -> None:
    """Use this language model from now on; what runs with another one is stopped."""
    connect(settings(), viewer(), chosen)
    _let_go_of_models()


def disconnect_model() -> None:
    """Use no language model from now on, and send nothing more to it."""
    disconnect(settings(), viewer())
    _let_go_of_models()


def _let_go_of_models() -> None:
    from analysis.llm.configured import unload

    jobs().stop_all()
    exam_jobs().stop()
    interviews().stop_sending_everywhere()
    unload()
    _scorers.clear()
    _chat_model.clear()


def session_id() -> str:
    """One visit: a browser tab from when it is opened until it is closed or reloaded."""
    visit: str = st.session_state.setdefault("session_id", uuid.uuid4().hex)
    return visit


@st.cache_resource(show_spinner=False)
def interviews() -> Interviews:
    """All interviews under way on this server."""
    from analysis.live.executor import Supervised
    from analysis.live.interviews_under_way import Interviews

    return Interviews(Supervised(4, "interviewer"), Supervised(2, "finish a round"))


@st.cache_resource(show_spinner=False)
def answers_under_way() -> Answers:
    """All answers under way on this server."""
    from analysis.live.answers_under_way import Answers
    from analysis.live.executor import Supervised

    return Answers(Supervised(2, "finish an answer"))


def world(calibrate: Callable[[], Calibration | None] | None = None) -> World:
    """What everything that runs needs; `calibrate` gives the calibration of whoever is looking."""
    from analysis.live.world import World, uncalibrated

    return World(
        session(),
        recordings(),
        settings(),
        transcriber(),
        scorers(),
        judge(),
        jobs(),
        interviewer_model(),
        calibrate or uncalibrated,
    )


def candidate_id() -> str:
    """Who is practising. Without sign-in there is one candidate."""
    return viewer().candidate_id


def forget_viewer() -> None:
    """Ask again at once who is looking: a role or a cohort has changed."""
    _viewer_of.clear()
