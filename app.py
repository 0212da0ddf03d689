"""The table of contents: page config and navigation. Started with `streamlit run app.py`.

The file is read twice: as a module it gives the web server its gate (`pages/entrance/gate.py`) and its
extra routes (recordings, see `pages/widgets/review/player.py`), and as a script it draws the navigation for
every browser session.
"""

from __future__ import annotations

import streamlit as st

# A chosen segment in the colour of text: the theme's own is too faint on a dark ground (3.6 to 1).
# What is written in a chart in the colour of text, unless it lies on a coloured cell (black or white there):
# the theme's own grey is too faint on white (3.8 to 1).
# A link stands under the text around it, and goes on in the next line where it is wider than a phone.
_READABLE = """<style>
[data-selected="true"], [role="tab"][aria-selected="true"] p { color: inherit !important; }
.js-plotly-plot :is([class$="tick"] > text, text[class$="title"], .bartext-outside, .annotation-text:not(
  [style*="fill: rgb(0, 0, 0)"], [style*="fill: rgb(255, 255, 255)"])) { fill: currentColor !important; }
[data-testid="stMarkdownContainer"] > blockquote:only-child { margin-block: 0; }
[data-testid="stPageLink"] a { translate: -0.5rem; }
[data-testid="stPageLink"] p { white-space: normal; }
</style>"""

if __name__ == "__main__":
    st.set_page_config(page_title="Rehearse", page_icon="🎙️", layout="wide")
    st.html(_READABLE)
    from pages.widgets import pulse, under_way_line
    from pages.widgets.review import judging_cut_off
    from pages.widgets.settings import carried_recordings, exam, many_answers
    from pages.widgets.sharing import sign_in

    everything = [
        sign_in.page("pages/home.py", "Home", "everybody", default=True),
        sign_in.page("pages/practice.py", "Practice", "everybody"),
        sign_in.page("pages/interview.py", "Interview", "everybody"),
        sign_in.page("pages/review.py", "Review", "everybody"),
        sign_in.page("pages/progress.py", "Progress", "everybody"),
        sign_in.page("pages/study.py", "Study", "everybody"),
        sign_in.page("pages/questions.py", "Your questions", "everybody"),
        sign_in.page("pages/settings.py", "Settings", "everybody"),
        sign_in.page("pages/measure.py", "How we measure", "everybody"),
        sign_in.page("pages/agreement.py", "Agreement", "everybody"),
        sign_in.page("pages/sharing.py", "Sharing", "signed in"),
        sign_in.page("pages/cohort.py", "Cohort", "instructors"),
        sign_in.page("pages/people.py", "People", "administrators"),
        sign_in.page("pages/answer.py", "Answer", "by link"),
    ]
    listed = [one for one in everything if one is not None]
    page = st.navigation(listed, position="top" if sign_in.is_done() else "hidden")
    pulse.still()
    if sign_in.is_done():
        judging_cut_off.go_on()
        exam.go_on()
        many_answers.go_on()
        carried_recordings.go_on()
        under_way_line.show(page.url_path)
    if sign_in.is_done() or sign_in.is_open_to_all(page.url_path):
        page.run()
    else:
        sign_in.show()
elif __name__ != "__mp_main__":  # a worker process of this one runs the file too, and serves nothing
    from starlette.middleware import Middleware

    from pages.entrance import door, streamlit_inside
    from pages.entrance.counted_requests import Counted
    from pages.entrance.gate import Gate
    from pages.entrance.metrics import METRICS
    from pages.widgets import garbage_collection, pulse
    from pages.widgets.review.player import recording_route
    from pages.widgets.sandbox.served import sandbox_route
    from pages.widgets.settings.export_everything import archive_route
    from pages.widgets.uploads import Receiving
    from pages.widgets.watched_from_outside import ends_gracefully, metrics_route, ready_route

    # Until st.navigation has run once, Streamlit would serve a direct link to /review by its own page list.
    streamlit_inside.serve_only_listed_pages()
    garbage_collection.look_after()
    pulse.look_after()
    gate = Middleware(Gate, door=door.open_up())
    counted = Middleware(Counted, metrics=METRICS, logs=door.logs_json())
    served = [recording_route, sandbox_route, archive_route, ready_route, metrics_route]
    passed = [counted, gate, Middleware(Receiving)]
    app = st.App(__file__, routes=served, middleware=passed, lifespan=ends_gracefully)
