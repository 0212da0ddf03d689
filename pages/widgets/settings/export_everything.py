"""Download everything the store knows about this candidate: CSV and Parquet in one archive."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import streamlit as st

from pages.widgets import resources


def show() -> None:
    """Draw the two buttons: make the archive, then take it."""
    if st.button("Prepare a download of everything that is mine"):
        with st.spinner("Collecting your data ..."):
            st.session_state["export"] = archive()
    if "export" in st.session_state:
        st.download_button(
            "Download (CSV files in a zip archive)", st.session_state["export"], "rehearse.zip"
        )


def archive() -> bytes:
    """The zip archive of all tables, as CSV and Parquet; recordings stay in their folder."""
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w") as target:
        for path in resources.store().export(resources.candidate_id(), Path(folder)):
            target.write(path, path.name, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
