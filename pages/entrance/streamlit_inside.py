"""All that we use of Streamlit beyond its documented calls; nothing else reaches inside it.

`tests/pages/test_private_apis.py` says in plain words what is missing when the pinned version moves.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.protobuf.message import DecodeError
from streamlit import config, file_util, logger
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import get_instance
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.url_util import make_url_path
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, is_xsrf_enabled
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value, validate_xsrf_token
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from data.domain.letters import keepable

__all__ = ["UploadedFileRec"]
TRIED_WITH = "1.67.0"
_UNKEEPABLE = re.compile(rb"\0|\\u(?:d[89a-f]|0000)", re.IGNORECASE)
"""What may be half a sign of a JSON text, or a NUL; most messages have neither."""


def option(name: str) -> Any:
    """A setting of the server; `st.get_option` may be asked for fewer."""
    return config.get_option(name)


def set_option(name: str, value: object) -> None:
    """Set it while the server starts, before anybody is served."""
    config.set_option(name, value)


def log_with(handler: logging.Handler) -> None:
    """Whatever Streamlit logs, now or from a part it loads later, goes to this handler alone."""

    def take(logger: logging.Logger) -> None:
        logger.handlers[:] = [handler]

    logger.setup_formatter = take
    logger.update_formatter()


def is_set_by_hand(name: str) -> bool:
    """Whether somebody set it: in a file, an environment variable or on the command line."""
    return config.is_manually_set(name)


def under_base(path: str) -> str:
    """The address of something we serve, below the sub-path that the server may have (server.baseUrlPath)."""
    return make_url_path(option("server.baseUrlPath"), path)


def first_page() -> str:
    """The HTML that a browser is given first."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


def signed_claims(cookies: Mapping[str, str], secret: str) -> Mapping[str, Any]:
    """What the cookies of a request say of who is signed in; nothing when they are missing or forged."""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        if value is None:
            return None
        return decode_signed_value(secret, name, value.encode("latin-1"))

    payload = get_cookie_with_chunks(signed, AUTH_COOKIE_NAME)
    claims: Mapping[str, Any] = json.loads(payload) if payload else {}
    return claims


def allowed(frame: bytes) -> bytes | None:
    """A browser's message with every text in it as a database takes it.

    None when it asks to empty the memory that all visits share.
    """
    try:
        message = BackMsg.FromString(frame)
    except DecodeError:
        return frame  # Streamlit says what is wrong with it
    if message.WhichOneof("type") == "clear_cache":
        return None
    if not _UNKEEPABLE.search(frame):
        return frame
    for state in message.rerun_script.widget_states.widgets:
        kind = state.WhichOneof("value")
        if kind in ("json_value", "json_trigger_value"):
            setattr(state, kind, _keepable_json(getattr(state, kind)))
        elif kind == "string_value":
            state.string_value = keepable(state.string_value)
    return bytes(message.SerializeToString())


def _keepable_json(text: str) -> str:
    try:
        return json.dumps(_keepable(json.loads(text)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return text  # whoever reads it cannot either


def _keepable(value: Any) -> Any:
    match value:
        case str():
            return keepable(value)
        case list():
            return [_keepable(one) for one in value]
        case dict():
            return {keepable(name): _keepable(one) for name, one in value.items()}
        case _:
            return value


def browser_session() -> str:
    """The browser session that is being drawn; "" outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def serve_only_listed_pages() -> None:
    """Let no address be served before `st.navigation` has run once: it would go by the folder's files."""
    PagesManager.uses_pages_directory = False


def is_open(session: str) -> bool:
    """Whether a browser still has this session's page open."""
    return get_instance().is_active_session(session)


def redraw(session: str) -> None:
    """Run the page of a browser session again, as if the browser had asked; safe on any thread."""
    sessions: Any = get_instance()._session_mgr
    found = sessions.get_active_session_info(session)
    if found is not None:
        page = found.session
        page._call_soon_on_event_loop(lambda: page.request_rerun(page._client_state))


def came_from_our_page(headers: Mapping[str, str], cookies: Mapping[str, str]) -> bool:
    """Whether a request carries the mark that only our own page can read, where Streamlit asks for it."""
    supplied, cookie = headers.get("x-xsrftoken"), cookies.get(XSRF_COOKIE_NAME)
    return not is_xsrf_enabled() or bool(validate_xsrf_token(supplied, cookie))


def hand_over(session: str, file: UploadedFileRec) -> None:
    """Let the session's page find a file that was received for it."""
    files: Any = get_instance().uploaded_file_mgr
    files.add_file(session, file)
