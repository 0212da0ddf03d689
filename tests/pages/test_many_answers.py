"""Settings: many answers are read again beside the page; started, watched, cancelled, gone on with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.batch.compute import Compute, on_a_thread
from analysis.batch.kinds import Means
from analysis.live.batches_running import ONE_AT_A_TIME, BatchesRunning
from data.access import LOCAL, Viewer
from data.domain import RehearseError
from data.domain.batches import BatchKind, Selection
from data.language_model import LanguageModel
from data.recordings import Recordings
from data.settings import load_settings
from data.store import Session
from data.store.kept_batches import Batches
from pages.widgets import resources
from pages.widgets.settings import many_answers
from tests.hosted_cohorts import Hosted
from tests.stored import open_store, question, result

pytestmark = pytest.mark.slow
LONG_SECONDS = 60


class Held:
    """A thread whose pieces wait until `open` is set."""

    width, shares_files = 1, True

    def __init__(self) -> None:
        self.open = threading.Event()
        self._thread = on_a_thread()

    def submit(self, work: Callable[[Any], Any], piece: object) -> Future[Any]:
        def later(given: object) -> Any:
            self.open.wait(LONG_SECONDS)
            return work(given)

        return self._thread.submit(later, piece)

    def renew(self) -> None:
        """Nothing breaks."""

    def close(self) -> None:
        self._thread.close()


class Server:
    """A server with three answers."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session: Session = open_store(folder)
        self.session.answers.save_many([result(number) for number in range(1, 4)])
        self.viewer = LOCAL
        self.model: LanguageModel | None = None
        self.cohort = ""
        self.held = Held()
        self.batches = BatchesRunning(self.compute)
        settings = load_settings({}, folder / "none.toml")
        self.means = Means(Recordings(folder.as_uri()), settings, lambda _, __: question())
        monkeypatch.setattr(resources, "session", lambda: self.session.seen_by(self.viewer))
        monkeypatch.setattr(resources, "viewer", lambda: self.viewer)
        monkeypatch.setattr(resources, "language_model", lambda: self.model)
        monkeypatch.setattr(many_answers, "batches", lambda: self.batches)
        monkeypatch.setattr(many_answers, "_means", lambda: self.means)

    def compute(self, kind: BatchKind, means: Means) -> Compute:
        return self.held

    def page(self, call: str = "show") -> AppTest:
        source = f"from pages.widgets.settings import many_answers\nmany_answers.{call}()"
        drawn = AppTest.from_string(source).run()
        assert not drawn.exception
        return drawn

    def cohort_page(self, cohort_id: str = "") -> AppTest:
        """What is drawn of a cohort, in the section with its answers."""
        source = (
            "from data.domain.cohort import Cohort\nfrom pages.widgets.settings import many_answers\n"
            f"many_answers.show_of(Cohort({cohort_id or self.cohort!r}, 'Autumn'))"
        )
        drawn = AppTest.from_string(source).run()
        assert not drawn.exception
        return drawn

    def wait(self) -> None:
        self.held.open.set()
        for thread in threading.enumerate():
            if thread.name == "work on a batch":
                thread.join(LONG_SECONDS)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server(tmp_path, monkeypatch)
    yield made
    made.wait()
    made.session.database.close()


def told(page: AppTest) -> str:
    return "\n".join(one.value for one in page.caption)


def test_a_batch_is_started_from_the_page_and_told_when_it_is_done(server: Server) -> None:
    page = server.page()
    page.button[0].click().run()
    assert page.button(key=f"batch-cancel-{server.session.batches.all()[0].id}")
    server.wait()
    assert "3 of 3 answers · done" in told(server.page())
    assert server.batches.job is not None and server.batches.job.state == "done"


def test_a_batch_is_cancelled_from_the_page(server: Server) -> None:
    page = server.page()
    page.button[0].click().run()
    page.button(key=f"batch-cancel-{server.session.batches.all()[0].id}").click().run()
    server.wait()
    [batch] = server.session.batches.all()
    assert batch.cancelled and batch.counts["waiting"] >= 2
    assert "cancelled" in told(server.page())


def test_what_a_restart_cut_off_is_gone_on_with_at_the_next_visit(server: Server) -> None:
    server.session.batches.begin("rescore", Selection())
    server.page("go_on")
    server.wait()
    assert not server.session.batches.all()[0].is_open


