"""A document cut at its headings: what is a heading, what only looks like one, what a heading says."""

from __future__ import annotations

import re

from extract.text import read_text
from normalize.document.sections import UNKNOWN, Heading, Part, divide, flow, joined
from normalize.document.table_grid import Grid
from normalize.document.text_span import Excerpt, Place
from normalize.text.labels import Labels

POLICY = Heading("policy", pattern=re.compile(r"\((?P<code>\d)\)\s*(?P<name>.*)"))
ISSUE = Heading("issue", labels=Labels("課題"))


def parts_of(*lines: str, headings: tuple[Heading, ...] = (POLICY, ISSUE, UNKNOWN)) -> list[Part]:
    document = read_text("\n\n".join(lines).encode(), "made.txt")
    return divide(document, flow(document), headings)


def cut(*lines: str) -> list[tuple[str, list[str]]]:
    return [(part.kind, [line.text for line in part.lines]) for part in parts_of(*lines)]


def test_what_stands_under_a_heading_is_of_it_up_to_the_next() -> None:
    assert cut("港町計画", "(1) 灯台", "明かりを替える。", "課題", "人が足りない。", "舟が古い。") == [
        ("", ["港町計画"]),
        ("policy", ["明かりを替える。"]),
        ("issue", ["人が足りない。", "舟が古い。"]),
    ]


def test_a_declared_heading_with_nothing_below_stays_one() -> None:
    assert cut("(1) 灯台", "課題", "(2) 桟橋") == [("", []), ("policy", []), ("issue", []), ("policy", [])]


def test_a_heading_in_brackets_that_nobody_declared_ends_what_is_above() -> None:
    assert cut("課題", "人が足りない。", "【参考】", "海図の年表") == [
        ("", []), ("issue", ["人が足りない。"]), ("unknown", ["海図の年表"])
    ]  # fmt: skip


def test_a_heading_in_brackets_with_nothing_below_is_one_and_no_item() -> None:
    assert cut("課題", "人が足りない。", "【参考】") == [("", []), ("issue", ["人が足りない。"]), ("unknown", [])]


def test_a_table_that_is_a_form_is_one_step_and_any_other_gives_its_lines() -> None:
    document = read_text("課題\n\n灯台\t古い\n桟橋\t狭い\n".encode(), "made.txt")
    first, *rest = flow(document, lambda _: True)
    assert isinstance(first, Excerpt)
    assert [type(step) for step in rest] == [Grid]
    assert [step.text for step in flow(document) if isinstance(step, Excerpt)] == [
        "課題",
        "灯台",
        "古い",
        "桟橋",
        "狭い",
    ]


def test_short_lines_behind_one_mark_below_each_other_are_items_and_no_headings() -> None:
    assert cut("課題", "●灯台", "●桟橋", "●海図") == [("", []), ("issue", ["●灯台", "●桟橋", "●海図"])]
    assert cut("課題", "■灯台", "明かりを替える。") == [("", []), ("issue", []), ("unknown", ["明かりを替える。"])]


def test_a_heading_says_what_its_pattern_names() -> None:
    _, policy, issue = parts_of("(1) 灯台", "課題")
    assert [group.text for name in ("code", "name") if (group := policy.group(name)) is not None] == ["1", "灯台"]
    assert policy.group("year") is None
    assert issue.group("code") is None
    _, bare = parts_of("(2) ")
    assert bare.group("name") is None


def test_lines_are_joined_as_long_as_each_goes_on_from_the_one_before() -> None:
    lines = [Excerpt.of(text, Place(0)) for text in ("1", "2", "3", "5", "6")]
    groups = joined(lines, lambda before, after: int(after.text) == int(before.text) + 1)
    assert [[line.text for line in group] for group in groups] == [["1", "2", "3"], ["5", "6"]]
