"""Connect a language model, see where your data is, download everything that is yours, or erase it."""

from __future__ import annotations

import streamlit as st

from data.access import may_configure
from data.domain import RehearseError
from data.domain.credentials import address_shown
from data.version import version
from pages.widgets import problem, resources
from pages.widgets.answer import camera
from pages.widgets.cohort import sample_cohorts_switch
from pages.widgets.plain import plain
from pages.widgets.settings import (
    carried_recordings,
    connection_test,
    erase_everything,
    export_everything,
    language_model_choice,
    many_answers,
    quiet_delivery,
    speech_models,
    voice_settings,
)
from pages.widgets.sharing import sign_in

st.title("Settings")
try:
    settings = resources.settings()
    st.subheader("Language model")
    language_model_choice.show()

    st.subheader("Your data")
    if resources.viewer().role == "local":
        st.markdown(
            f"Results are kept in {plain(settings.database_place)}, recordings in "
            f"{plain(resources.recordings().place)}. Nothing else leaves this computer unless you connect "
            "a model or a server that is elsewhere."
        )
    else:
        st.markdown("Everything is kept on this server until you erase it; what is yours can be downloaded.")
        sign_in.show_way_out()
    if days := settings.recordings_kept_days:
        st.markdown(f"A recording is erased {days:g} days after its answer; what was said and scored stays.")
    carried_recordings.show_trouble()
    sample_cohorts_switch.show()
    export_everything.show()
    erase_everything.show()

    st.subheader("Speech recognition")
    speech_models.show()

    st.subheader("Delivery")
    quiet_delivery.show("quiet-settings")

    st.subheader("The interviewer's voice")
    voice_settings.show()

    st.subheader("Connection for the camera")
    servers = camera.servers()
    if servers:
        st.markdown(", ".join(plain(address_shown(url)) for server in servers for url in server.urls))
        connection_test.show("connection", servers)
    elif not may_configure(resources.viewer()):
        st.markdown("From the server's own network only. Elsewhere record in the browser, or type.")
    else:
        st.markdown("This computer or its own network only. For others, set `ICE_SERVERS` or `TURN_URL`.")
    many_answers.show()
    st.caption(f"Rehearse {plain(version())}")
except RehearseError as error:
    problem.draw(error)
