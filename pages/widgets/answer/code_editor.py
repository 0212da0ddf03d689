"""The editor of a coding question: every pause saves, and Python's tests run in the candidate's browser.

The same editor without languages and tests takes the text of a sketch (`plain`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast, get_args

import streamlit as st

from analysis.written.coding import LANGUAGES, RUNS
from analysis.written.drafts import LONGEST_TEXT, code_draft, keep_code
from data.domain import CheckOutcome, CheckResult, Code, CodeTask, Question
from pages.widgets import resources
from pages.widgets.sandbox.served import HARNESS, urls

ABOUT_TESTS = (
    "Tests run in your browser, in a sandbox without network, each for at most 5 seconds. The results are "
    "for your own practice: a browser can be made to say anything. Python there has one thread; what many "
    "threads would do is judged from your code and from what you say."
)
NOT_RUN = "This language is not run here: your code is kept, and judged as text."
_LEAVE = " Escape, then Tab, leaves the editor."
_LONGEST_PROBLEM = 3000
_HERE = Path(__file__)
_EDITOR = st.components.v2.component(
    "rehearse_code_editor",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


@st.fragment
def show(question: Question, wrote: Callable[[], None]) -> None:
    """Draw the editor with what was written before; what is written now is kept, and `wrote` told."""
    store, person, key = resources.store(), resources.candidate_id(), f"code {question.id}"
    task = question.task or CodeTask("", ())

    def keep() -> None:
        keep_code(store, person, question.id, as_code(st.session_state[key]["draft"], task))
        wrote()

    kept = code_draft(store, person, question.id)
    data = {
        "draft": asdict(kept) if kept else None,
        "initial": task.starter,
        "starter": task.starter,
        "setup": task.setup,
        "checks": [asdict(check) for check in task.checks],
        "languages": list(LANGUAGES),
        "label": "Your code",
        "again": "Starter again",
        "placeholder": "Write your code here. It is kept while you type.",
        "about": ABOUT_TESTS + _LEAVE,
    }
    _draw(key, data, keep)


def plain(key: str, text: str, *, label: str, template: str, offer: str, keep: Callable[[str], None]) -> None:
    """Draw the editor for a text without tests; `keep` gets it as it changes.

    `offer` is the button that fills an empty page with `template`, which also shows faintly before.
    """
    data: dict[str, Any] = {
        "draft": {"text": text} if text else None,
        "initial": "",
        "starter": template,
        "setup": "",
        "checks": [],
        "languages": [],
        "label": label,
        "again": offer,
        "placeholder": template,
        "about": "Kept while you type." + _LEAVE,
    }
    _draw(key, data, lambda: keep(str(st.session_state[key]["draft"].get("text", ""))[:LONGEST_TEXT]))


def _draw(key: str, data: Mapping[str, Any], keep: Callable[[], None]) -> None:
    common = {"question": key, "runs": RUNS, "unrun": NOT_RUN + _LEAVE, "harness": HARNESS, "urls": urls()}
    _EDITOR(key=key, data={**data, **common}, on_draft_change=keep)


def as_code(sent: Mapping[str, Any], task: CodeTask) -> Code:
    """What a browser sent, as far as it makes sense: known languages and outcomes, tests of this question."""
    asked = {check.name: check for check in task.checks}
    language = sent.get("language")
    found = [
        CheckResult(
            name=name,
            outcome=cast(CheckOutcome, result["outcome"]),
            edge=asked[name].edge,
            seconds=_seconds(result.get("seconds")),
            problem=str(result.get("problem", ""))[:_LONGEST_PROBLEM],
        )
        for result in sent.get("checks") or ()
        if (name := result.get("name")) in asked and result.get("outcome") in get_args(CheckOutcome)
    ]
    return Code(
        language=language if language in LANGUAGES else RUNS,
        text=str(sent.get("text", ""))[:LONGEST_TEXT],
        checks=tuple(found),
        changed_since=bool(sent.get("changed_since")) and bool(found),
    )


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value < 60 else None
