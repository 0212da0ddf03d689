"""The candidate's "this is wrong" about one level: said once, judged once more, both levels side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial

import streamlit as st

from analysis.answering import one_answer
from analysis.written.drafts import dispute_key
from data.domain import AttemptResult, Dispute, Question, RehearseError, Score
from data.rubrics import criteria_for
from pages.widgets import ai_notice, clock, draft_box, drafting, pace, problem, resources, who_receives
from pages.widgets.plain import plain
from pages.widgets.review import level_rows, quote

_LONGEST_REASON = 1000


def below(result: AttemptResult, question: Question, *, playable: bool) -> Callable[[Score], None]:
    """What the candidate sees at the end of a score's card: their dispute, or the way to make one."""
    disputes = resources.session().disagreements.disputes(result.attempt.id)

    @cache  # once for all criteria: they hardly differ, and building the prompts takes a moment
    def cost() -> str:
        judge = resources.judge()
        if judge is None:
            return ""
        longest = max(criteria_for(question), key=lambda one: sum(len(a.clauses) for a in one.anchors))
        answer = one_answer.answer_of(result, question)
        return judge.estimate_again(answer, longest, "", pace.usual_seconds()).sentence

    def draw(score: Score) -> None:
        mine = _about(score, disputes)
        with st.container(key=f"dispute-of-{score.criterion}"):
            if mine is None:
                _ask(score, result, question, cost())
            else:
                _both(mine, playable, lambda dispute: _not_yet(dispute, result, question))

    return draw


def read(result: AttemptResult, *, playable: bool) -> Callable[[Score], None]:
    """The same for whoever looks at somebody else's answer: what was disputed, and nothing to press."""
    disputes = resources.session().disagreements.disputes(result.attempt.id)

    def draw(score: Score) -> None:
        found = _about(score, disputes)
        if found is not None:
            _both(found, playable, lambda dispute: st.markdown("Not judged again"))

    return draw


def _about(score: Score, disputes: Sequence[Dispute]) -> Dispute | None:
    return next((one for one in disputes if one.same_words and _is_about(one, score)), None)


def _is_about(dispute: Dispute, score: Score) -> bool:
    first = dispute.first
    named = (first.criterion, first.scorer, first.scorer_version, first.rubric_version)
    return named == (score.criterion, score.scorer, score.scorer_version, score.rubric_version)


@st.fragment
def _ask(score: Score, result: AttemptResult, question: Question, cost: str) -> None:
    judge, key = resources.judge(), dispute_key(result.attempt.id, score.scorer, score.criterion)
    with st.expander("This is wrong"):
        draft_box.show(
            f"box {key}",
            partial(drafting.kept, key),
            partial(drafting.keep, key),
            label="What does this level overlook?",
            longest=_LONGEST_REASON,
            placeholder="Name the place: “I said what happens when the cache dies, near the end.”",
            rows=4,
        )
        drafting.trouble()
        if judge is None:
            st.caption(
                "There is no second judge here: only the reader is there, which gives no levels. "
                "Your reason is kept beside the level, where an instructor of yours can read it; "
                "nothing is scored again. A language model that is connected under Settings would be one."
            )
        else:
            st.caption(
                f"The judge reads your answer once more with your reason in sight; both levels are kept. "
                f"{who_receives.line('answer')} {plain(cost)}"
            )
        pressed = st.button(
            "Keep my disagreement" if judge is None else "Judge it again",
            key=f"dispute-{score.criterion}",
            disabled=resources.jobs().is_running(result.attempt.id),
        )
    if pressed:
        _send(score, key, result, question)


def _send(score: Score, key: str, result: AttemptResult, question: Question) -> None:
    try:
        made = resources.session().disagreements.dispute(result.attempt.id, score, drafting.kept(key).text)
        drafting.drop(key)
    except RehearseError as error:
        problem.warn(error)
        return
    _judge_again(made, result, question)
    st.rerun()


def _judge_again(made: Dispute, result: AttemptResult, question: Question) -> None:
    judge = resources.judge()
    if judge is not None:
        resources.jobs().again(resources.session(), made, result, question, judge)


def _both(dispute: Dispute, playable: bool, not_yet: Callable[[Dispute], object]) -> None:
    with st.container(border=True):
        st.markdown(f"**Said to be wrong**, {plain(_day(dispute.made_at))}:")
        st.markdown(f"> {plain(dispute.reason)}")
        first, second = st.columns(2)
        with first:
            st.markdown(f"First level, by {plain(dispute.first.scorer)}  \n{level_rows.text(dispute.first)}")
        with second:
            if dispute.second is None:
                not_yet(dispute)
            else:
                when = f", {plain(_day(dispute.second_at))}" if dispute.second_at else ""
                st.markdown(f"Judged again{when}  \n{level_rows.text(dispute.second)}")
                ai_notice.of_levels([dispute.second])
        if dispute.second is not None:
            _why(dispute.second, playable)
        st.caption("A level can be disputed once. Both stay, and neither replaces the other.")


def _why(second: Score, playable: bool) -> None:
    if second.level is None:
        st.caption(f"Unscored: {plain(second.reason)}")
    elif not second.evidence:
        st.caption("No words in the answer were found for a higher level.")
    for number, evidence in enumerate(quote.once(second.evidence)):
        quote.show(evidence, key=f"again-{second.criterion}-{number}", playable=playable)


def _not_yet(dispute: Dispute, result: AttemptResult, question: Question) -> None:
    st.markdown("Not judged again")
    if resources.judge() is None:
        st.caption("There is no second judge here. Your reason is kept, also for an instructor of yours.")
    elif resources.jobs().is_running(result.attempt.id):
        st.caption("The judge is at work.")
    elif st.button("Ask the judge", key=f"again-{dispute.first.criterion}"):
        _judge_again(dispute, result, question)
        st.rerun()


def _day(moment: datetime) -> str:
    return clock.day_and_time(moment)
