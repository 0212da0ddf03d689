"""The headers of every answer: policy, frames, types, referrers; HTTPS where people come over it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from data.domain import RehearseError
from data.front_door import Door, refused
from pages.entrance.gate import Gate
from pages.widgets.sandbox.served import sandbox_route, urls

HTTPS = Door("hosted", frozenset({"rehearse.example"}), "https://rehearse.example")
HTTP = Door("hosted", frozenset({"rehearse.example"}), "http://rehearse.example")


def client(door: Door) -> TestClient:
    async def hello(request: Request) -> Response:
        answer = PlainTextResponse("hello")
        answer.set_cookie("_streamlit_user", "signed", httponly=True)
        answer.headers.append("Set-Cookie", "secure_enough=1; Path=/")
        answer.headers.append("Set-Cookie", "kept=1; secure")
        return answer

    gate = Middleware(Gate, door=door)
    app = Starlette(routes=[Route("/", hello), sandbox_route], middleware=[gate])
    return TestClient(app, base_url="http://rehearse.example", client=("127.0.0.1", 1))


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/none", urls()["runner"]])
@pytest.mark.parametrize("door", [HTTPS, HTTP, refused(RehearseError("Broken.")), Door("local")])
def test_every_answer_also_a_refusal_carries_the_policy(door: Door, path: str) -> None:
    headers = client(door).get(path).headers
    policy = headers["content-security-policy"]
    for part in (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "frame-ancestors 'self'",
        "object-src 'none'",
    ):
        assert part in policy
    assert "'unsafe-eval'" not in policy and "http" not in policy and "*" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_narrower_policy_of_the_sandbox_stays_and_foreign_frames_are_kept_off_it_too() -> None:
    policies = client(HTTPS).get(urls()["frame"]).headers.get_list("content-security-policy")
    assert len(policies) == 2
    assert policies[0].startswith("sandbox allow-scripts; default-src 'none'")
    assert policies[1] == "frame-ancestors 'self'"


def test_over_https_cookies_and_addresses_stay_there() -> None:
    headers = client(HTTPS).get("/").headers
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    cookies = headers.get_list("set-cookie")
    assert len(cookies) == 3
    assert all(cookie.lower().count("; secure") == 1 for cookie in cookies)


def test_without_https_nothing_pretends_it() -> None:
    headers = client(HTTP).get("/").headers
    assert "strict-transport-security" not in headers
    assert sum("secure" in cookie.lower().split("; ") for cookie in headers.get_list("set-cookie")) == 1
