"""How long the server takes to draw Review, Progress and Study, with the sample data and many own sessions.

Streamlit runs each page as it would for a browser, without one: the script and the elements it sends. The
first run of a process also imports and reads files; the rows are the median of the runs after it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from bench.capture import row
from bench.store import milliseconds
from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Store
from data.synthetic import Plan, synthetic_results

AIM_MS = 300
SESSIONS = 200
PAGES = ("review", "progress", "study")


def main() -> None:
    """Print a row a page."""
    with tempfile.TemporaryDirectory() as name:
        url = f"duckdb:///{name}/rehearse.duckdb"
        os.environ |= {"DATABASE_URL": url, "RECORDINGS_URL": (Path(name) / "recordings").as_uri()}
        store = Store.open(url)
        questions = load_questions(PROJECT_ROOT / "questions.csv")
        store.save_results(synthetic_results(Plan("local", SESSIONS, weeks=60), questions))
        store.load_sample(questions)
        st.page_link = _link_as_text  # type: ignore[assignment]
        for page in PAGES:
            _measure(page)
        store.close()


def _measure(page: str) -> None:
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
    taken = milliseconds(lambda: _drawn(app))
    row(f"{page}, {SESSIONS} sessions, drawn on the server, ms", taken, f"{AIM_MS} allowed", bench="pages")


def _link_as_text(page: str, label: str, **_: object) -> None:
    """A page run alone has no navigation to link into."""
    st.markdown(f"[{label}]({page})")


def _drawn(app: AppTest) -> None:
    app.run()
    assert not app.exception and not app.error, app.exception or app.error


if __name__ == "__main__":
    main()
