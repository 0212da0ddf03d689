"""The log as JSON, a line an event: when, how grave, which part, what, of which request.

Of an error the kind and the places in the code are told, not its text: that may quote somebody.
"""

from __future__ import annotations

import json
import logging
import re
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb

from pages.entrance import streamlit_inside

REQUEST_ID: ContextVar[str] = ContextVar("request id", default="")
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_PLACES = 8


def request_id(given: str) -> str:
    """The id that a proxy gave a request, or a new one."""
    return given if _GIVEN.fullmatch(given) else uuid.uuid4().hex


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The event as a line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "message": record.getMessage(),
        }
        if REQUEST_ID.get():
            line["request"] = REQUEST_ID.get()
        line.update(getattr(record, "told", {}))
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            places = extract_tb(record.exc_info[2])[-_PLACES:]
            line["at"] = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in places]
        return json.dumps(line, ensure_ascii=False)


def switch_on() -> None:
    """From now on everything this process logs is a JSON line on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)  # what libraries tell beside trouble has addresses in it
    logging.getLogger("rehearse").setLevel(logging.INFO)
    for name in logging.root.manager.loggerDict:
        known = logging.getLogger(name)
        if known.handlers:
            known.handlers[:] = [handler]
            known.propagate = False
    streamlit_inside.log_with(handler)
    logging.getLogger(
        "uvicorn.access"
    ).disabled = True  # whole addresses; ours says what sort of thing it was
