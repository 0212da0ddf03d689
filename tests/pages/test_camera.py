"""What the capture widgets tell the browser, and what they make of its replies."""

from __future__ import annotations

from data.ice import ice_configuration
from data.settings import IceServer
from pages.widgets.answer import device_check


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
