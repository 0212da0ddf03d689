"""What we use inside Streamlit and streamlit-webrtc is there, in one file each; a pin that moves says so."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

from data.settings import PROJECT_ROOT
from pages.entrance import streamlit_inside
from pages.widgets.answer import webrtc_inside

STREAMLIT, WEBRTC = "pages/entrance/streamlit_inside.py", "pages/widgets/answer/webrtc_inside.py"
PUBLIC = {"streamlit", "streamlit_webrtc"}
INSIDE_STREAMLIT = {
    "streamlit.auth_util": ("get_cookie_with_chunks",),
    "streamlit.config": ("get_option", "set_option", "is_manually_set"),
    "streamlit.file_util": ("get_static_dir",),
    "streamlit.proto.BackMsg_pb2": ("BackMsg",),
    "streamlit.runtime": ("get_instance",),
    "streamlit.runtime.pages_manager": ("PagesManager.uses_pages_directory",),
    "streamlit.runtime.app_session": (
        "AppSession.request_rerun",
        "AppSession._client_state",
        "AppSession._call_soon_on_event_loop",
    ),
    "streamlit.runtime.runtime": (
        "Runtime.is_active_session",
        "Runtime.uploaded_file_mgr",
        "Runtime._session_mgr",
    ),
    "streamlit.runtime.session_manager": ("SessionManager.get_active_session_info",),
    "streamlit.runtime.memory_uploaded_file_manager": ("MemoryUploadedFileManager.add_file",),
    "streamlit.runtime.scriptrunner": ("get_script_run_ctx",),
    "streamlit.runtime.uploaded_file_manager": ("UploadedFileRec",),
    "streamlit.url_util": ("make_url_path",),
    "streamlit.web.server.server_util": ("AUTH_COOKIE_NAME", "is_xsrf_enabled"),
    "streamlit.web.server.starlette.starlette_app_utils": ("decode_signed_value", "validate_xsrf_token"),
    "streamlit.web.server.starlette.starlette_server_config": ("XSRF_COOKIE_NAME",),
}
INSIDE_WEBRTC = {
    "streamlit_webrtc.webrtc": ("SignallingTimeoutError", "WebRtcWorker.stop", "WebRtcWorker.pc"),
    "streamlit_webrtc.component": (
        "WebRtcStreamerContext._get_worker",
        "WebRtcStreamerContext._set_worker",
        "WebRtcStreamerContext._sdp_answer_json",
        "WebRtcStreamerContext._last_rendered_run_count",
    ),
}
NAMES = [
    pytest.param("streamlit", STREAMLIT, module, name, id=f"{module} {name}")
    for module, names in INSIDE_STREAMLIT.items()
    for name in names
] + [
    pytest.param("streamlit-webrtc", WEBRTC, module, name, id=f"{module} {name}")
    for module, names in INSIDE_WEBRTC.items()
    for name in names
]


def has(module: str, name: str) -> bool:
    """Whether the module has it: a name, or an attribute that one of its classes sets on itself."""
    try:
        owner = import_module(module)
    except ImportError:
        return False
    first, _, rest = name.partition(".")
    found = getattr(owner, first, None)
    if found is None or not rest:
        return found is not None
    return (
        hasattr(found, rest)
        or f"self.{rest}" in inspect.getsource(found)
        or f"{rest}:" in inspect.getsource(found)
    )


@pytest.mark.parametrize(("library", "file", "module", "name"), NAMES)
def test_what_we_use_inside_a_library_is_still_there(library: str, file: str, module: str, name: str) -> None:
    assert has(module, name), f"{library} {version(library)} has no {module}: {name} any more. See {file}."


@pytest.mark.parametrize(
    ("library", "file", "tried_with"),
    [
        ("streamlit", STREAMLIT, streamlit_inside.TRIED_WITH),
        ("streamlit-webrtc", WEBRTC, webrtc_inside.TRIED_WITH),
    ],
)
def test_a_pin_that_moves_asks_for_the_browser_tests(library: str, file: str, tried_with: str) -> None:
    assert version(library) == tried_with, (
        f"{library} is {version(library)} here, and {file} was tried with {tried_with}. "
        f"Run the browser tests with this version, then write it into TRIED_WITH of {file}."
    )


def inside(path: Path) -> list[str]:
    """What a file imports from inside the two libraries, and the private attributes it asks others for."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in PUBLIC:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [name for name in whole if node.module not in PUBLIC or name in INSIDE_STREAMLIT]
        elif isinstance(node, ast.Import):
            found += [
                alias.name for alias in node.names if alias.name.partition(".")[0] in PUBLIC - {alias.name}
            ]
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            mine = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            found += [] if mine else [f".{node.attr}"]
    return found


def test_nothing_else_reaches_inside_a_library() -> None:
    files = [PROJECT_ROOT / "app.py", *(PROJECT_ROOT / "pages").rglob("*.py")]
    reaching = {str(path.relative_to(PROJECT_ROOT)): inside(path) for path in files}
    assert {file for file, names in reaching.items() if names} == {STREAMLIT, WEBRTC}
