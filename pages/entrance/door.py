"""Who may reach this server, decided once at start: a later edit counts from the next start."""

from __future__ import annotations

import functools
import logging
import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from data.domain import RehearseError
from data.front_door import Door, Secrets, decide, read_secrets, refused
from data.private_files import keep_private, open_to_others, replaceable_by_others
from data.settings import load_settings
from pages.entrance import json_log, streamlit_inside

_STARTED = "REHEARSE_STARTED"
"""Outlives this module, which Streamlit loads again when its file changes."""


@functools.cache
def of_server() -> Door:
    """The door of this server."""
    try:
        door = _decide(_secrets())
    except RehearseError as why:
        return refused(why)
    if os.environ.get(_STARTED) in ("hosted", "refused") and door.kind != os.environ[_STARTED]:
        return refused(RehearseError("The secrets have changed since this server started.", "Start again."))
    return door


def open_up() -> Door:
    """Decide, and hold Streamlit to it: it reads no secrets again and takes the same hosts."""
    keep_private()
    door = of_server()
    if door.why is not None:
        logging.getLogger(__name__).error("Rehearse serves nothing. %s", door.why)
        # Streamlit reads them itself before the gate answers, and breaks on what we could not read either.
        _read_no_more({"auth": {}})
        os.environ[_STARTED] = door.kind
        return door
    _tell_what_others_can_read()
    _read_no_more(_secrets().content)
    os.environ[_STARTED] = door.kind
    if door.kind == "hosted":
        streamlit_inside.set_option("server.allowedHosts", sorted(door.names))
    else:
        streamlit_inside.set_option(
            "server.allowedHosts", ["localhost", "127.0.0.1", "::1", *sorted(door.names)]
        )
    return door


def logs_json() -> bool:
    """Whether the log is JSON, which is then switched on; settings that cannot be read leave it as it is."""
    try:
        asked = load_settings(os.environ).log_format == "json"
    except RehearseError:
        return False
    if asked:
        json_log.switch_on()
    return asked


def _read_no_more(content: Mapping[str, Any]) -> None:
    """Give Streamlit the secrets, and no files to read them from."""
    st.secrets.merge_programmatic_secrets(dict(content))
    streamlit_inside.set_option("secrets.files", [])


def _tell_what_others_can_read() -> None:
    private = [*_files(), *load_settings(os.environ).private_paths]
    loose, around = open_to_others(private), replaceable_by_others(private)
    if around:
        logging.getLogger(__name__).warning(
            "Other users of this machine can put other files in place of what is kept here. "
            "Close it: chmod o-w %s",
            " ".join(shlex.quote(str(path)) for path in around),
        )
    if loose:
        named = " ".join(shlex.quote(str(path)) for path in loose)
        logging.getLogger(__name__).warning(
            "Other users of this machine can get at what is kept here. Close it: chmod -R go-rwx %s",
            named,
        )


def _files() -> list[Path]:
    return [Path(file) for file in streamlit_inside.option("secrets.files")]


def _secrets() -> Secrets:
    return read_secrets(_files(), must_exist=streamlit_inside.is_set_by_hand("secrets.files"))


def _decide(secrets: Secrets) -> Door:
    # Streamlit puts single values of the secrets into the environment, where the settings are read.
    given = load_settings({**os.environ, **_single(secrets.content)})
    return decide(
        secrets,
        admin=given.admin,
        address=streamlit_inside.option("server.address") or "",
        port=streamlit_inside.option("server.port"),
        open_to=given.open_without_sign_in,
    )


def _single(content: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in content.items() if type(value) in (str, int, float)}
