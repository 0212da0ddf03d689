"""What `docs/architecture.md` says of adding things: each is added to a copy of the code, and works there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.settings import PROJECT_ROOT

WEIGHTS = Path("data") / "weights"


class Copy:
    """The code in a folder of its own, where a test may change it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        kept_out = shutil.ignore_patterns("local", "__pycache__", "weights")
        for name in ("analysis", "data", "pages"):
            shutil.copytree(PROJECT_ROOT / name, root / name, ignore=kept_out)
        (root / ".streamlit").mkdir()
        for name in ("app.py", "questions.csv", "pyproject.toml", ".streamlit/config.toml"):
            shutil.copy(PROJECT_ROOT / name, root / name)
        (root / WEIGHTS).symlink_to(PROJECT_ROOT / WEIGHTS)

    def add_file(self, name: str, text: str) -> None:
        assert not (self.root / name).exists()
        (self.root / name).write_text(text)

    def add_line(self, name: str, line: str, *, before: str) -> None:
        """Put a line above the one that begins with `before`, which must be there once."""
        text = (self.root / name).read_text()
        assert text.count(f"\n{before}") == 1
        (self.root / name).write_text(text.replace(f"\n{before}", f"\n{line}\n{before}"))

    def seen(self, *lines: str) -> list[str]:
        """What these lines of Python print when they are run in the copy."""
        (self.root / "look.py").write_text("\n".join(lines))
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.root)}
        ran = subprocess.run(
            [sys.executable, "look.py"], cwd=self.root, env=environ, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.splitlines()


@pytest.fixture
def code(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "rehearse")


@pytest.mark.slow
def test_a_question_is_a_row_and_a_file_and_then_it_can_be_scored(code: Copy) -> None:
    columns = (code.root / "questions.csv").read_text().splitlines()[0].split(",")
    row = {
        "id": "dead-letters",
        "category": "operations",
        "level": "mid",
        "title": "Dead letters",
        "question": "What do you do with messages that cannot be processed?",
        "topic": "queues",
        "competencies": "C4",
        "minutes": "4",
    }
    with (code.root / "questions.csv").open("a") as questions:
        questions.write(",".join(row.get(column, "") for column in columns) + "\n")
    code.add_file(
        "data/bank/dead-letters.yaml",
        "key_points:\n"
        "- text: A poison message goes to a dead letter queue after a few retries, so the others flow on.\n"
        "  competency: C4\n"
        "  probe: How often is it tried?\n",
    )
    assert code.seen(
        "from analysis.scoring.scorers import make_scorer",
        "from data.domain import Answer, Turn",
        "from data.questions import load_questions, question_by_id",
        "question = question_by_id(load_questions(), 'dead-letters')",
        "said = ('I would try it three times with a growing delay. After those retries the poison message '",
        "        'goes to a dead letter queue, so the others flow on. An alert calls the people, who '",
        "        'look at it, mend the cause and then send it again.')",
        "answer = Answer(question, (Turn(0, 'interviewer', question.text), Turn(1, 'candidate', said)))",
        "assessed = make_scorer('reader').score(answer)",
        "print(assessed.key_points[0].status, assessed.key_points[0].evidence.quote)",
        "print([score.criterion for score in assessed.scores if score.level is not None])",
    ) == [
        "covered After those retries the poison message goes to a dead letter queue, so the others flow on",
        "[]",
    ]


def test_a_signal_is_its_words_and_its_line_and_then_it_is_measured_and_named(code: Copy) -> None:
    code.add_line(
        "analysis/signals/catalogue.py",
        "    Signal('head_turned', 'Head turned', 'degrees', 'Mean angle.', 'mesh', 'unknown', 'head'),",
        before='    Signal(\n        "head_yaw_spread"',
    )
    code.add_line(
        "analysis/signals/summary.py",
        "        _measured('head_turned', seen, lambda one: one.yaw_degrees, _mean, NO_FACE),",
        before='        _measured("head_yaw_spread"',
    )
    assert code.seen(
        "from analysis.signals.catalogue import BY_NAME, SIGNALS",
        "from analysis.signals.summary import summarise",
        "from data.domain import Interval, SignalFrame",
        "frames = [SignalFrame(second / 4, True, 'camera', None, 7.0) for second in range(20)]",
        "found = summarise(frames, [Interval(0, 5)])",
        "print([one.name for one in found] == [one.name for one in SIGNALS])",
        "[turned] = [one for one in found if one.name == 'head_turned']",
        "print(BY_NAME[turned.name].title, turned.value, turned.unit)",
    ) == ["True", "Head turned 7.0 degrees"]


@pytest.mark.slow
def test_a_scorer_is_a_class_and_a_line_and_then_its_levels_are_kept_under_its_name(code: Copy) -> None:
    code.add_file(
        "analysis/scoring/word_count.py",
        "from data.domain import Assessment, Score\n\n\n"
        "class WordCount:\n"
        "    name = 'words'\n"
        "    version = '1'\n\n"
        "    def score(self, answer):\n"
        "        words = sum(len(turn.text.split()) for turn in answer.turns)\n"
        "        return Assessment((Score('C4', min(4.0, words / 2), self.name, self.version, 'r1'),))\n",
    )
    code.add_line(
        "analysis/scoring/scorers.py",
        "def _words(settings, model):\n"
        "    from analysis.scoring.word_count import WordCount\n\n"
        "    return WordCount()\n\n",
        before="SCORERS: dict",
    )
    code.add_line("analysis/scoring/scorers.py", '    "words": _words,', before='    "judge": _judge,')
    assert code.seen(
        "from analysis.scoring.scorers import available_scorers, make_scorer",
        "from data.domain import Answer, Turn",
        "from data.questions import load_questions",
        "from data.settings import load_settings",
        "print([scorer.name for scorer in available_scorers(load_settings({}), None)])",
        "answer = Answer(load_questions()[0], (Turn(0, 'candidate', 'one two three four five'),))",
        "[score] = make_scorer('words').score(answer).scores",
        "print(score.scorer, score.criterion, score.level)",
    ) == ["['reader', 'words']", "words C4 2.5"]


def test_a_model_is_a_row_and_then_it_can_be_fetched_by_its_name(code: Copy) -> None:
    with (code.root / "data" / "models.yaml").open("a") as table:
        table.write(
            "\n- name: large-v3\n  for: speech\n  title: Whisper large\n  licence: MIT\n"
            "  bytes: 3_100_000_000\n  folder: whisper-large-v3\n"
            f"  files:\n    model.bin: {'0' * 64}\n"
            "  sources:\n    - address: https://models.example/large-v3\n"
        )
    *listed, place = code.seen(
        "from analysis.models.__main__ import main",
        "from data.model_table import model_named",
        "main([])",
        "print(model_named('large-v3').sources[0].place)",
    )
    assert place == "models.example"
    assert [line.split() for line in listed if line.startswith("large-v3")] == [
        ["large-v3", "3100", "MB", "MIT", "not", "here"]
    ]


@pytest.mark.slow
def test_a_move_is_a_name_a_rule_and_its_lines_and_then_the_interviewer_makes_it(code: Copy) -> None:
    code.add_line("analysis/interview/planner/moves.py", '    "thank",', before='    "answer_fact",')
    code.add_line(
        "analysis/interview/planner/next_move.py",
        "def _thank(heard: Heard, standing: Standing) -> Move | None:\n"
        "    return Move('thank') if heard.text == 'Thank you.' else None\n\n",
        before="_RULES: tuple",
    )
    code.add_line("analysis/interview/planner/next_move.py", "    _thank,", before="    _unstick,")
    code.add_line(
        "analysis/interview/speaker/templates.yaml",
        'thank:\n  - {say: "You are welcome. What would you do next?"}\n',
        before="challenge_wrong:",
    )
    assert code.seen(
        "from analysis.interview.listener.understood import Heard",
        "from analysis.interview.planner.next_move import plan",
        "from analysis.interview.planner.standing import Standing",
        "from analysis.interview.speaker.line import line_for",
        "from data.questions import load_questions",
        "standing = Standing(load_questions()[0])",
        "print(line_for(plan(Heard(text='Thank you.'), standing), standing))",
    ) == ["You are welcome. What would you do next?"]


@pytest.mark.slow
def test_a_dashboard_is_a_query_a_chart_a_page_and_a_line_and_then_it_is_shown(code: Copy) -> None:
    code.add_file(
        "data/sql/bank_sizes.sql",
        "-- One row per category: its questions.\n-- scope: candidate\n-- reads: attempts\n"
        "SELECT category, count(*) AS questions FROM questions\n"
        "WHERE :candidate_id = :candidate_id GROUP BY category ORDER BY category\n",
    )
    code.add_file(
        "analysis/charts/bank_sizes.py",
        "from analysis.charts.theme import described, figure\n\n\n"
        "def bars(rows):\n"
        "    drawn = figure(height=300)\n"
        "    drawn.add_bar(x=rows['category'], y=rows['questions'])\n"
        "    return described(drawn, f'{len(rows)} categories.')\n",
    )
    code.add_file(
        "pages/sizes.py",
        '"""See how large the bank is."""\n\n'
        "import streamlit as st\n\n"
        "from analysis.charts.bank_sizes import bars\n"
        "from pages.widgets import clock, resources\n\n"
        "st.title('Sizes')\n"
        "resources.session().bank.keep(resources.bank())\n"
        "rows = clock.rows_about('bank_sizes', resources.candidate_id())\n"
        "st.plotly_chart(bars(rows))\n"
        "st.caption(f'{len(rows)} categories')\n",
    )
    code.add_line(
        "app.py",
        '        sign_in.page("pages/sizes.py", "Sizes", "everybody"),',
        before='        sign_in.page("pages/agreement.py"',
    )
    assert code.seen(
        "from streamlit.testing.v1 import AppTest",
        "from data.domain import CATEGORIES",
        "app = AppTest.from_file('app.py', default_timeout=60).run()",
        "sizes = app.switch_page('pages/sizes.py').run()",
        "assert not sizes.exception, sizes.exception",
        "print(sizes.title[0].value, len(sizes.get('plotly_chart')))",
        "print(sizes.caption[0].value == f'{len(CATEGORIES)} categories')",
    ) == ["Sizes 1", "True"]
