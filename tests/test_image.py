"""What the image and the compose file promise, read from both; and the app run as the image runs it.

No image can be pulled or built where these tests run: hadolint's rules that apply are checked here, and the
last test gives the app the files of the image, a read-only root, nobody's rights and two folders to write.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.configuration import SETTINGS
from data.settings import PROJECT_ROOT, load_settings
from tests.needs import program, starts

KNOWN = {setting.name for setting in SETTINGS}
_STORE = {"AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
OF_OTHERS = {
    "app1": {*_STORE, "STREAMLIT_SERVER_COOKIE_SECRET"},
    "app2": {*_STORE, "STREAMLIT_SERVER_COOKIE_SECRET"},
    "database": {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"},
    "bucket": {"ROOT_ACCESS_KEY", "ROOT_SECRET_KEY"},
    "proxy": {"SITE", "SECRET"},
}
"""What programs that are not ours are given."""
EXAMPLE = (PROJECT_ROOT / ".env.example").read_text().splitlines()
GIVEN = dict(line.split("=", 1) for line in EXAMPLE if "=" in line)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile, an instruction a row, continued lines joined, comments left out."""
    lines = (PROJECT_ROOT / "Dockerfile").read_text().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", text)
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def last_stage() -> list[tuple[str, str]]:
    told = instructions()
    return told[max(place for place, (word, _) in enumerate(told) if word == "FROM") :]


def one(word: str) -> str:
    [found] = [rest for given, rest in last_stage() if given == word]
    return found


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROJECT_ROOT / "compose.yaml").read_text())
    return found


SERVICES: dict[str, Any] = compose()["services"]


def filled_in(value: str) -> str:
    """As compose puts in what `.env` says."""
    return re.sub(
        r"\$\{(\w+)(?::([-?])([^}]*))?\}",
        lambda at: GIVEN.get(at[1]) or (at[3] if at[2] == "-" else ""),
        value,
    )


# --- the image


