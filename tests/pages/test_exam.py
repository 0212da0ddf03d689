"""The exam in Settings: what it takes, passed and not passed, and what follows for levels on every page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.live.exam_jobs import UNDER_WAY, ExamJobs
from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.llm.usage import Price
from analysis.report import make_report
from analysis.scoring.judge import JudgeScorer
from data.access import LOCAL, Viewer
from data.domain import ModelExam, Score
from data.language_model import LanguageModel
from data.rubrics import load_rubric
from data.settings import PROJECT_ROOT
from data.store import Session
from pages.widgets import examined, resources
from pages.widgets.review import level_rows
from tests.exam_sitters import judging_as_labelled, some_answers
from tests.fake_endpoint import Asked, Behaviour, FakeEndpoint, Said
from tests.kept_replies import MemoryCache
from tests.stored import BEGAN, open_store, question, result, score

pytestmark = pytest.mark.slow

MODEL = LanguageModel("address", "large", "http://127.0.0.1:1/v1", "k")
ROWS = some_answers(1)
LONG_SECONDS = 60


class Server:
    """A server with a connected model, whose exam is five answers long."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session: Session = open_store(folder)
        self.cache = MemoryCache()
        self.viewer = LOCAL
        self.connect()
        self.jobs = ExamJobs(ROWS)
        monkeypatch.setattr(resources, "session", lambda: self.session.seen_by(self.viewer))
        monkeypatch.setattr(resources, "viewer", lambda: self.viewer)
        monkeypatch.setattr(resources, "judge", lambda: self.judge)
        monkeypatch.setattr(resources, "language_model", lambda: MODEL)
        monkeypatch.setattr(resources, "exam_jobs", lambda: self.jobs)

    def connect(self, *behaviours: Behaviour) -> JudgeScorer:
        forget_servers()
        self.endpoint = FakeEndpoint(*behaviours, judging_as_labelled())
        chat = ChatModel(MODEL.base_url, "k", MODEL.model, transport=self.endpoint.transport, tries=1)
        chat.cache, chat.price = self.cache, Price(1.0, 1.0)
        self.judge: JudgeScorer = JudgeScorer(chat)
        return self.judge

    def page(self, call: str = "show") -> AppTest:
        drawn = AppTest.from_string(f"from pages.widgets.settings import exam\nexam.{call}()").run()
        assert not drawn.exception
        return drawn

    def sit(self) -> AppTest:
        page = self.page()
        page.button(key="exam-ask").click().run()
        page.button(key="exam-start").click().run()
        self.wait()
        return page.run()

    def wait(self) -> None:
        for thread in threading.enumerate():
            if thread.name == "exam":
                thread.join(LONG_SECONDS)

    def level(self) -> Score:
        made = replace(score(3.0, scorer="judge"), low=3.0, high=3.0, scorer_version=self.judge.version)
        return replace(made, rubric_version=load_rubric().version)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server(tmp_path, monkeypatch)
    yield made
    made.session.database.close()


def told(page: AppTest) -> str:
    drawn = " ".join(one.value for one in (*page.markdown, *page.caption, *page.error, *page.info))
    return drawn.replace("\\", "")


def cells(page: AppTest, column: str) -> list[str]:
    return [str(cell) for cell in page.dataframe[0].value[column]]


def test_before_it_is_sat_the_page_says_what_it_takes_and_nothing_is_sent(server: Server) -> None:
    page = server.page()
    assert "Not examined." in told(page) and "Nothing was ever fitted on them" in told(page)
    page.button(key="exam-ask").click().run()
    assert "calls, about" in told(page) and "at most $" in told(page)
    assert "read by the model at 127.0.0.1:1 on this computer" in told(page)
    page.button(key="exam-not-now").click().run()
    assert "calls, about" not in told(page)
    assert server.endpoint.asked == []


def test_a_model_that_passes_counts_and_its_figures_stand_beside_the_others(server: Server) -> None:
    assert level_rows.band(server.level()) == "level 3 · not examined"
    page = server.sit()
    assert "**Passed** on" in told(page)
    assert level_rows.band(server.level()) == "level 3"
    assert examined.sentence([server.level()]) == ""
    scorers = cells(page, "Scorer")
    assert scorers[0].startswith("large at 127.0.0.1:1")
    assert any(name.startswith("Reader") for name in scorers)
    assert {"A second rating, blind", "Number of words alone"} <= set(scorers)
    assert cells(page, "Exam") == ["passed", "–", "–", "–", "–"]
    assert cells(page, "Levels agree (QWK)")[0] == "1.00"


