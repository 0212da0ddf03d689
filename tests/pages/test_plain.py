"""What people, files and models wrote is drawn as text, on every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.widgets.plain import plain, plain_lines
from tests.drawn_text import data_drawn_as_markdown

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    "line",
    [
        "st.markdown(cohort.name)",
        "st.markdown(f'**{cohort.name}**')",
        "st.markdown(f'{plain(cohort.name)}: {cohort.name}')",
        "st.markdown(f'**{cohort.name:>10}**')",
        "st.markdown('**%s**' % cohort.name)",
        "st.markdown('**{}**'.format(cohort.name))",
        "st.markdown('**{who}**'.format(who=cohort.name))",
        "st.markdown('**' + cohort.name + '**')",
        "st.markdown('\\n'.join(f'- {one.name}' for one in cohort.members))",
        "st.markdown(', '.join(cohort.names))",
        "st.markdown(body=cohort.name)",
        "said = cohort.name\n    st.caption(said)",
        "said = 'a'\n    said += cohort.name\n    st.caption(said)",
        "said = 'a' if cohort else cohort.name\n    st.caption(said)",
        "for one in cohort.members:\n        st.markdown(one)",
        "with st.container() as box:\n        box.markdown(cohort.name)",
        "left, right = st.columns(2)\n    right.markdown(cohort.name)",
        "st.container().markdown(cohort.name)",
        "st.button('Go', help=cohort.note)",
        "st.button(cohort.name)",
        "st.expander(cohort.name)",
        "st.error('Sorry', title=cohort.name)",
        "st.pills('Which', cohort.names)",
        "st.pills('Which', cohort.ids, format_func=lambda one: cohort.names[one])",
        "st.radio('Which', cohort.ids, format_func=named)",
        "st.tabs([cohort.name])",
        "st.table({'Who': [one.name for one in cohort.members]})",
        "st.table({one.name: [1] for one in cohort.members})",
        "st.metric('Name', cohort.name)",
        "st.markdown(named(cohort))",
        "st.markdown(sentence_of(cohort))",
        "st.markdown(cohort.name or 'nobody')",
        "st.markdown({'a': cohort.name}['a'])",
        "st.markdown(''.join([cohort.name]))",
        "st.toast(f'Kept {cohort.name}.')",
        "try:\n        pass\n    except ValueError as error:\n        st.error(error)",
    ],
)
def test_the_check_finds_data_however_it_is_drawn(line: str) -> None:
    source = (
        "import streamlit as st\nfrom analysis.cohorts import sentence_of\n"
        "from pages.widgets.plain import plain\n\n\n"
        f"def show(cohort):\n    {line}\n\n\ndef named(cohort):\n    return f'{{cohort.name}}'\n"
    )
    assert len(data_drawn_as_markdown(source, ROOT)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "st.markdown('**Ours**')",
        "st.markdown(f'**{plain(cohort.name)}** · {cohort.made_at:%d %b %Y} · {cohort.mean:.1f}')",
        "st.markdown(f'{len(cohort.members)} people')",
        "st.markdown(TITLES.get(cohort.kind, 'other'))",
        "st.markdown(TITLES[cohort.kind])",
        "st.selectbox('Which', cohort.names)",
        "st.text(cohort.name)",
        "st.code(cohort.name)",
        "st.pills('Which', cohort.ids, format_func=lambda one: plain(cohort.names[one]))",
        "said = 'one' if cohort else 'two'\n    st.caption(said)",
        "st.markdown(named(cohort))",
        "st.markdown('\\n'.join(f'- {plain(one)}' for one in cohort.names))",
        "st.markdown('\\n'.join(f'- {rule}' for rule in RULES.values()))",
    ],
)
def test_the_check_lets_our_own_words_and_plain_data_through(line: str) -> None:
    source = (
        "import streamlit as st\nfrom pages.widgets.plain import plain\n\nTITLES = {}\nRULES = {}\n\n\n"
        f"def show(cohort):\n    {line}\n\n\ndef named(cohort):\n    return plain(cohort.name)\n"
    )
    assert data_drawn_as_markdown(source, ROOT) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("![x](https://x.example/p.png)", "\\!\\[x\\](https:\u2060//x.example/p.png)"),
        ("see [Sign in](http://x.example)", "see \\[Sign in\\](http:\u2060//x.example)"),
        ("www.x.example", "www\u2060.x.example"),
        ("<b>x</b> &amp; y", "\\<b\\>x\\</b\\> \\&amp; y"),
        (":red[x] :material/home: 12:30", "\\:red\\[x\\] :\u2060material/home: 12:30"),
        ("$x^2$ `code` a|b ~c~", "\\$x\\^2\\$ \\`code\\` a\\|b \\~c\\~"),
        ("# big", "\\# big"),
        ("1. first", "1\\. first"),
        ("- one\n- two", "\\- one - two"),
        ("C4: Says that it fails.", "C4: Says that it fails."),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a@e.test", "a@\u2060e.test"),
        ("mailto:a@e.test xmpp:a@b.c", "mailto\\:a@\u2060e.test xmpp\\:a@\u2060b.c"),
        (":streamlit: :smile: :+1:", "\\:\u2060streamlit: :\u2060smile: :\u2060+1:"),
        (":material_home:", "\\:\u2060material\\_home:"),
        (":a:b:", "\\:\u2060a:\u2060b:"),
        ("\ufeff# x", "\\# x"),
        (5, "5"),
    ],
)
def test_plain_shows_the_data_as_it_is(data: object, expected: str) -> None:
    assert plain(data) == expected


def test_lines_stay_lines() -> None:
    assert plain_lines("One [x].\n\n- two") == "One \\[x\\].  \n\u00a0  \n\\- two"


@given(st.text(max_size=60))
def test_plain_is_one_line_and_loses_no_letter(data: str) -> None:
    made = plain(data)
    assert "\n" not in made
    letters = [sign for sign in data if sign.isalnum()]
    assert [sign for sign in made if sign.isalnum()] == letters
