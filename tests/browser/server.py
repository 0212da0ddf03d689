"""Starts a Streamlit script for a browser test: `python tests/browser/server.py app.py --server.port 18700`.

WebRTC on one machine without a network: aioice never offers 127.0.0.1, so here, and only here, it offers
nothing else. Remote candidates other than loopback are left out too, unless a relay is being tested.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from pathlib import Path

import aioice.ice
from streamlit.web import cli

ROOT = Path(__file__).parents[2]


def offer_only_loopback() -> None:
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
    add = aioice.ice.Connection.add_remote_candidate

    async def add_loopback(self: aioice.ice.Connection, candidate: aioice.Candidate | None) -> None:
        if candidate is None or candidate.host == "127.0.0.1":
            await add(self, candidate)

    setattr(aioice.ice.Connection, "add_remote_candidate", add_loopback)  # noqa: B010 - a patch, not an API


def offer_nothing() -> None:
    """A firewall between browser and server."""
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: []


def offer_only_a_relay() -> None:
    """No direct way; a TURN server is the only one."""
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
    gather = aioice.ice.Connection.get_component_candidates

    async def only_relayed(
        self: aioice.ice.Connection, *given: object, **named: object
    ) -> list[aioice.Candidate]:
        found = await gather(self, *given, **named)  # type: ignore[arg-type]
        return [candidate for candidate in found if candidate.type == "relay"]

    setattr(aioice.ice.Connection, "get_component_candidates", only_relayed)  # noqa: B010 - a patch, not an API


def look_for_models_at(address: str) -> None:
    """A program at this address stands in for those that listen at ports everybody knows."""
    from analysis.llm import discovery

    discovery.PLACES = (("Ollama", address),)


def shorten_the_exam(answers: int) -> None:
    """Only here: a browser test needs an exam of a few answers."""
    from analysis.exam.constructed_answers import shipped_answers
    from analysis.live import exam_jobs

    setattr(exam_jobs, "shipped_answers", lambda: shipped_answers()[:answers])  # noqa: B010 - a patch, not an API


def main() -> None:
    os.chdir(ROOT)
    faulthandler.register(signal.SIGUSR1)
    sys.path.insert(0, str(ROOT))
    if address := os.environ.get("REHEARSE_TEST_MODELS_AT"):
        look_for_models_at(address)
    if answers := os.environ.get("REHEARSE_TEST_EXAM_ANSWERS"):
        shorten_the_exam(int(answers))
    offers = {"loopback": offer_only_loopback, "blocked": offer_nothing, "relay": offer_only_a_relay}
    offers[os.environ.get("REHEARSE_TEST_ICE", "loopback")]()
    sys.argv = ["streamlit", "run", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