def test_a_model_that_does_not_pass_is_read_and_counts_nowhere(server: Server) -> None:
    server.connect(judging_as_labelled(level=3))
    page = server.sit()
    assert "**Did not pass** on" in told(page)
    level = server.level()
    assert level_rows.band(level) == "level 3 · did not pass"
    assert level_rows.text(level) == "●●●○ **level 3** of 4 · did not pass"
    assert "did not pass the exam" in examined.sentence([level])
    answered = result(1, level)
    server.session.answers.save(answered)
    assert server.session.query("scorers", candidate_id="me").empty
    [line] = make_report(answered, question(), mark=examined.mark).levels
    assert line.text == "level 3 of 4, did not pass: it counts nowhere"


def test_before_a_model_is_asked_for_levels_it_is_told_whether_they_will_count(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert examined.beforehand().endswith("has not sat the exam (Settings): its levels will count nowhere.")
    server.connect(judging_as_labelled(level=3))
    server.sit()
    assert "did not pass the exam" in examined.beforehand()
    server.cache.replies.clear()
    server.connect()
    page = server.page()
    page.button(key="exam-ask").click().run()
    page.button(key="exam-start").click().run()
    server.wait()
    assert examined.beforehand() == ""
    monkeypatch.setattr(resources, "judge", lambda: None)
    assert examined.beforehand() == ""


def test_another_model_or_prompt_asks_for_the_exam_again(server: Server) -> None:
    server.sit()
    server.judge.version = server.judge.version.replace("prompts=", "prompts=other-")
    assert "Not examined." in told(server.page())
    assert level_rows.band(server.level()) == "level 3 · not examined"


def test_a_level_that_was_judged_again_is_by_the_same_judge(server: Server) -> None:
    server.sit()
    again = replace(server.level(), scorer_version=f"{server.judge.version} rejudged=1")
    assert level_rows.band(again) == "level 3"


def test_a_server_that_is_gone_in_mid_exam_is_told_and_gone_on_with(server: Server) -> None:
    def gone(asked: Asked) -> Said | None:
        return Said("gone", 503) if asked.number >= 8 else None

    server.connect(gone)
    page = server.sit()
    assert "Replies are kept: going on asks only for the rest." in told(page)
    assert server.session.exams.all() == ()
    server.connect()
    page.button(key="exam-go-on").click().run()
    server.wait()
    assert "**Passed** on" in told(page.run())
    assert len(server.endpoint.asked) < server.session.exams.all()[0].figures["calls"]


def test_one_that_a_restart_cut_off_goes_on_at_the_next_visit(server: Server) -> None:
    server.session.memory.remember("local", UNDER_WAY + server.judge.version, server.judge.receiver)
    server.page("go_on")
    server.wait()
    assert server.session.exams.passed(server.judge.version, load_rubric().version)


@pytest.mark.parametrize("elsewhere", [True, False])
def test_one_of_another_model_or_at_another_place_is_not_gone_on_with(
    server: Server, elsewhere: bool
) -> None:
    version = server.judge.version if elsewhere else "model=gone"
    receiver = "large at elsewhere" if elsewhere else server.judge.receiver
    server.session.memory.remember("local", UNDER_WAY + version, receiver)
    server.page("go_on")
    assert server.endpoint.asked == [] and server.jobs.job is None
    assert server.session.memory.recall_all("local", UNDER_WAY) == {}


def test_who_may_not_configure_sees_how_it_stands_and_cannot_start_it(server: Server) -> None:
    server.viewer = Viewer("anna", "candidate")
    page = server.page()
    assert "Not examined." in told(page)
    assert [button.key for button in page.button] == []


def test_without_a_model_there_is_nothing_to_examine(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "judge", lambda: None)
    assert told(server.page()) == ""


def test_the_agreement_page_is_the_table_of_scorers(server: Server) -> None:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "agreement.py"), default_timeout=30).run()
    assert "No judge has sat the exam" in told(page)
    assert len(page.dataframe[0].value) == 4
    exam = ModelExam(
        "judge", "v", "r", "small", "here", BEGAN, {"qwk": 0.31, "qwk_interval": [0.1, 0.5]}, False
    )
    server.session.exams.keep(exam)
    page.run()
    assert cells(page, "Exam") == ["did not pass", "–", "–", "–", "–"]
    assert cells(page, "Levels agree (QWK)")[0] == "0.31 (0.10 to 0.50)"
    assert "fitted" not in " ".join(one.value for one in page.subheader)
