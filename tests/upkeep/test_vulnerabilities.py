"""What could not be asked is never told as "nothing found"."""

from __future__ import annotations

import json

from upkeep.vulnerabilities import CLEAN, FOUND, NOT_ASKED, read_reply

SAFE = {"name": "safe", "version": "1", "vulns": []}
HURT = {"name": "hurt", "version": "2", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def reply(*dependencies: object) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_known_vulnerability_is_named_with_the_version_that_mends_it() -> None:
    asked = read_reply(reply(SAFE, HURT))
    assert asked.exit_code == FOUND
    assert "hurt 2: PYSEC-2026-1, mended in 2.1" in asked.told()


def test_a_clean_reply_is_a_success_with_a_count() -> None:
    asked = read_reply(reply(SAFE))
    assert asked.exit_code == CLEAN
    assert asked.told() == "0 known vulnerabilities in 1 packages."


def test_packages_without_an_answer_are_named_and_are_no_success() -> None:
    asked = read_reply(reply(SAFE, UNKNOWN))
    assert asked.exit_code == NOT_ASKED
    assert "no answer for: unknown." in asked.told()


def test_a_service_that_knows_nothing_was_not_asked() -> None:
    asked = read_reply(reply(UNKNOWN))
    assert asked.exit_code == NOT_ASKED
    assert asked.told().startswith("The advisory service could not be asked")
    assert "0 known" not in asked.told()


def test_without_a_network_the_failure_is_told() -> None:
    asked = read_reply("", "Traceback ...\nConnectionError: no such host\n")
    assert asked.exit_code == NOT_ASKED
    assert asked.told() == "The advisory service could not be asked: ConnectionError: no such host"


def test_a_vulnerability_counts_more_than_what_could_not_be_asked() -> None:
    assert read_reply(reply(HURT, UNKNOWN)).exit_code == FOUND
