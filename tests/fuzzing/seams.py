"""The places where bytes and words of strangers enter: what atheris and Hypothesis try without a document around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from extract.pdf.file.scan import file_facts
from extract.text.encodings import decode, first_bad_byte
from extract.text.latex import latex_to_print
from normalize.cells.amounts import is_absent, read_amount
from normalize.cells.choices import options_of
from normalize.cells.heads import are_storeys, read_head
from normalize.cells.kinds import kind_of
from normalize.cells.marks import direction_of, mark_of
from normalize.cells.row_words import is_of_others, is_reference, is_reprint, is_total
from normalize.cells.vocabulary import term_of, unit_note
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt, Place
from normalize.goals.goal_parser import parse_target
from normalize.goals.prose_actuals import actual_in_prose
from normalize.grades.schemes import read_grade
from normalize.profiles.profile_toml import ProfileError, toml_to_profile
from normalize.text.calendar import date_of, fiscal_year, fiscal_years, month_mentions, without_year, year_ranges
from normalize.text.folding import clean, enumerator, fold_dashes, narrow, squeeze, unquoted, without_bullet
from normalize.text.periods import counts_part, period_of, without_period
from normalize.text.quantities import decimal_of, quantities_in, quantity
from pipeline.given_matches import parse_matches
from pipeline.manifest import parse_manifest
from pipeline.sources import UsageError
from pipeline.verify.numerals import can_print, factors_of
from schemas.codes import scheme_grades
from tests.fuzzing import pipeline_seams
from tests.fuzzing.bases import drawn_pdfs, text_parts
from tests.fuzzing.judge import judge_reading
from tests.fuzzing.office_bases import packages, texts

_LONGEST = 300
"""Characters of a cell that a grammar is given."""

_PHRASES = (
    "令和７年度～令和９年度", "平成31年4月1日", "R7.4", "西暦2025年度まで", "年2回、4社/年以上", "2万人（8割）",
    "約93.5％", "▲1,200千円", "令和8年度までに40社", "毎年5件以上", "①実施", "・20名/回", "『港』", "Ａ（順調）",
)  # fmt: skip

_MANIFEST = """path,municipality,plan,fiscal_year,url,date
横浜市/*,横浜市,総合計画,令和7年度,https://example.invalid/a,2026-07-01
{municipality}/{fiscal_year}/*,,,,,
ikeda/r7-101.pdf,272043,,R7,,令和8年7月1日
"""
_MATCHES = """種類,名称,旧名称,自治体,計画
施策,港の相談窓口,創業相談,武蔵野市,産業振興計画
indicators,窓口に来た人,相談者数,,
"""
_PROFILE = """schema = 1
municipality = "132039"
[[label]]
text = "目あて"
meaning = "passage.aim"
[[label]]
text = "めやす"
meaning = "indicator.name"
"""

_CELLS = (
    "令和５年度\n目標値", "580人 (2018)", "※18.6％", "▲1,234.5千円", "(1) 実績", "□継続 ■廃止", "調査中", "H30～R4",
    "1-1-2", "男性72% 女性73%", "12（9月末）", "拡充・①継続・縮小", "達成率（％）", "A¹", "合計", "1,2 34",
    "約93.5%以上", "３ヶ所",
)  # fmt: skip
_SENSE = YearSense(1996, 2035)
_QUESTIONS: tuple[Callable[[str], object], ...] = (
    is_absent, are_storeys, direction_of, mark_of, is_of_others, is_reference, is_reprint, is_total, term_of, unit_note,
    counts_part, period_of, without_period,
)  # fmt: skip

_GRAMMARS: tuple[Callable[[str], object], ...] = (
    fiscal_years, fiscal_year, year_ranges, date_of, month_mentions, without_year, quantity, quantities_in, decimal_of,
    clean, squeeze, narrow, fold_dashes, unquoted, without_bullet, enumerator, latex_to_print,
)  # fmt: skip


class Seam(NamedTuple):
    """What takes the bytes, and sound ones to begin with."""

    take: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]


def take_text(data: bytes) -> None:
    """Read a text file. Raises AssertionError where what comes of it is a defect."""
    decode(data)
    first_bad_byte(data)
    _hold(judge_reading("a.txt", data).defect)


def take_pdf(data: bytes) -> None:
    """Read a PDF. Raises AssertionError where what comes of it is a defect."""
    file_facts(data)
    _hold(judge_reading("a.pdf", data).defect)


def take_words(data: bytes) -> None:
    """Read the words of a cell as years, dates, amounts, goals and grades."""
    words = data.decode("utf-8", "ignore")[:_LONGEST]
    for read in _GRAMMARS:
        read(words)
    for scheme in sorted({grade.grade_scheme_id for grade in scheme_grades()}):
        read_grade(words, scheme)
    for goal in parse_target(words):
        actual_in_prose(goal, words)


def take_cell(data: bytes) -> None:
    """Read a cell by the grammar of cells. Raises AssertionError for an amount that the cell does not print."""
    words = data.decode("utf-8", "ignore")[:_LONGEST]
    kind = kind_of(words, _SENSE)
    assert (kind == "blank") == (not squeeze(words)), kind
    read_head(words, _SENSE)
    for ask in _QUESTIONS:
        ask(words)
    if (options := options_of(Excerpt.of(words, Place(0)))) is not None:
        assert all(option.text in words for option in (*options.chosen, *options.others))
    if (amount := read_amount(words, _SENSE)) is not None:
        assert can_print(words, amount.value, factors_of(words)), f"{words!r} is read as {amount.value}"


def take_package(data: bytes) -> None:
    """Read an office file that is a package. Raises AssertionError where what comes of it is a defect."""
    _hold(judge_reading("a.xlsx", data).defect)


def take_page(data: bytes) -> None:
    """Read a web page, and the same as a list of values."""
    for name in ("a.html", "a.csv"):
        _hold(judge_reading(name, data).defect)


def take_picture(data: bytes) -> None:
    """Read a picture of a page, where what reads pictures is installed."""
    _hold(judge_reading("a.png", data, "always").defect)


def take_manifest(data: bytes) -> None:
    """Read a manifest of sources. What cannot be meant is refused with a sentence."""
    with suppress(UsageError):
        manifest = parse_manifest(data, "sources.csv")
        for path in ("a.pdf", "横浜市/令和7年度/a.pdf", "池田市/x.xlsx"):
            [*manifest.find(path)]


def take_matches(data: bytes) -> None:
    """Read a file of given matches. What cannot be meant is refused with a sentence."""
    with suppress(UsageError):
        [*parse_matches(data, "matches.csv")]


def take_profile(data: bytes) -> None:
    """Read the profile of a form. What cannot be meant is refused with a sentence."""
    with suppress(ProfileError):
        toml_to_profile(data.decode("utf-8", "replace"), "a-form")


def _hold(defect: str | None) -> None:
    if defect is not None:
        raise AssertionError(defect)


SEAMS: Mapping[str, Seam] = {
    "text": Seam(take_text, lambda: (base.data for base in text_parts())),
    "pdf": Seam(take_pdf, lambda: (base.data for base in drawn_pdfs())),
    "words": Seam(take_words, lambda: (phrase.encode() for phrase in _PHRASES)),
    "cell": Seam(take_cell, lambda: (cell.encode() for cell in _CELLS)),
    "package": Seam(take_package, lambda: (data for _, data in packages())),
    "page": Seam(take_page, lambda: (data for _, data in texts())),
    "picture": Seam(take_picture, lambda: (pipeline_seams.a_picture(),)),
    "correction": Seam(pipeline_seams.take_correction, lambda: (pipeline_seams.a_correction(),)),
    "request": Seam(pipeline_seams.take_request, lambda: (pipeline_seams.a_request(),)),
    "tables": Seam(pipeline_seams.take_tables, lambda: (pipeline_seams.a_table(),)),
    "manifest": Seam(take_manifest, lambda: (_MANIFEST.encode(), _MANIFEST.encode("cp932"))),
    "matches": Seam(take_matches, lambda: (_MATCHES.encode("utf-8-sig"), _MATCHES.replace(",", "\t").encode())),
    "profile": Seam(take_profile, lambda: (_PROFILE.encode(),)),
}
