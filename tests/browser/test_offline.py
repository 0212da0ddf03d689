"""The whole flow with no way out: a network namespace of its own, and every socket of the server watched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.browser.rig import ROOT, WRAP

pytestmark = pytest.mark.browser

INET = re.compile(r'sin_addr=inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
FLOW = "tests/browser/offline_flow.py"
STRACE = needs.Need("strace", ("strace",))
UNSHARE = needs.Need("util-linux", ("unshare",))
IP = needs.Need("iproute2", ("ip", "/usr/sbin/ip"))


def outside_loopback(log: str) -> list[str]:
    """The system calls in an strace log that address anything but this machine's loopback."""
    lines = []
    for line in log.splitlines():
        found = INET.search(line)
        if found and not (found[1] or found[2]).startswith(("127.", "::1", "::ffff:127.")):
            lines.append(line)
    return lines


def test_an_address_beyond_loopback_is_noticed() -> None:
    call = '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("%s")}, 16) = -1'
    assert outside_loopback(call % "192.0.2.1") == [call % "192.0.2.1"]
    assert outside_loopback(call % "127.0.0.1") == []


def test_the_whole_flow_works_without_a_network_and_tries_no_connection(tmp_path: Path) -> None:
    _, _, strace, unshare, _ = needs.installed(needs.BROWSER, needs.VOICE, STRACE, UNSHARE, IP)
    needs.starts([unshare, "--map-root-user", "--net", "true"], "no network of its own may be made here")
    needs.starts([strace, "-qq", "-o", str(tmp_path / "probe"), "true"], "no process may be watched here")
    log = tmp_path / "calls.log"
    watch = f"{strace} -f -qq -e trace=connect,sendto,sendmsg -e signal=none -o {log}"
    test = f"{sys.executable} -m pytest -q -p no:cacheprovider {ROOT / FLOW}"
    done = subprocess.run(
        [unshare, "--map-root-user", "--net", "sh", "-c", f"ip link set lo up && exec {test}"],
        cwd=ROOT,
        env=os.environ | {WRAP: watch},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    calls = log.read_text()
    assert "connect(" in calls or "sendto(" in calls
    assert outside_loopback(calls) == []
