"""What the capture widgets tell the browser, and what they make of its replies."""

from __future__ import annotations

import asyncio
import inspect
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiortc.contrib.media import MediaRelay
from streamlit_webrtc import WebRtcMode
from streamlit_webrtc.webrtc import WebRtcWorker

from analysis.live.captures import Capture
from data.ice import ice_configuration
from data.settings import IceServer
from pages.widgets.answer import camera, device_check, webrtc_inside


def test_no_server_set_means_no_server_and_never_a_public_one() -> None:
    assert ice_configuration(()) == {"iceServers": []}


def test_servers_go_to_the_browser_with_their_login_only_when_they_have_one() -> None:
    servers = (IceServer(("stun:a:1",)), IceServer(("turn:b:2", "turns:b:3"), "ada", "pw"))
    assert ice_configuration(servers) == {
        "iceServers": [
            {"urls": ["stun:a:1"]},
            {"urls": ["turn:b:2", "turns:b:3"], "username": "ada", "credential": "pw"},
        ]
    }


def test_a_device_check_that_has_not_run_has_found_nothing() -> None:
    assert device_check.read(None) == device_check.DeviceCheck()


def test_a_device_check_keeps_what_the_browser_found() -> None:
    found = device_check.read(
        {"camera_ok": False, "microphone_ok": True, "level": 0.2, "message": "Camera: ..."}
    )
    assert (found.done, found.camera_ok, found.microphone_ok) == (True, False, True)
    assert (found.level, found.message) == (0.2, "Camera: ...")


@pytest.mark.filterwarnings("ignore:The 'warn' method:DeprecationWarning")  # the library's own
def test_an_offer_for_a_connection_that_was_given_up_is_not_waited_for(tmp_path: Path) -> None:
    capture = Capture(tmp_path / "a.mp4", video=True, on_audio=None, on_video=None)
    capture.give_up()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)  # else the library makes one for this thread, which nobody closes
    running = threading.Thread(target=loop.run_forever)
    running.start()
    given: dict[str, Any] = dict.fromkeys(inspect.signature(WebRtcWorker).parameters)
    feed = partial(camera.feed_of, capture, "me")
    given |= {"mode": WebRtcMode.SENDONLY, "in_recorder_factory": feed, "loop": loop, "relay": MediaRelay()}
    worker: Any = WebRtcWorker(**given)
    try:
        with pytest.raises(webrtc_inside.never_connected(), match="given up"):
            worker.process_offer("", "offer", timeout=60.0)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        running.join()
        loop.close()
        asyncio.set_event_loop(None)
    assert capture.state("me").blocked
