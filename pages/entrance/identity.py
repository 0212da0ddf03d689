"""Who is signed in, from Streamlit's signed cookie: in a page's run, and in a request for a recording.

Whether anybody signs in at all was decided when the server started (`door`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from data.domain.cohort import Identity
from data.domain.letters import keepable
from pages.entrance import door, streamlit_inside


def is_needed() -> bool:
    """Whether there is more than one local candidate here: also where nobody is let in."""
    return door.of_server().kind != "local"


def providers() -> tuple[str, ...]:
    """The names of the configured providers; the one that needs no name is called "default"."""
    auth = door.of_server().auth
    named = tuple(name for name, value in auth.items() if isinstance(value, Mapping) and "client_id" in value)
    return named if "client_id" not in auth else ("default", *named)


def of_session() -> Identity | None:
    """Who is signed in in this browser session; nobody where nobody is let in."""
    signed_in = door.of_server().kind == "hosted" and st.user.get("is_logged_in")
    return _identity(dict(st.user)) if signed_in else None


def of_cookies(cookies: Mapping[str, str]) -> Identity | None:
    """Who is signed in according to the cookies of a request; None when they are missing, old or forged."""
    secret = str(door.of_server().auth.get("cookie_secret", ""))
    claims = streamlit_inside.signed_claims(cookies, secret) if secret else {}
    return _identity(claims) if claims.get("is_logged_in") else None


def _identity(claims: Mapping[str, Any]) -> Identity:
    told = [claims.get(name) for name in ("provider", "iss", "sub", "iat", "nonce")]
    return Identity(
        issuer=str(claims.get("iss", "")),
        subject=str(claims.get("sub", "")),
        name=keepable(str(claims.get("name") or claims.get("email") or "Unnamed")),
        email=keepable(str(claims.get("email") or "")),
        email_verified=_is_true(claims.get("email_verified")),
        key=hashlib.sha256(json.dumps(told).encode()).hexdigest(),
        issued_at=datetime.fromtimestamp(float(claims.get("iat") or 0), UTC),
    )


def _is_true(claim: object) -> bool:
    """OpenID asks for a JSON boolean; Apple and Amazon Cognito document the word "true" as well."""
    return claim is True or claim == "true"