def test_a_batch_that_another_server_works_on_is_only_watched(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.session.batches.begin("rescore", Selection())
    monkeypatch.setattr(Batches, "take", lambda *_: False)
    server.page("go_on")
    server.wait()
    page = server.page()
    assert not page.error
    assert page.button(key=f"batch-cancel-{server.session.batches.all()[0].id}")


def test_a_server_that_ends_lets_go_and_the_rest_waits_for_the_next_one(server: Server) -> None:
    server.batches.start(server.session, server.means, "rescore", Selection())
    server.batches.pause()
    server.wait()
    [batch] = server.session.batches.all()
    assert batch.is_open and server.session.batches.take(batch.id, "the next server")


def test_one_batch_runs_at_a_time(server: Server) -> None:
    server.batches.start(server.session, server.means, "rescore", Selection())
    with pytest.raises(RehearseError) as refused:
        server.batches.start(server.session, server.means, "rescore", Selection(candidate="me"))
    assert refused.value is ONE_AT_A_TIME


def test_without_a_judge_judging_again_says_what_is_missing(server: Server) -> None:
    with pytest.raises(RehearseError, match="No language model"):
        server.batches.start(server.session, server.means, "rejudge", Selection())
    assert server.session.batches.all() == ()


@pytest.fixture
def hosted(server: Server) -> Hosted:
    """With sign-in: a cohort with one answer, another one, an answer of a stranger; its instructor looks."""
    made = Hosted(server.session)
    server.cohort, server.viewer = made.cohort, made.viewers["instructor"]
    return made


def test_an_instructor_has_the_answers_of_a_cohort_worked_on_from_its_page(
    server: Server, hosted: Hosted
) -> None:
    page = server.cohort_page()
    page.button[0].click().run()
    [batch] = server.session.batches.all()
    assert (batch.selection.cohort, batch.whole) == (hosted.cohort, 1)
    assert page.button(key=f"batch-cancel-{batch.id}")
    server.wait()
    assert "1 of 1 answers · done" in told(server.cohort_page())


def test_an_instructor_cancels_what_is_done_for_their_cohort(server: Server, hosted: Hosted) -> None:
    page = server.cohort_page()
    page.button[0].click().run()
    page.button(key=f"batch-cancel-{server.session.batches.all()[0].id}").click().run()
    server.wait()
    assert server.session.batches.all()[0].cancelled
    assert "cancelled" in told(server.cohort_page())


def test_what_was_cut_off_for_a_cohort_goes_on_when_its_instructor_says_so(
    server: Server, hosted: Hosted
) -> None:
    begun = hosted.as_("instructor").batches.begin("rescore", Selection(cohort=hosted.cohort))
    server.cohort_page().button(key=f"batch-go-on-{begun.id}").click().run()
    server.wait()
    assert not server.session.batches.find(begun.id).is_open


def test_what_was_cut_off_for_a_cohort_goes_on_when_its_instructor_comes(
    server: Server, hosted: Hosted
) -> None:
    begun = hosted.as_("instructor").batches.begin("rescore", Selection(cohort=hosted.cohort))
    server.viewer = hosted.viewers["other instructor"]
    server.page("go_on")
    assert server.batches.job is None
    server.viewer = hosted.viewers["instructor"]
    server.page("go_on")
    server.wait()
    assert not server.session.batches.find(begun.id).is_open


@pytest.mark.parametrize("who", ["owner", "stranger", "other instructor", "nobody"])
def test_of_a_cohort_that_somebody_does_not_instruct_nothing_is_offered_or_told(
    server: Server, hosted: Hosted, who: str
) -> None:
    hosted.as_("instructor").batches.begin("rescore", Selection(cohort=hosted.cohort))
    server.viewer = hosted.viewers[who]
    page = server.cohort_page()
    assert not page.button and not page.caption
    with pytest.raises(RehearseError, match="Only an administrator"):
        server.batches.start(
            hosted.as_(who), server.means, "rescore", Selection(cohort=hosted.cohort, candidate="x")
        )
    assert server.batches.job is None


def test_an_instructor_is_told_nothing_of_what_is_done_for_everybody(server: Server, hosted: Hosted) -> None:
    server.batches.start(server.session, server.means, "rescore", Selection())
    page = server.cohort_page()
    assert len(page.caption) == len(page.button) == 1
    page.button[0].click().run()
    assert [one.value for one in page.error] == [ONE_AT_A_TIME.remedy]


def test_judging_again_is_offered_for_a_cohort_only_with_a_model_on_the_server(
    server: Server, hosted: Hosted
) -> None:
    assert "Judge again" not in str(server.cohort_page().button_group[0].options)
    server.model = LanguageModel("installed", "judge")
    assert "Judge again" in str(server.cohort_page().button_group[0].options)


def test_of_invented_people_nothing_is_worked_on(server: Server) -> None:
    assert not server.cohort_page("sample-autumn").button


@pytest.mark.parametrize("role", ["candidate", "instructor"])
def test_others_are_not_offered_it(server: Server, role: str) -> None:
    server.viewer = Viewer("anna", role)  # type: ignore[arg-type]
    assert not server.page().button
    server.page("go_on")
