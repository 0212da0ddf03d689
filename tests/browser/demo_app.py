"""A page as small as a page can be around the capture widgets, for their browser tests."""

from __future__ import annotations

import json
import os
from pathlib import Path

import streamlit as st

from analysis.live.captures import CameraState
from data.domain import RehearseError
from data.settings import IceServer
from pages.widgets.answer import camera

FOLDER = Path(os.environ["RECORDINGS_URL"].removeprefix("file://"))
ICE = tuple(
    IceServer(tuple(server["urls"]), server.get("username"), server.get("credential"))
    for server in json.loads(os.environ.get("ICE_SERVERS", "[]"))
)


@st.cache_resource
def heard() -> list[int]:
    return []


def tick(state: CameraState) -> None:
    st.text(f"phase={state.phase}")


def demo() -> None:
    query = st.query_params
    key = query.get("attempt", "a1")
    kind = query.get("kind", "camera")

    if kind == "check":
        from pages.widgets.answer import device_check

        check = device_check.show("check", video=query.get("video", "1") == "1")
        st.text(f"camera_ok={check.camera_ok}")
        st.text(f"microphone_ok={check.microphone_ok}")
        st.text(f"message={check.message}")
        st.stop()

    if kind == "connection":
        from pages.widgets.settings import connection_test

        tested = connection_test.show("connection", ICE)
        st.text(f"ok={tested.ok}")
        st.stop()

    if st.button("Finish"):
        try:
            facts = camera.finish(key)
            st.text(f"frames={facts.frames}")
            st.text(f"seconds={facts.seconds:.3f}")
        except RehearseError as error:
            st.error(str(error))

    now = camera.show(
        key,
        FOLDER / f"{key}.mp4",
        video=True,
        on_audio=lambda samples: heard().append(len(samples)),
        desired_playing=True if query.get("auto") else None,
        ice=ICE,
        on_tick=tick,
    )
    st.text(f"problem={now.problem}")
    st.text(f"heard_seconds={sum(heard()) / 16000:.2f}")


demo()
