"""Read how each number is defined, where it comes from, how far it can be wrong, what it never touches."""

from __future__ import annotations

import streamlit as st

from analysis.signals.catalogue import SIGNALS
from analysis.speech.delivery import BANDS, bands_in_words
from data.domain import LEVELS
from data.rubrics import design_weights, expected_level, load_frame, load_rubric
from pages.widgets import way_on
from pages.widgets.plain import plain

_LIMITS = (
    "Levels come from the words alone: no scorer is given camera, voice, name or history. Deleting "
    "every camera row leaves every level as it is.",
    "A level is 1 to 4 or *unscored*, with a reason. Unscored answers are left out of every median; "
    "there is no stand-in score.",
    "Every quote is checked to be in the transcript, word for word. A quote that is not there is "
    "dropped, and a level without any quote is 1 at most.",
    "Without a judge there is no level. The reader then tells where the words speak of a key point, and "
    "cannot tell a right claim from the same claim turned round. Levels of the scorer before it are kept, "
    "marked “retired scorer”, and are in no trend or total.",
    "Levels of a language model count only once it passed an exam on answers that nothing was fitted on; "
    "until then they are shown with “not examined” or “did not pass”, and are in no trend or total.",
    "One answer says little: levels of one person vary between answers. Progress shows the median of "
    "the last three, with range and count, and never a verdict.",
    "Speech recognition errs more for some accents. Correct the transcript before scoring; words heard "
    "unclearly are named there.",
    "Nothing here measures mood, character or fitness for a job, and no number is compared with other "
    "people.",
)


def _levels() -> None:
    rubric, frame = load_rubric(), load_frame()
    st.caption(f"Rubric {rubric.version}. The highest level that holds; the rules below say when it does.")
    for criterion in rubric.criteria:
        with st.expander(f"{criterion.title} ({criterion.id})"):
            st.markdown(f"*{criterion.question}*")
            for anchor in criterion.anchors:
                st.markdown(f"**{anchor.level}** " + " · ".join(clause.text for clause in anchor.clauses))
    with st.expander("Rules that every scorer follows"):
        st.markdown("\n".join(f"- {rule}" for rule in frame.rules))
    st.markdown("**What loops usually look for**, a proposal that nobody has validated")
    competencies = [weight.criterion for weight in design_weights()]
    st.table(
        {
            "Competency": [c.title for c in rubric.criteria if c.id in competencies],
            **{role.capitalize(): [_expected(role, name) for name in competencies] for role in LEVELS},
        },
        hide_index=True,
        alt="Levels usually looked for, by role",
    )


def _expected(role: str, criterion: str) -> str:
    found = expected_level(role, criterion)
    if found is None:
        return ""
    return f"{found.low:d}" if found.low == found.high else f"{found.low:d}–{found.high:d}"


def _delivery() -> None:
    st.caption(
        "From the times of words and of voice, never from what a voice sounds like. Advice, not a grade."
    )
    st.table(
        {
            "Measure": [signal.label for signal in BANDS.values()],
            "Unit": [signal.unit for signal in BANDS.values()],
            "Definition": [signal.definition for signal in BANDS.values()],
            "Advice": [plain(bands_in_words(signal)) or "no target" for signal in BANDS.values()],
            "Source": [signal.source for signal in BANDS.values()],
        },
        hide_index=True,
        alt="Delivery measures with definition and source",
    )
    st.caption("Pace and pauses need 15 seconds of speech and 30 words; below that they are not measured.")


def _camera() -> None:
    st.caption(
        "Only with the camera on. Every value comes with the share of speaking time it was measured in; "
        "with less than three seconds of speech or fifteen measured pictures there is none."
    )
    st.table(
        {
            "Signal": [signal.title for signal in SIGNALS],
            "Unit": [signal.unit for signal in SIGNALS],
            "Definition": [signal.definition for signal in SIGNALS],
            "From": [signal.source for signal in SIGNALS],
            "Known error": [signal.known_error for signal in SIGNALS],
        },
        hide_index=True,
        alt="Camera signals with definition and known error",
    )


st.title("How we measure")
way_on.show("pages/agreement.py", "How far it agrees with people and labels")
limits, levels, delivery, camera = st.tabs(["Limits", "Levels", "Delivery", "Camera"])
with limits:
    st.markdown("\n".join(f"- {limit}" for limit in _LIMITS))
with levels:
    _levels()
with delivery:
    _delivery()
with camera:
    _camera()
