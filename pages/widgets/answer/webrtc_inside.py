"""What we do inside streamlit-webrtc, which has no public call for it; nothing else reaches inside it.

`tests/pages/test_private_apis.py` says in plain words what is missing when the pinned version moves.
"""

from __future__ import annotations

import threading
from typing import Any

TRIED_WITH = "0.79.0"


def never_connected() -> type[Exception]:
    """What is raised when a browser and this server could not agree on a connection."""
    from streamlit_webrtc.webrtc import SignallingTimeoutError

    return SignallingTimeoutError


def survive_interrupted_runs(context: Any) -> None:
    """Keep a connection that streamlit-webrtc would drop; `context` is what its widget remembers.

    It takes a script run that ended before the widget was drawn for a visit to another page, and resets.
    Two quick reruns while connecting do that: 1 of 8 connections was lost. A page change has closed the
    connection by itself, so a live one, or one without an answer yet, was only interrupted.
    """
    worker = context._get_worker()
    live = worker is not None and worker.pc.connectionState not in ("closed", "failed")
    if live or context._sdp_answer_json is None:
        context._last_rendered_run_count = None


def hang_up(context: Any) -> None:
    """Close the connection at once: the browser would be waited for up to 35 s.

    Closing takes up to 2 s, so it happens beside the page.
    """
    worker = context._get_worker()
    if worker is not None:
        context._set_worker(None)
        threading.Thread(target=worker.stop, name="hang up", daemon=True).start()
