"""What a provider claims about somebody, and what of it counts."""

from __future__ import annotations

import pytest

from data.front_door import Door
from pages.entrance import door, identity, streamlit_inside


@pytest.mark.parametrize(
    ("claim", "counts"),
    [(True, True), ("true", True), (1, False), (1.0, False), ("True", False), ([True], False), (None, False)],
)
def test_only_what_providers_document_as_true_makes_an_address_verified(
    monkeypatch: pytest.MonkeyPatch, claim: object, counts: bool
) -> None:
    claims = {"is_logged_in": True, "iss": "i", "sub": "s", "email": "a@b.example", "email_verified": claim}
    monkeypatch.setattr(door, "of_server", lambda: Door("hosted", auth={"cookie_secret": "x"}))
    monkeypatch.setattr(streamlit_inside, "signed_claims", lambda cookies, secret: claims)
    found = identity.of_cookies({})
    assert found is not None and found.email_verified is counts


def test_a_name_with_half_a_sign_is_a_name() -> None:
    assert identity._identity({"name": "Ada \ud83d", "sub": "1"}).name == "Ada �"
