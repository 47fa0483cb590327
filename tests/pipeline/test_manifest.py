"""What a user knows of files: read, matched to them, put into the rows, held against the print."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline import frames
from pipeline.cli import main
from pipeline.convert import Way, convert
from pipeline.given import Given
from pipeline.manifest import Manifest, parse_manifest, read_manifest
from pipeline.options import Options
from pipeline.sources import UsageError
from tests.pipeline.made import SHEET

UNKNOWN = """令和6年度 事務事業評価シート

事務事業名	朝市の開催
担当課	港湾課

指標名	単位	令和5年度実績	令和6年度実績
来場者数	人	100	120
"""
HEAD = "path,municipality,plan,fiscal_year,url,date\n"


def _given(line: str, path: str = "a.txt") -> Given:
    (found,) = parse_manifest((HEAD + line).encode(), "sources.csv").find(path)
    return found.given


def test_a_line_says_what_is_known() -> None:
    assert _given("a.txt,武蔵野市,産業振興計画,令和7年度,https://example.invalid/a,2026/7/1\n") == Given(
        "132039", "産業振興計画", 2025, "https://example.invalid/a", datetime.date(2026, 7, 1)
    )


@pytest.mark.parametrize("year", ["2025", "2025年度", "FY2025", "令和7年度", "R7", "Ｒ７", "令和7"])
def test_a_year_may_be_written_as_people_write_it(year: str) -> None:
    assert _given(f"a.txt,,,{year},,\n").fiscal_year == 2025


@pytest.mark.parametrize("day", ["2026-07-01", "2026/7/1", "2026年7月1日", "令和8年7月1日", "R8.7.1"])
def test_a_day_may_be_written_as_people_write_it(day: str) -> None:
    assert _given(f"a.txt,,,,,{day}\n").retrieved_on == datetime.date(2026, 7, 1)


@pytest.mark.parametrize("city", ["武蔵野市", "132039", "13203", "東京都武蔵野市", " 武蔵野市 "])
def test_a_city_may_be_named_or_coded(city: str) -> None:
    assert _given(f"a.txt,{city},,,,\n").municipality_code == "132039"


def test_a_spreadsheet_may_have_written_it() -> None:
    text = "ファイル\t自治体\t年度\t備考\na.txt\t武蔵野市\t2025\t二次評価\n"
    for encoding in ("cp932", "utf-8-sig"):
        (line,) = parse_manifest(text.encode(encoding), "sources.csv").find("a.txt")
        assert (line.given.municipality_code, line.given.fiscal_year) == ("132039", 2025)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("municipality\n武蔵野市\n", "no column path"),
        (HEAD + "a.txt,府中市,,,,\n", "several"),
        (HEAD + "a.txt,港町市,,,,\n", "no municipality"),
        (HEAD + "a.txt,,,去年,,\n", "no fiscal year"),
        (HEAD + "a.txt,,,,,いつか\n", "no date"),
        (HEAD + "a.txt,,,,,2026-13-40\n", "no date"),
        (HEAD + "{town}/a.txt,,,,,\n", "{town} is none of"),
        (HEAD + "a.txt,,,2024,,\na.txt,,,2025,,\n", "line 2 says otherwise"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=r"sources\.csv") as refused:
        parse_manifest(text.encode(), "sources.csv")
    assert told in str(refused.value)


def test_the_very_path_counts_before_patterns() -> None:
    manifest = parse_manifest((HEAD + "b/*,,,2024,,\nb/a.txt,,,2025,,\n*,,計画,,,\n").encode(), "sources.csv")
    years = [line.given.fiscal_year for line in manifest.find("b/a.txt")]
    assert years == [2025, 2024, None]
    assert [line.given.plan_name for line in manifest.find("c.txt")] == ["計画"]


def test_folders_may_say_it() -> None:
    rule = read_manifest("{municipality}/{fiscal_year}/")
    (line,) = rule.find("武蔵野市/R7/sheets/a.txt")
    assert (line.given.municipality_code, line.given.fiscal_year) == ("132039", 2025)
    (other,) = rule.find("その他/2024/a.txt")
    assert (other.given.fiscal_year, other.given.complaints) == (2024, (("その他", "municipality"),))
    assert [*rule.find("a.txt")] == []


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "unknown.txt").write_text(UNKNOWN, encoding="utf-8")
    (raw / "known.txt").write_text(SHEET, encoding="utf-8")
    return raw


def test_the_manifest_in_the_folder_fills_what_is_not_printed(raw: Path, tmp_path: Path) -> None:
    (raw / "sources.csv").write_text(
        HEAD + "unknown.txt,横浜市,中期計画,,https://example.invalid/,2026-07-01\n", encoding="utf-8"
    )
    tables = frames.convert(raw, out=tmp_path / "out")
    row = tables.documents.set_index("source_name").loc["unknown.txt"]
    assert (row.municipality_name, row.municipality_source, row.plan_name) == ("横浜市", "given", "中期計画")
    assert (row.source_url, str(row.retrieved_on.date())) == ("https://example.invalid/", "2026-07-01")
    results = tables.results[tables.results.source_name == "unknown.txt"]
    assert not results.empty
    assert results.municipality_name.eq("横浜市").all()
    assert "sources.csv" not in set(tables.documents.source_name)
    assert tables.documents.set_index("source_name").municipality_source["known.txt"] == "printed"


def test_the_print_stands_where_both_say_something(raw: Path, tmp_path: Path) -> None:
    (raw / "sources.csv").write_text(HEAD + "known.txt,横浜市,別の計画,2020,,\n", encoding="utf-8")
    tables = frames.convert(raw, out=tmp_path / "out")
    row = tables.documents.set_index("source_name").loc["known.txt"]
    assert (row.municipality_code, row.fiscal_year, row.municipality_source) == ("132284", 2024, "printed")
    told = tables.findings[tables.findings.rule == "given-differs"].set_index("field_name")
    assert set(told.index) == {"municipality_code", "plan_name", "fiscal_year"}
    assert (told.expected["municipality_code"], told.observed["municipality_code"]) == ("横浜市", "あきる野市")
    assert told.message_ja.str.contains("マニフェスト").all()


def test_a_line_that_speaks_of_no_file_is_told(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (raw / "sources.csv").write_text(HEAD + "unknwon.txt,横浜市,,,,\n", encoding="utf-8")
    main(["convert", str(raw), "--out", str(tmp_path / "out"), "--workers", "0"])
    told = capsys.readouterr().out
    assert "No file for these lines of the manifest" in told
    assert "line 2: unknwon.txt" in told
    assert "Not converted (their lines were used): sources.csv" in told


def test_a_resumed_run_looks_at_what_is_given_now(raw: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    convert([raw], out, Options(), way=Way(resume=True))
    (raw / "sources.csv").write_text(HEAD + "unknown.txt,横浜市,,,,\n", encoding="utf-8")
    convert([raw], out, Options(), way=Way(resume=True))
    convert([raw], again, Options())
    names = frames.read(out).documents.set_index("source_name").municipality_name
    assert names["unknown.txt"] == "横浜市"
    assert (out / "documents.parquet").read_bytes() == (again / "documents.parquet").read_bytes()


def test_what_cannot_be_read_at_all_has_its_city_too(raw: Path, tmp_path: Path) -> None:
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    tables = frames.convert(raw, out=tmp_path / "none")
    assert tables.documents.set_index("source_name").municipality_code.isna()["broken.pdf"]
    convert([raw], tmp_path / "out", Options(), manifest=read_manifest_of(raw, "broken.pdf,横浜市,,,,\n"))
    row = frames.read(tmp_path / "out").documents.set_index("source_name").loc["broken.pdf"]
    assert (row.status, row.municipality_name) == ("unreadable", "横浜市")


def read_manifest_of(raw: Path, lines: str) -> Manifest:
    path = raw.parent / "known.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    return read_manifest(str(path))


def test_a_rule_for_folders_fills_what_they_are_called(tmp_path: Path) -> None:
    for folder in ("横浜市/令和6年度", "その他/令和6年度"):
        (tmp_path / "raw" / folder).mkdir(parents=True)
        (tmp_path / "raw" / folder / "sheet.txt").write_text(f"{UNKNOWN}{folder}", encoding="utf-8")
    tables = frames.convert(tmp_path / "raw", out=tmp_path / "out", sources="{municipality}/{fiscal_year}/")
    documents = tables.documents.set_index("source_name")
    assert documents.municipality_name["横浜市/令和6年度/sheet.txt"] == "横浜市"
    assert documents.municipality_name.isna()["その他/令和6年度/sheet.txt"]
    (told,) = tables.findings[tables.findings.rule == "given-differs"].to_dict("records")
    assert (told["document_id"], told["expected"]) == (documents.document_id["その他/令和6年度/sheet.txt"], "その他")


def test_what_the_command_names_counts_before_what_lies_in_the_folder(raw: Path, tmp_path: Path) -> None:
    (raw / "sources.csv").write_text(HEAD + "unknown.txt,横浜市,中期計画,,,\n", encoding="utf-8")
    named = tmp_path / "named.csv"
    named.write_text(HEAD + "unknown.txt,川崎市,,,,\n", encoding="utf-8")
    row = frames.convert(raw, sources=named).documents.set_index("source_name").loc["unknown.txt"]
    assert (row.municipality_name, row.plan_name) == ("川崎市", "中期計画")
