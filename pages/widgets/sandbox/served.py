"""The files that the code editor and its sandbox load in the browser, and the policy that closes the sandbox.

Nothing here knows of a candidate: everybody may have these files, and they are the same for all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.domain import RehearseError
from data.weights import PYODIDE, verified
from pages.entrance.streamlit_inside import under_base

_HERE = Path(__file__).parent
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
_FILES = {
    "codemirror.js": _HERE.parent / "vendor" / "codemirror.js",
    "runner.js": _HERE / "runner.js",
    "worker.js": _HERE / "worker.js",
}
_FRAME = _HERE / "frame.html"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HARNESS = (_HERE / "harness.py").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """The content security policy of the frame: its own script, workers it makes, and no connection."""
    found = _SCRIPT.search(_FRAME.read_text(encoding="utf-8"))
    digest = hashlib.sha256((found[1] if found else "").encode()).digest()
    own = f"'sha256-{base64.b64encode(digest).decode()}'"
    allowed = f"script-src {own} blob: 'wasm-unsafe-eval'; worker-src blob:"
    return f"sandbox allow-scripts; default-src 'none'; {allowed}"


@cache
def urls() -> dict[str, str]:
    """Where the browser finds each file; the address changes when the file does."""
    hashed = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _FILES.items()}
    found = {name.removesuffix(".js"): _url(f"{name}?v={digest[:16]}") for name, digest in hashed.items()}
    frame = hashlib.sha256(_FRAME.read_bytes() + policy().encode()).hexdigest()
    return {
        **found,
        "frame": _url(f"{_FRAME.name}?v={frame[:16]}"),
        "pyodide": _url(PYODIDE.path.name),
    }


def _url(name: str) -> str:
    return under_base(f"/sandbox/{name}")


async def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name == _FRAME.name:
        return HTMLResponse(
            _FRAME.read_text(encoding="utf-8"), headers={**_FOR_GOOD, "Content-Security-Policy": policy()}
        )
    if name in _FILES:
        return FileResponse(_FILES[name], media_type="text/javascript", headers=_FOR_GOOD)
    if name != PYODIDE.path.name:
        return PlainTextResponse("There is no such file.", status_code=404)
    try:
        return FileResponse(verified(PYODIDE), media_type="application/octet-stream", headers=_FOR_GOOD)
    except RehearseError as error:
        return PlainTextResponse(str(error), status_code=500)


sandbox_route = Route(_url("{name}"), _serve)
