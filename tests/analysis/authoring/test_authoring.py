"""What the writer of a question is told, on questions with one thing wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from analysis.authoring.__main__ import main, quick, slowly, told
from analysis.authoring.accepted import as_line, no_longer_needed, still_open
from analysis.authoring.addresses import broken_links
from analysis.authoring.alike import alike, unknown_apart
from analysis.authoring.complete import incomplete, out_of_form
from analysis.authoring.finding import Finding
from analysis.authoring.giveaways import told_by_meaning, told_by_words
from analysis.authoring.wrong_sums import slips, wrong_sums
from data.domain import Fact, KeyPoint, Misconception, Observation, Question, Twist
from tests.stored import shipped_questions

SAID = "Short codes come from a counter range that is leased to each node, so that no two nodes collide."
HINTS = (
    "Who decides which one comes next?",
    "Think of handing out work in blocks.",
    "Lease counter ranges.",
)
POINT = KeyPoint("k1", SAID, "How do you make sure that none is given twice?", "C1", "say", HINTS)
WRONG = Misconception(
    wrong="Two machines draw at random and that never gives the same one twice in my life.",
    near_right="Two machines draw at random and that sometimes gives the same one twice in my life.",
    right="Random draws meet after about the square root of the space.",
    challenge="How many can you draw until two are likely to be alike?",
    source="Knuth, The Art of Computer Programming, volume 3",
    contradicts=1,
)
WORDS = " ".join(["word"] * 130)
WHOLE = Question(
    id="links",
    category="system_design",
    level="mid",
    title="Short links",
    text="Design a service for short links.",
    topic="storage",
    competencies=("C1",),
    minutes=8,
    key_points=(POINT,) * 5,
    facts=(Fact("volume", "About 40 new links a second."),) * 12,
    misconceptions=(WRONG,) * 3,
    twist=Twist("ten_times", "Ten times as many by spring. What changes?"),
    expected=dict.fromkeys(("junior", "mid", "senior", "staff"), "Says it."),
    follow_ups=("And with guests?", "And abroad?"),
    examples={"mid": WORDS, "senior": WORDS},
)


def problems(findings: Iterable[Finding]) -> list[str]:
    return [f"{one.where}: {one.problem}" for one in findings]


def test_a_question_with_everything_has_nothing_to_mend() -> None:
    assert problems(quick([WHOLE], [WHOLE])) == []
    assert problems(slowly(WHOLE)) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"facts": WHOLE.facts[:11]}, "facts: has 11, needs 12 or more"),
        ({"misconceptions": (WRONG,) * 9}, "misconceptions: has 9, needs 3 to 8"),
        ({"twist": None}, "twist: a design needs one"),
        ({"expected": {"mid": "Says it."}}, "expected: needs junior, senior, staff"),
        ({"examples": {"mid": WORDS}}, "examples: needs senior"),
        ({"follow_ups": ()}, "follow_ups: has 0, needs 2 to 4"),
        ({"topic": "debugging"}, "observations: has 0, needs 6 or more"),
        ({"key_points": (replace(POINT, hints=()),) * 5}, "key_points, item 1: needs hints: a narrower"),
        ({"misconceptions": (replace(WRONG, source=""),) * 3}, "misconceptions, item 1: needs source"),
    ],
)
def test_what_is_missing_is_named(changed: dict[str, object], expected: str) -> None:
    assert any(one.startswith(expected) for one in problems(incomplete(replace(WHOLE, **changed))))  # type: ignore[arg-type]


def test_a_story_of_ones_own_needs_neither_facts_nor_misconceptions() -> None:
    story = replace(WHOLE, category="behavioral", facts=(), misconceptions=(), twist=None)
    assert problems(incomplete(story)) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"examples": {"mid": "Too short."}}, "examples, mid: has 2 words, not 120 to 200"),
        ({"misconceptions": (replace(WRONG, wrong="No."),)}, "misconceptions, item 1, wrong: has 1 words"),
        (
            {"misconceptions": (replace(WRONG, challenge="Why? And how?"),)},
            "misconceptions, item 1, challenge: must be one question",
        ),
        (
            {"key_points": (replace(POINT, hints=("Think.", *HINTS[1:])),)},
            "key_points, item 1, hints, item 1: must be one question",
        ),
        ({"twist": Twist("abuse", WORDS)}, "twist, text: has 130 words, not 4 to 35"),
    ],
)
def test_what_has_the_wrong_form_is_named(changed: dict[str, object], expected: str) -> None:
    assert any(one.startswith(expected) for one in problems(out_of_form(replace(WHOLE, **changed))))  # type: ignore[arg-type]


GIVEN_AWAY = "Would you lease a counter range to each node so that two nodes never collide?"


@pytest.mark.parametrize(
    "leaking",
    [
        replace(WHOLE, key_points=(replace(POINT, probe="Would a counter do?"),)),
        replace(WHOLE, key_points=(replace(POINT, hints=(GIVEN_AWAY, *HINTS[1:])),)),
        replace(WHOLE, key_points=(replace(POINT, hints=(HINTS[0], GIVEN_AWAY, HINTS[2])),)),
        replace(WHOLE, misconceptions=(replace(WRONG, challenge=GIVEN_AWAY),)),
        replace(WHOLE, twist=Twist("exact", GIVEN_AWAY)),
        replace(WHOLE, facts=(Fact("other", SAID),)),
        replace(WHOLE, observations=(Observation("the code", SAID),)),
    ],
)
def test_a_line_with_the_words_of_a_key_point_gives_it_away(leaking: Question) -> None:
    assert ["gives key point 1 away" in one for one in problems(told_by_words(leaking))] != []


def test_a_third_hint_may_say_the_content() -> None:
    open_hint = replace(WHOLE, key_points=(replace(POINT, hints=(*HINTS[:2], SAID)),))
    assert problems(told_by_words(open_hint)) == []


def test_a_line_that_says_a_key_point_in_other_words_gives_it_away() -> None:
    clashes = "Reports conflicting or duplicate patterns at registration, when a programmer sees it."
    first = replace(POINT, text=clashes)
    leaking = replace(
        WHOLE,
        title="Routes",
        text="Write a router for paths.",
        key_points=(first, replace(POINT, id="k2", text="Walks a tree with one level for each part.")),
        misconceptions=(replace(WRONG, challenge="Two developers register the same pattern: who sees it?"),),
    )
    assert problems(told_by_words(leaking)) == []
    (found,) = problems(told_by_meaning(leaking))
    assert found.startswith("misconceptions, item 1, challenge: gives key point 1 away in meaning")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://www.rfc-editor.org/rfc/rfc9110", ""),
        ("(https://example.org/a_(b))", ""),
        ("ftp://example.org/a", "must begin with"),
        ("www.example.org", "must begin with"),
        ("https://example/a", "has no such host"),
        ("https://exa mple.org", "has no such host"),
        ("https://example.org/a.", "ends with a sign"),
    ],
)
def test_an_address_is_judged_by_its_form(address: str, problem: str) -> None:
    reading = broken_links(replace(WHOLE, reading=(f"Xu, {address}",)))
    source = broken_links(replace(WHOLE, misconceptions=(replace(WRONG, source=address),)))
    for found in (problems(reading), problems(source)):
        assert [problem in one for one in found] == ([True] if problem else [])


def test_a_sum_is_computed_again_from_the_facts() -> None:
    told = replace(
        WHOLE, facts=(Fact("volume", "10 million messages a day come in, and each has 1 kilobyte."),)
    )
    right, wrong = "That makes 10 gigabytes a day.", "That makes 100 gigabytes a day."
    assert slips(told, right) == []
    assert len(slips(told, wrong)) == 1
    (found,) = problems(wrong_sums(replace(told, outline=wrong, examples={})))
    assert found.startswith("outline: “100 gigabytes a day”")


@pytest.mark.slow
def test_questions_much_alike_are_kept_apart_or_one_goes() -> None:
    bank = {question.id: question for question in shipped_questions()}
    one, other = replace(bank["chat-service"], apart=()), bank["lru-cache"]
    near = replace(other, key_points=(*other.key_points[:2], *one.key_points[:2]))
    (found,) = alike([one, near])
    assert "is much like lru-cache" in found.problem and "name it here" in found.problem
    assert list(alike([one, replace(near, apart=(one.id,))])) == []
    (found,) = alike([one, replace(one, id="copy", apart=(one.id,))])
    assert "keep one of the two" in found.problem
    assert list(alike([one, other])) == []


def test_a_name_in_apart_is_that_of_another_question() -> None:
    wrong = replace(WHOLE, apart=("nowhere", "links"))
    assert problems(unknown_apart([wrong])) == [
        "apart, item 1: 'nowhere' is not another question",
        "apart, item 2: 'links' is not another question",
    ]


def test_an_accepted_finding_is_silent_and_a_line_that_accepts_nothing_is_told() -> None:
    (finding,) = incomplete(replace(WHOLE, twist=None))
    line = as_line(finding)
    assert still_open([finding], [line]) == []
    assert no_longer_needed([finding], [line, "links, outline: gone"]) == ["links, outline: gone"]


def test_a_finding_names_file_and_line() -> None:
    finding = Finding("lru-cache", ("key_points", 1, "probe"), "form", "is odd")
    lines = told(finding).split(":", 2)
    assert lines[0] == "data/bank/lru-cache.yaml" and int(lines[1]) > 2
    assert lines[2] == " key_points, item 2, probe: is odd"


@pytest.mark.slow
def test_an_unknown_question_is_refused_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere"]) == 1
    assert "There is no question 'nowhere'" in capsys.readouterr().err
