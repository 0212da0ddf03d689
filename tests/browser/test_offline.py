"""The whole flow with no way out: a network namespace of its own, and every socket of the server watched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.browser.offline_flow import CALLS, ELSEWHERE, outside_loopback
from tests.browser.rig import ROOT, WRAP

pytestmark = pytest.mark.browser

JUDGED_HERE = "test_three_presses_on_a_fresh_server_connect_a_model_that_then_judges_an_answer"
FLOW = "tests/browser/offline_flow.py"
STRACE = needs.Need("strace", ("strace",))
UNSHARE = needs.Need("util-linux", ("unshare",))
IP = needs.Need("iproute2", ("ip", "/usr/sbin/ip"))


def test_an_address_beyond_loopback_is_noticed() -> None:
    call = '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("%s")}, 16) = -1'
    assert outside_loopback(call % "192.0.2.1") == [call % "192.0.2.1"]
    assert outside_loopback(call % "127.0.0.1") == []


def watched(folder: Path, test: str) -> str:
    """What the server of this test called, run where the only network is this machine's loopback."""
    _, _, strace, unshare, _ = needs.installed(needs.BROWSER, needs.VOICE, STRACE, UNSHARE, IP)
    needs.starts([unshare, "--map-root-user", "--net", "true"], "no network of its own may be made here")
    needs.starts([strace, "-qq", "-o", str(folder / "probe"), "true"], "no process may be watched here")
    log = folder / "calls.log"
    watch = f"{strace} -f -qq -e trace=connect,sendto,sendmsg -e signal=none -o {log}"
    run = f"{sys.executable} -m pytest -q -p no:cacheprovider {ROOT / test}"
    done = subprocess.run(
        [unshare, "--map-root-user", "--net", "sh", "-c", f"ip link set lo up && exec {run}"],
        cwd=ROOT,
        env=os.environ | {WRAP: watch, CALLS: str(log)},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    calls = log.read_text()
    assert "connect(" in calls or "sendto(" in calls
    return calls


def test_the_whole_flow_works_without_a_network_and_tries_no_connection(tmp_path: Path) -> None:
    calls = watched(tmp_path, f"{FLOW}::test_a_short_answer_on_camera_reaches_its_review")
    assert outside_loopback(calls) == []


def test_a_model_on_this_computer_judges_an_answer_and_nothing_leaves_it(tmp_path: Path) -> None:
    calls = watched(tmp_path, f"tests/browser/test_connect_model.py::{JUDGED_HERE}")
    assert outside_loopback(calls) == []


def test_a_model_elsewhere_is_named_before_anything_is_sent_and_is_all_that_is_sent_to(
    tmp_path: Path,
) -> None:
    calls = watched(tmp_path, f"{FLOW}::test_a_model_elsewhere_is_named_before_it_is_contacted")
    outside = outside_loopback(calls)
    assert outside and [line for line in outside if f'"{ELSEWHERE}"' not in line] == []
