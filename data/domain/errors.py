"""What goes wrong in a way the user can act on."""

from __future__ import annotations

from data.domain.credentials import without_credentials


class RehearseError(Exception):
    """Something the user can act on: `message` says what happened, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        """Keep both sentences, without any address's password; `str(error)` joins them."""
        message = without_credentials(message)
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy
