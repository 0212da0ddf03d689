"""CPU that drawing a page again costs the server, beside an empty Streamlit page in the same run.

A real server, asked over a real WebSocket as a browser would; sample data, many own sessions and the invented
cohorts are there. The first draws also import and read files; the rows are the mean of the draws after them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.capture import row
from bench.visits import Server, serving, visiting
from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Database
from data.synthetic import Plan, synthetic_results
from data.synthetic.samples import SampleAnswers, SampleCohorts

AIMS_MS = {"home": 50, "practice": 50, "study": 50, "cohort": 50, "review": 120, "progress": 120}
SESSIONS, WARM, DRAWS = 200, 5, 40
EMPTY = "import streamlit as st\n\nst.write('hello')\n"


def main() -> None:
    """Print a row a page."""
    with tempfile.TemporaryDirectory() as name, filled(Path(name)) as environ:
        empty = Path(name) / "empty.py"
        empty.write_text(EMPTY)
        with serving(empty, environ) as server:
            floor = milliseconds_a_redraw(server, "")
        with serving(PROJECT_ROOT / "app.py", environ) as server:
            for page, aim in AIMS_MS.items():
                taken = milliseconds_a_redraw(server, "" if page == "home" else page)
                what = f"{page}, {SESSIONS} sessions, CPU to draw it again, ms ({aim} allowed)"
                row(what, taken, f"empty page {floor:.1f}", taken / floor, bench="pages")


@contextmanager
def filled(folder: Path) -> Iterator[dict[str, str]]:
    """A database with a practised candidate and invented cohorts; the variables that name it."""
    url = f"duckdb:///{folder}/rehearse.duckdb"
    session = Database.open(url).session()
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    session.answers.save_many(synthetic_results(Plan("local", SESSIONS, weeks=60), questions))
    SampleAnswers(session.database, session.viewer).load(questions)
    SampleCohorts(session.database, session.viewer).load(questions)
    session.database.close()
    yield {"DATABASE_URL": url, "RECORDINGS_URL": (folder / "recordings").as_uri()}


def milliseconds_a_redraw(server: Server, page: str) -> float:
    """CPU of the server for one draw of a page that is open, warm."""
    with visiting(server, page) as visit:
        for _ in range(WARM):
            visit.redraw()
        before = server.cpu_seconds()
        for _ in range(DRAWS):
            visit.redraw()
        return 1000 * (server.cpu_seconds() - before) / DRAWS


if __name__ == "__main__":
    main()
