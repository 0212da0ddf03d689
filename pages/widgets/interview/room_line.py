"""The top of the interview room: how much time is left, whose turn it is, what the interviewer said last."""

from __future__ import annotations

import html
from collections.abc import Mapping

import streamlit as st

from analysis.live.doors import Spoken
from analysis.live.room_screen import Screen, WhoseTurn
from pages.widgets.plain import plain, plain_lines

_REMARKS = ("greeting", "nudge", "reminder", "remark")
_ALOUD = "Think aloud. You may ask the interviewer what you need to know."
_TURNS: Mapping[WhoseTurn, str] = {
    "yours": ":material/hearing: **Your turn** · the interviewer is listening",
    "speaking": ":material/record_voice_over: **The interviewer is speaking**",
    "collecting": ":material/edit_note: **Your last words are being written down**",
    "thinking": ":material/hourglass_top: **The interviewer is thinking**",
    "paused": ":material/pause_circle: **Paused** · the clock stands still",
}
_YOURS_IN_WRITING = ":material/keyboard: **Your turn** · write, and send it when it is said"
LOOK = """<style>
.st-key-interview-line { min-height: 12.5rem; padding-left: 0.9rem; border-left: 4px solid #5a7f9b; }
@media (max-width: 640px) { .st-key-interview-line { min-height: 18.5rem; } }
.st-key-interview-line [data-testid="stMarkdownContainer"] p { font-size: 1.35rem; line-height: 1.45; }
.st-key-interview-line [data-testid="stCaptionContainer"] p { font-size: 0.95rem; line-height: 1.4; }
.st-key-interview-heard { min-height: 3.6rem; }
.st-key-interview-heard p { font-size: 1rem; line-height: 1.5; }
.st-key-interview-question [data-testid="stMarkdownContainer"] p { font-size: 1.05rem; line-height: 1.5; }
.room-time { display: grid; grid-template-columns: 1fr 1fr; gap: 0.3rem 1.5rem; font-size: 0.875rem; }
.room-time p { margin: 0; opacity: 0.8; white-space: nowrap; }
.room-time .bar { height: 4px; border-radius: 2px; background: rgba(128, 140, 150, 0.25); }
.room-time .bar div { height: 100%; border-radius: 2px; background: rgba(110, 128, 143, 0.9); }
</style>"""


def time(screen: Screen) -> None:
    """Draw where in the interview this is, and two quiet bars: of this question, and of the whole."""
    st.subheader(plain(screen.place), anchor=False)
    parts = [
        f'<div><p>{html.escape(left)}</p><div class="bar" role="img" aria-label="{share:.0%} is spent">'
        f'<div style="width: {share:.1%}"></div></div></div>'
        for left, share in ((screen.round_left, screen.round_share), (screen.left, screen.share))
    ]
    st.html(f'<div class="room-time">{"".join(parts)}</div>')


def turn(whose: WhoseTurn, *, written: bool) -> None:
    """Draw whose turn it is, always in the same place."""
    told = _YOURS_IN_WRITING if written and whose == "yours" else _TURNS[whose]
    st.markdown(told)


def line(screen: Screen, spoken: Spoken) -> None:
    """Draw what the interviewer said last, large, and what else there is to know below it."""
    remarks = " ".join(one.text for one in spoken.lines if one.kind in _REMARKS)
    by_model = any(one.by_model for one in spoken.lines)
    with st.container(key="interview-line", gap="small"):
        title = "Asked now" if screen.asked else "The interviewer"
        st.caption(f"{title}, worded by the language model" if by_model else title)
        st.markdown(plain_lines(screen.line or remarks or _ALOUD))
        below = [remarks] if screen.line and remarks else []
        if screen.asked and screen.line != screen.asked:
            below.append(f"Still to answer: {screen.asked}")
        st.caption(plain(" ".join(below) or _ALOUD) if screen.line or remarks else "")


def heard(screen: Screen) -> None:
    """Draw the words heard last, as they arrive."""
    with st.container(key="interview-heard"):
        st.caption(f"**Heard:** {plain(screen.caption) or '…'}")
