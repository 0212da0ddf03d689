"""See how far levels and measurements agree with people or labels, and run every comparison again."""

from __future__ import annotations

import streamlit as st

from data.agreement import BENCHMARKS, Benchmark, Figure, load_agreement
from data.domain import RehearseError
from pages.widgets import problem, resources
from pages.widgets.cohort import disagreement_tables
from pages.widgets.plain import plain
from pages.widgets.settings import exam_table


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "not measured here"
    if unit == "share":
        return f"{value:.0%}"
    return f"{value:.2f} {plain(unit)}".strip()


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{_number(figure.low, figure.unit)} to {_number(figure.high, figure.unit)}"


def _draw(benchmark: Benchmark, figures: tuple[Figure, ...]) -> None:
    st.subheader(plain(benchmark.title))
    st.markdown(plain(benchmark.compares))
    if any(figure.value is not None for figure in figures):
        _table(benchmark, figures)
    else:
        names = ", ".join(figure.title.lower() for figure in figures)
        st.caption(f"Not measured with this version yet: {plain(names)}. The commands below do it.")
    st.code(
        f"{benchmark.command}\npython -m data.agreement {benchmark.name} {benchmark.name}.json",
        None,
        wrap_lines=True,
    )


def _table(benchmark: Benchmark, figures: tuple[Figure, ...]) -> None:
    st.table(
        {
            "Figure": [plain(figure.title) for figure in figures],
            "Measured": [_number(figure.value, figure.unit) for figure in figures],
            "95 % interval": [_interval(figure) for figure in figures],
            "n": [f"{figure.n:d}" if figure.n is not None else "" for figure in figures],
        },
        hide_index=True,
        alt=f"Agreement: {benchmark.title}",
    )


def _scorers() -> None:
    """Every scorer on the same answers: judges that sat the exam, the reader, baselines."""
    st.subheader("Who reads an answer how well")
    st.markdown(exam_table.ABOUT)
    exams = resources.session().exams.all()
    exam_table.show(exams)
    if not exams:
        st.caption(
            "No judge has sat the exam on this server yet: connect one under Settings, and examine it."
        )
    st.code(
        "python -m analysis.evaluate exam\npython -m analysis.evaluate answers FILE.jsonl --scorer judge",
        None,
        wrap_lines=True,
    )


st.title("Agreement")
st.markdown(
    "Measured with the installed version; where the data were looked at while building, it is said. No "
    "figure here says how good a person is; each says how far the app can be trusted. Run the commands in "
    "the app's folder to measure again."
)
try:
    measured = load_agreement()
    _scorers()
    for benchmark in BENCHMARKS:
        if benchmark.name != "exam":
            _draw(benchmark, measured[benchmark.name])
    disagreement_tables.show()
except RehearseError as error:
    problem.draw(error)
