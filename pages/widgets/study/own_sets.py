"""The candidate's own sets of questions: upload with clear mistakes, look into, save, remove."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import streamlit as st

from data.domain import QuestionSet, RehearseError
from data.own_questions import OwnSet, read_file
from data.safe_csv import safe_records
from data.set_rows import LONG_COLUMNS, REQUIRED_COLUMNS, TABLE_COLUMNS
from pages.widgets import clock, problem, question_filter, resources, uploads
from pages.widgets.plain import plain, plain_lines

_MOST_SETS = 40
_EXAMPLES = (
    {
        "id": "cache-at-noon",
        "category": "data_infrastructure",
        "level": "mid",
        "topic": "caching",
        "title": "The cache that expired at noon",
        "question": "What happens when a popular key expires?",
        "competencies": "C3;C4",
        "minutes": "4",
        "tags": "startup",
        "key_points": "C4: Says that all callers reach the database at once. | "
        "C3: Lets one caller load and the others wait.",
        "probes": "What happens in the next second? | What would you do about it?",
        "kinds": "say | say",
        "hints": "Who asks next? / Count the callers. / All of them reach the database. | "
        "Must all of them do it? / One could go first. / One loads, the others wait for its result.",
        "facts": "peak: Two thousand reads a second of this key. | latency: A load takes 300 milliseconds.",
        "misconceptions": "A longer lifetime solves it, then the key never expires at a bad moment. "
        "=> It expires later, and then the same happens. => What happens at the end of that lifetime?",
        "expected": "mid: Names the rush of callers. | senior: Also says what a slow load does.",
        "follow_ups": "What if the load fails? | How would you test it?",
        "examples": "mid: When the key expires, every caller misses at once and goes to the database.",
    },
    {
        "id": "longest-run",
        "category": "coding",
        "level": "junior",
        "topic": "strings",
        "title": "The longest run",
        "question": "Find the longest run of one character in a line of a log.",
        "competencies": "coding",
        "minutes": "4",
        "tags": "python",
        "starter": 'def longest_run(line):\n    """The character and how often it repeats, or None."""',
        "tests": '## Finds the longest run\nassert longest_run("abbbc") == ("b", 3)\n'
        '## edge: An empty line has none\nassert longest_run("") is None',
    },
)
_COLUMNS = [name for name in TABLE_COLUMNS if name in LONG_COLUMNS or any(name in one for one in _EXAMPLES)]


def example() -> str:
    """A file to begin with: one question with key points, one coding question with tests."""
    return safe_records(_COLUMNS, _EXAMPLES)


def show() -> None:
    """Draw the upload and the list."""
    st.subheader("Your own sets")
    with st.container(border=True):
        _upload()
    own = resources.own_sets()
    if not own:
        st.caption("No sets yet. A set you add can be chosen in Practice and in Interview.")
    for one in own:
        _row(one)


def keep(name: str, kind: Literal["csv", "yaml", "picked"], content: str) -> None:
    """Keep a set under this name; RehearseError when there are too many already."""
    if len(resources.own_sets()) >= _MOST_SETS:
        raise RehearseError(f"You have {_MOST_SETS} sets already.", "Remove one that you no longer need.")
    made = QuestionSet(uuid.uuid4().hex, resources.candidate_id(), name, kind, datetime.now(UTC), content)
    resources.session().sets.save(made)


def _upload() -> None:
    file = st.file_uploader(
        "Add a set (CSV or YAML)",
        type=["csv", "yaml", "yml"],
        help=f"Columns: {', '.join(REQUIRED_COLUMNS)}; and if you like {', '.join(LONG_COLUMNS)}. "
        "The example file has more that an interviewer can use.",
        max_upload_size=2,
    )
    st.download_button(
        "Example file", example(), "my-questions.csv", type="tertiary", icon=":material/download:"
    )
    if file is None:
        return
    try:
        raw = uploads.content_of(file)
        questions = read_file(raw, file.name, frozenset(one.id for one in resources.questions()))
    except RehearseError as error:
        problem.draw(error)
        return
    st.success(f"{len(questions)} questions, no mistakes.")
    name = st.text_input("Name", Path(file.name).stem, max_chars=60)
    if st.button("Keep this set", type="primary", disabled=not name.strip()):
        keep(name.strip(), "csv" if file.name.lower().endswith(".csv") else "yaml", raw.decode("utf-8-sig"))
        st.toast(f"Kept “{plain(name)}”.")
        st.rerun()


def _row(one: OwnSet) -> None:
    kept = one.kept
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(kept.name)}**", width="content")
            st.caption(f"{len(one.questions)} questions · {clock.day(kept.saved_at)}")
            if kept.kind != "picked":
                name = f"{kept.name}.{kept.kind}"
                st.download_button("Save as file", kept.content, name, key=f"file-{kept.id}", type="tertiary")
            with st.popover("Remove", type="tertiary"):
                st.markdown("Answers to its questions are kept; Review shows them as they were asked.")
                if st.button("Remove the set", key=f"remove-{kept.id}", type="primary"):
                    resources.session().sets.remove(resources.candidate_id(), kept.id)
                    st.rerun()
        if one.problem:
            st.warning(plain_lines(one.problem))
        with st.expander("Questions"):
            for question in one.questions:
                facts = f"{question_filter.title(question.category)} · {question.level}"
                st.markdown(f"- **{plain(question.title)}** · {plain(facts)}")
