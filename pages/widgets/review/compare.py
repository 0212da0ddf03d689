"""Two attempts at the same question, the earlier one on the left."""

from __future__ import annotations

from html import escape

import streamlit as st

from analysis.reviewing.attempt_pairs import (
    delivery_pairs,
    in_order,
    level_pairs,
    point_pairs,
    said,
    same_reading,
    word_changes,
)
from analysis.reviewing.transcript_lines import marked_lines
from analysis.scoring.coverage import HEARD, JUDGED, coverage, only_heard
from analysis.speech.captions import to_webvtt
from data.domain import Attempt, AttemptResult, CoverageStatus, Score
from data.rubrics import load_rubric
from pages.widgets import attempt_picker, resources, way_on
from pages.widgets.plain import plain
from pages.widgets.review import in_step, key_points, level_rows, own_mark, player, self_rating
from pages.widgets.settings import quiet_delivery

_TITLES = ("Before", "After")
_TAGS = {"same": "span", "added": "ins", "removed": "del"}
_STYLE = """<style>
.words { line-height: 1.7; } .words ins { text-decoration: underline 2px; font-weight: 600; }
.words del { opacity: .75; }
</style>"""


def choose(result: AttemptResult, attempts: tuple[Attempt, ...]) -> AttemptResult | None:
    """Draw the list of other attempts at this question, if there are any; the one to compare with."""
    own = result.attempt
    others = {
        attempt.id: attempt
        for attempt in attempts
        if (attempt.question_id, attempt.candidate_id) == (own.question_id, own.candidate_id)
        and attempt.id != own.id
        and attempt.status in ("scored", "unscored")
    }
    if not others:
        return None
    asked = st.query_params.get("compare")
    ids, titles = list(others), attempt_picker.question_titles()
    chosen = st.selectbox(
        f"Compare with another attempt ({len(ids)})",
        ids,
        index=ids.index(asked) if asked in others else None,
        format_func=lambda attempt_id: attempt_picker.label(others[attempt_id], titles),
        placeholder="Choose an attempt at the same question",
    )
    if chosen is None:
        st.query_params.pop("compare", None)
        return None
    st.query_params["compare"] = chosen
    return resources.session().answers.load(chosen)


def show(one: AttemptResult, other: AttemptResult) -> None:
    """Draw both. One that was not rated yet keeps its levels until it has been."""
    unrated = [result for result in (one, other) if not self_rating.is_settled(result)]
    if unrated:
        st.info("Rate both attempts first, or skip their rating; then come back.")
        for result in unrated:
            label = attempt_picker.label(result.attempt)
            way_on.show("pages/review.py", f"Rate {label}", attempt=result.attempt.id)
        return
    pair = in_order(one, other)
    playable = {result.attempt.id: player.is_there(result.attempt) for result in pair}
    if all(playable.values()):
        in_step.show({result.attempt.id: title for result, title in zip(pair, _TITLES, strict=True)})
    for column, result, title in zip(st.columns(2, gap="large"), pair, _TITLES, strict=True):
        with column:
            _side(title, result, playable=playable[result.attempt.id])
    before, after = pair
    if level_pairs(before.assessment, after.assessment):
        _levels(before, after)
    _points(before, after)
    _delivery(before, after)
    _words(before, after)


def _side(title: str, result: AttemptResult, *, playable: bool) -> None:
    attempt = result.attempt
    st.subheader(plain(title))
    st.caption(plain(attempt_picker.label(attempt)))
    player.show(
        attempt.recording if playable else None,
        marked_lines(result.turns, result.assessment),
        key=f"player-{title.lower()}",
        marks=key_points.marks(),
        captions=to_webvtt(result.speech.transcript) if playable and result.speech else "",
        leads=False,
        part=player.Part(attempt.id, attempt.question_end_seconds or 0.0),
    )


def _levels(before: AttemptResult, after: AttemptResult) -> None:
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    pairs = level_pairs(before.assessment, after.assessment)
    st.subheader("Levels")
    st.table(
        {
            "Criterion": [plain(titles.get(pair.criterion, pair.criterion)) for pair in pairs],
            "Before": [_level(pair.before) for pair in pairs],
            "After": [_level(pair.after) for pair in pairs],
        },
        hide_index=True,
        alt="Levels of both attempts",
    )
    if any(pair.before and pair.after and not pair.comparable for pair in pairs):
        st.caption(
            "Where the scorers or their versions differ, or one is unscored, the two are not comparable."
        )
    st.caption("Ranges that overlap are no difference: levels of one person vary from answer to answer.")


def _level(score: Score | None) -> str:
    return "not judged" if score is None else level_rows.band(score)


def _points(before: AttemptResult, after: AttemptResult) -> None:
    pairs = point_pairs(before.assessment, after.assessment)
    if pairs:
        st.subheader("Key points")
        for title, result in zip(_TITLES, (before, after), strict=True):
            if result.assessment and only_heard(result.assessment):
                told = coverage(result.assessment.key_points, own_mark.of(result)).sentence
                st.caption(plain(f"{title}: {told}"))
        st.table(
            {
                "Key point": [plain(pair.text) for pair in pairs],
                "Before": [_status(before, pair.before) for pair in pairs],
                "After": [_status(after, pair.after) for pair in pairs],
            },
            hide_index=True,
            alt="Key points of both attempts",
        )
        if before.assessment and after.assessment and not same_reading(before.assessment, after.assessment):
            st.caption("Not the same scorer or version read both: the two columns are not comparable.")


def _status(result: AttemptResult, status: CoverageStatus | None) -> str:
    if status is None:
        return "not asked"
    return (HEARD if result.assessment and only_heard(result.assessment) else JUDGED)[status]


def _delivery(before: AttemptResult, after: AttemptResult) -> None:
    pairs = delivery_pairs(before.delivery, after.delivery, quiet_delivery.names())
    if pairs:
        st.subheader("Delivery")
        st.table(
            {
                "Measured": [plain(pair.title) for pair in pairs],
                "Before": [plain(pair.before) for pair in pairs],
                "After": [plain(pair.after) for pair in pairs],
            },
            hide_index=True,
            alt="Delivery of both attempts",
        )


def _words(before: AttemptResult, after: AttemptResult) -> None:
    st.subheader("What the words became")
    st.caption("Underlined: new in the later attempt. Struck through: only in the earlier one.")
    parts = (
        f"<{_TAGS[change.kind]}>{escape(change.text)}</{_TAGS[change.kind]}>"
        for change in word_changes(said(before.turns), said(after.turns))
    )
    st.html(f'{_STYLE}<p class="words">{" ".join(parts)}</p>')
