"""Take everything that is kept of this candidate in one archive: tables as CSV and Parquet, and recordings.

The archive is made on disk and sent from there in pieces, to its owner only; `archive_route` serves it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.domain import RehearseError
from pages.entrance.streamlit_inside import under_base
from pages.widgets import problem, resources

_MADE = "export"


def show() -> None:
    """Draw the two buttons: make the archive, then take it."""
    resources.archives().clear_up()
    if st.button("Prepare a download of everything that is mine"):
        try:
            with st.spinner("Collecting your data ..."):
                st.session_state[_MADE] = archive()
        except RehearseError as error:
            problem.draw(error)
    if _MADE in st.session_state:
        st.link_button(
            "Download (one zip archive)",
            under_base(f"/archives/{st.session_state[_MADE]}"),
            help="Tables as CSV and Parquet, and your recordings. It can be fetched once, within the hour.",
        )


def archive() -> str:
    """Make the archive of all tables, as CSV and Parquet, and of all recordings; its name."""
    person = resources.candidate_id()
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        tables = [(path, path.name) for path in resources.session().everything.export(person, Path(folder))]
        recorded = [
            (path, f"recordings/{path.name}")
            for attempt in resources.session().answers.of(person)
            for path in resources.recordings().files_of(attempt.id)
        ]
        return resources.archives().make(person, [*tables, *recorded])


async def _serve(request: Request) -> Response:
    owner = resources.viewer(request.cookies).candidate_id
    try:
        path = resources.archives().path(owner, request.path_params["name"])
    except RehearseError as error:
        return PlainTextResponse(str(error), status_code=404)
    fetched = None if "range" in request.headers else BackgroundTask(path.unlink, missing_ok=True)
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(
        path, media_type="application/zip", filename="rehearse.zip", headers=headers, background=fetched
    )


archive_route = Route(under_base("/archives/{name}"), _serve)
