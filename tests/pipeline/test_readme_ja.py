"""The Japanese README says what the English one says: the same sections, commands, examples, links and names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
JAPANESE = (ROOT / "README.ja.md").read_text(encoding="utf-8")

SECTIONS = {
    "hyoka (評価)": "hyoka（評価）",
    "Set up": "準備",
    "Convert": "変換",
    "Review": "確認",
    "Ask": "問い合わせ",
    "Years and cities": "年度と自治体",
    "Test": "テスト",
    "Windows": "Windows",
    "Speed": "速さ",
    "And then": "その次に",
}


def headings(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^(#+) (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)


def parts(text: str) -> list[str]:
    return re.split(r"^## ", text, flags=re.MULTILINE)


def code(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def names(text: str) -> set[str]:
    """What stands between backquotes in running text."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)))


def links(text: str) -> list[str]:
    return sorted(target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("README"))


def test_the_sections_are_the_same_in_the_same_order() -> None:
    assert [(level, SECTIONS.get(title)) for level, title in headings(ENGLISH)] == headings(JAPANESE)


def test_every_section_gives_the_same_commands_and_examples() -> None:
    assert [code(part) for part in parts(ENGLISH)] == [code(part) for part in parts(JAPANESE)]


def test_every_section_names_the_same_files_tables_and_options_and_leads_to_the_same_pages() -> None:
    assert [names(part) for part in parts(ENGLISH)] == [names(part) for part in parts(JAPANESE)]
    assert [links(part) for part in parts(ENGLISH)] == [links(part) for part in parts(JAPANESE)]


def test_each_leads_to_the_other() -> None:
    assert "](README.ja.md)" in ENGLISH
    assert "](README.md)" in JAPANESE


def test_it_is_written_in_japanese() -> None:
    """A part left in English, or a paragraph not translated, shows in the share of Japanese characters."""
    for part in parts(JAPANESE):
        prose = re.sub(r"^```.*?^```|`[^`]*`|\([^)]*\)|<[^>]*>", "", part, flags=re.MULTILINE | re.DOTALL)
        paragraphs = [text for text in prose.split("\n\n") if len(text) > 60]
        assert all(len(re.findall(r"[ぁ-んァ-ヶ一-龠]", text)) > len(text) / 2 for text in paragraphs)
