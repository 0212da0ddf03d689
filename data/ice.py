"""Credentials for TURN servers that run out, as coturn issues them (`use-auth-secret`). Pure."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from data.settings import IceServer

VALID_FOR = timedelta(hours=2)
"""Longer than any interview with its preparation: a running connection must be able to renew its relay."""


@dataclass(frozen=True, slots=True)
class TurnCredentials:
    """What one browser session logs in with at a TURN server."""

    username: str
    credential: str = field(repr=False)


def turn_credentials(
    secret: str, user: str, now: datetime, valid_for: timedelta = VALID_FOR
) -> TurnCredentials:
    """Credentials for `user` that a coturn with the same `static-auth-secret` takes until they run out.

    The name is "expiry:user" (seconds since 1970), the password the base64 of its HMAC-SHA1: the TURN REST
    API draft (draft-uberti-behave-turn-rest), which coturn implements. `now` must know its time zone.
    """
    username = f"{int((now + valid_for).timestamp())}:{user}"
    digest = hmac.digest(secret.encode(), username.encode(), "sha1")
    return TurnCredentials(username, base64.b64encode(digest).decode())


def with_time_limited_credentials(
    servers: Iterable[IceServer],
    secret: str | None,
    user: str,
    now: datetime,
    valid_for: timedelta = VALID_FOR,
) -> tuple[IceServer, ...]:
    """The servers, with credentials for each TURN server that has none of its own.

    They stay the same within an hour, so that a page that is drawn again does not connect again.
    """
    if secret is None:
        return tuple(servers)
    hour = now.replace(minute=0, second=0, microsecond=0)
    fresh = turn_credentials(secret, user, hour, valid_for + timedelta(hours=1))
    return tuple(
        replace(server, username=fresh.username, credential=fresh.credential)
        if server.username is None and _is_turn(server)
        else server
        for server in servers
    )


def _is_turn(server: IceServer) -> bool:
    return any(url.startswith(("turn:", "turns:")) for url in server.urls)


def ice_configuration(ice: Sequence[IceServer]) -> dict[str, list[dict[str, Any]]]:
    """What a browser takes as RTCConfiguration. Never None: that would mean a public STUN server."""
    servers = []
    for server in ice:
        entry: dict[str, Any] = {"urls": list(server.urls)}
        if server.username is not None:
            entry |= {"username": server.username, "credential": server.credential}
        servers.append(entry)
    return {"iceServers": servers}