def test_the_image_runs_as_nobody_special() -> None:
    user = one("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    made = next(rest for word, rest in last_stage() if word == "RUN" and "useradd" in rest)
    assert f"--uid {user.split(':')[0]}" in made
    assert [word for word, _ in last_stage()].index("USER") > [word for word, _ in last_stage()].index("COPY")


def test_the_image_is_asked_whether_it_is_well_without_another_tool() -> None:
    check = one("HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    assert command[:2] == ["python", "-c"] and "/_stcore/health" in command[2] and "timeout=" in command[2]
    assert all(f"--{name}=" in check for name in ("interval", "timeout", "start-period", "retries"))


def test_what_the_image_writes_lies_in_its_volumes() -> None:
    volumes = json.loads(one("VOLUME"))
    written = [setting.default for setting in SETTINGS if "data/local" in setting.default]
    inside = Path("/app/data/local")
    assert written and all("data/local/" in one for one in written)
    assert any(inside.is_relative_to(volume) for volume in volumes)
    assert "/models" in volumes and ("ENV", "MODELS_DIR=/models") in last_stage()


def test_the_image_follows_the_rules_of_hadolint_that_apply() -> None:
    told = instructions()
    words = [word for word, _ in told]
    assert not {"ADD", "MAINTAINER", "SHELL", "ONBUILD"} & set(words)  # DL3020, DL4000
    for word, rest in told:
        if word == "FROM":
            image = rest.split()[0]
            assert ":" in image and not image.endswith(":latest")  # DL3006, DL3007
        if word == "WORKDIR":
            assert rest.startswith("/")  # DL3000
        if word in ("CMD", "ENTRYPOINT"):
            json.loads(rest)  # DL3025
        if word == "RUN":
            assert not re.search(
                r"\bsudo\b|\bcd /|apt-get|\bcurl\b|\bwget\b|\s\|\s", rest
            )  # DL3004, DL3003, DL4006
        if word == "RUN" and "pip install" in rest:
            assert rest.count("pip install") == rest.count("--require-hashes")  # DL3013
    assert words.count("CMD") == 1 and words.count("HEALTHCHECK") == 1  # DL4003, DL3012
    assert any(word == "ENV" and "PIP_NO_CACHE_DIR=1" in rest for word, rest in told)  # DL3042


def test_the_image_installs_what_is_locked() -> None:
    copied = " ".join(rest for word, rest in instructions() if word == "COPY")
    for lock in ("requirements.lock", "requirements-server.lock"):
        assert lock in copied and (PROJECT_ROOT / lock).exists()


def test_nothing_that_people_made_and_no_key_goes_into_the_image() -> None:
    lines = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*" and "data/local" in rules[rules.index("!data") :]
    taken = [rule[1:] for rule in rules if rule.startswith("!")]
    assert ".streamlit/config.toml" in taken and ".streamlit" not in taken
    assert all((PROJECT_ROOT / name).exists() for name in taken)


# --- the compose file


def test_the_parts_of_a_server_are_there_and_two_of_the_app() -> None:
    assert set(SERVICES) == {"app1", "app2", "proxy", "database", "scheduler", "worker", "bucket", "relay"}
    assert SERVICES["app1"] == SERVICES["app2"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_a_read_only_root_and_no_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"] and not service.get("privileged")
    assert set(service.get("cap_add", [])) <= {"NET_BIND_SERVICE"}
    tag = service["image"].rpartition(":")[2]
    assert tag and tag != "latest"


@pytest.mark.parametrize("name", ["app1", "app2", "scheduler", "worker"])
def test_our_own_run_as_the_user_of_the_image(name: str) -> None:
    assert SERVICES[name]["user"] == one("USER")


@pytest.mark.parametrize("name", SERVICES)
def test_every_variable_is_a_known_setting(name: str) -> None:
    assert set(SERVICES[name].get("environment", {})) - OF_OTHERS.get(name, set()) <= KNOWN


def test_what_a_store_of_recordings_is_given_is_what_its_guide_says() -> None:
    guide = (PROJECT_ROOT / "docs" / "hosting.md").read_text()
    assert all(f"`{name}`" in guide for name in _STORE)
    assert SERVICES["app1"]["environment"]["AWS_ENDPOINT_URL"] == "http://bucket:7070"


def test_what_the_app_is_given_can_be_read_and_means_what_it_says() -> None:
    given = {key: filled_in(str(value)) for key, value in SERVICES["app1"]["environment"].items()}
    settings = load_settings(given, Path("/nonexistent.toml"))
    assert settings.database_url.endswith("@database/rehearse")
    assert settings.compute == "tcp://scheduler:8786"
    assert settings.turn_secret == GIVEN["SECRET"]
    grace_seconds = 60 * int(SERVICES["app1"]["stop_grace_period"].removesuffix("m"))
    assert settings.drain_seconds < grace_seconds


def test_two_edits_are_enough() -> None:
    text = (PROJECT_ROOT / "compose.yaml").read_text() + (PROJECT_ROOT / "deploy" / "Caddyfile").read_text()
    needed = set(re.findall(r"\$\{(\w+):\?", text)) | set(re.findall(r"\{\$(\w+)\}", text))
    assert needed == set(GIVEN) and len(GIVEN) == 2


def test_every_volume_and_network_is_declared_and_used() -> None:
    whole = compose()
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert {name for name in mounted if not name.startswith(".")} == set(whole["volumes"])
    assert {name for service in SERVICES.values() for name in service.get("networks", [])} == set(
        whole["networks"]
    )
    for path in (name for name in mounted if name.startswith(".")):
        assert (PROJECT_ROOT / path).exists()


def test_only_the_proxy_and_the_relay_are_reached_from_outside() -> None:
    ways = ("ports", "network_mode")
    open_to_all = {name for name, service in SERVICES.items() if any(service.get(way) for way in ways)}
    assert open_to_all == {"proxy", "relay"}
    assert compose()["networks"]["inside"]["internal"] is True
    for name in ("database", "scheduler", "worker", "bucket"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_whoever_is_waited_for_tells_when_it_is_well() -> None:
    for service in SERVICES.values():
        for needed, how in service.get("depends_on", {}).items():
            ours = SERVICES[needed]["image"].startswith("rehearse:")
            assert how["condition"] == "service_started" or "healthcheck" in SERVICES[needed] or ours


def test_the_proxy_keeps_a_browser_with_its_server_and_shows_nobody_the_figures() -> None:
    caddy = (PROJECT_ROOT / "deploy" / "Caddyfile").read_text()
    assert "lb_policy cookie" in caddy and "health_uri /ready" in caddy
    for name in ("app1:8501", "app2:8501"):
        assert name in caddy
    assert "@watched path /ready /metrics\n" in caddy and "respond @watched 404" in caddy


# --- the app as the image runs it


_NAMESPACE = """
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
mkdir /mnt/app /mnt/local /mnt/python
mount --bind {app} /mnt/app
mount --bind {local} /mnt/app/data/local
mount --bind {python} /mnt/python
mount -o remount,bind,ro /mnt/app
mount -o remount,ro /mnt
mount -o remount,bind,ro /
mount -t tmpfs tmpfs /tmp
cd /mnt/app
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all \\
    /mnt/python/bin/python3 -m streamlit run app.py \\
    --server.address=127.0.0.1 --server.port={port} --server.fileWatcherType=none
"""


def staged(folder: Path) -> Path:
    """The files that go into the image."""
    lines = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    for name in (line[1:] for line in lines if line.startswith("!")):
        source, target = PROJECT_ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "local"))
        else:
            shutil.copy(source, target)
    (folder / "data" / "local").mkdir()
    return folder


@contextmanager
def as_the_image(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    app, local, log = staged(folder / "app"), folder / "local", folder / "log"
    local.mkdir()
    shutil.chown(local, 10001, 10001)
    script = _NAMESPACE.format(app=app, local=local, python=sys.base_prefix, port=port)
    packages = Path(sysconfig.get_path("purelib")).resolve()
    environ = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/tmp"}
    environ |= {
        "PYTHONHOME": "/mnt/python",
        "LD_LIBRARY_PATH": "/mnt/python/lib",
        "PYTHONPATH": f"/mnt/app:{packages}",
    }
    with log.open("wb") as output:
        command = ["unshare", "--mount", "sh", "-c", script]
        server = subprocess.Popen(command, env=environ, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield server
    finally:
        server.terminate()
        server.wait(60)


def answered(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return f"{answer.status} {answer.read(200).decode()}"
    except (urllib.error.URLError, ConnectionError) as away:
        return str(away)


@pytest.mark.slow
def test_the_app_serves_as_nobody_on_a_read_only_root_from_the_files_of_the_image(tmp_path: Path) -> None:
    program("setpriv", package="util-linux")
    starts(["unshare", "--mount", "true"], "the right to make a mount namespace is missing")
    from tests.browser.rig import free_port

    port = free_port()
    with as_the_image(tmp_path, port) as server:
        address = f"http://127.0.0.1:{port}"
        while server.poll() is None and not answered(f"{address}/_stcore/health").startswith("200"):
            time.sleep(0.2)
        told = (tmp_path / "log").read_text()
        assert answered(f"{address}/ready") == "200 ready", told
        assert answered(f"{address}/").startswith("200"), told
        assert (tmp_path / "local" / "rehearse.duckdb").stat().st_uid == 10001
