"""Two editions of one progress table, of our own: a course over years, and nothing doubled."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from data.sources.facts import Content
from pipeline import frames
from pipeline.convert import Way, convert
from pipeline.given_matches import parse_matches
from pipeline.merge import merge
from pipeline.options import Options
from pipeline.sources import UsageError
from pipeline.verify import verify
from pipeline.verify.across import series_that_differ
from pipeline.verify.files import read_tables
from tests.drift.base import content_of, content_to_text

LAYOUT = "akiruno.progress"


def _programs(content: Content) -> list[Content]:
    return [
        program for direction in content["direction"] for step in direction["measure"] for program in step["program"]
    ]


def next_edition(content: Content) -> Content:
    """The edition of the year after: the last year is filled in, one programme and one counted noun have new names, one
    programme is new, one is gone, and last year's actual of one was revised."""
    later = copy.deepcopy(content)
    later["title"] = later["title"].replace("令和7年度", "令和8年度")
    later["headings"] = [heading.replace("令和7年度", "令和8年度") for heading in later["headings"]]
    later["fiscal_year"] += 1
    for program in _programs(later):
        target = program["values"][-1][0]
        program["values"][-1] = [target, target, "A"]
    first, second, third, *_ = _programs(later)
    first["values"][2][1] = "18人"  # 17人 a year before
    second["counted"] = "新たな相談者数"
    third["name"] = "創業塾・創業スクール"
    steps = later["direction"][0]["measure"]
    new = copy.deepcopy(first) | {"name": "跡継ぎ相談会", "counted": "参加者数", "new": True, "baseline": "-"}
    new["values"] = [["", "", ""], ["", "", ""], ["", "", ""], ["5人", "7人", "S"]]
    steps[0]["program"].insert(0, new)  # every ordinal behind it changes
    del later["direction"][-1]["measure"][-1]["program"][-1]
    return later


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editions")
    before = content_of(LAYOUT)
    for name, content in (("r7.txt", before), ("r8.txt", next_edition(before))):
        Path(folder, name).write_text(content_to_text(LAYOUT, content), encoding="utf-8")
    frames.convert(folder, out=folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def tables(out: Path) -> frames.Tables:
    return frames.read(out)


def test_the_series_follow_from_the_records(out: Path) -> None:
    assert [(check.name, check.broken) for check in verify(out) if check.broken] == []
    tables = {name: list(rows) for name, rows in read_tables(out).items()}
    tables["series"].pop()
    tables["matches"].append(tables["matches"][0])
    assert [place.split(":")[1].strip() for place in series_that_differ(tables)] == [
        "does not follow from the records", "is missing",
    ]  # fmt: skip


def test_every_indicator_is_one_series(tables: frames.Tables) -> None:
    matches = tables.matches[tables.matches.table_name == "indicators"]
    n_before = len(_programs(content_of(LAYOUT)))
    assert matches.groupby("series_id").size().value_counts().to_dict() == {2: n_before - 1, 1: 2}
    told = tables.findings[tables.findings.rule == "ambiguous"]
    assert told.empty


def test_nothing_is_doubled(tables: frames.Tables) -> None:
    series = tables.series
    assert not series.duplicated(["series_id", "fiscal_year", "role"]).any()
    shared = series[(series.fiscal_year == 2023) & (series.role == "actual")]
    assert set(shared.editions) == {2, 1}
    assert (shared.editions == 1).sum() == 1  # the row that is gone


def test_what_has_a_new_name_is_matched_and_told(tables: frames.Tables) -> None:
    renamed = tables.matches[tables.matches.method == "renamed"]
    names = tables.measures.set_index("measure_id").measure_name
    nouns = tables.indicators.set_index("indicator_id").indicator_name
    told = {
        (names.get(record) or nouns.get(record), table)
        for record, table in zip(renamed.record_id, renamed.table_name, strict=True)
    }
    assert ("創業塾・創業スクール", "measures") in told
    assert ("新たな相談者数", "indicators") in told
    assert len(told) == 2
    assert renamed.similarity.between(0.25, 0.99).all()


def test_the_revised_actual_is_found_with_both_prints(tables: frames.Tables) -> None:
    (row,) = tables.series[tables.series.revised].itertuples()
    assert (row.fiscal_year, row.role, row.first_value, row.value) == (2025, "actual", 17, 18)
    (finding,) = tables.findings[tables.findings.rule == "revised"].to_dict("records")
    assert (finding["expected"], finding["observed"]) == ("17人", "18人")
    assert finding["record_id"] == row.observation_id
    assert "r7.txt" in finding["message"]
    assert finding["message_ja"].startswith("以前の版（r7.txt）")


def test_what_a_user_says_is_one_is_one_and_goes_on_to_be(tmp_path: Path) -> None:
    before, after = content_of(LAYOUT), next_edition(content_of(LAYOUT))
    other = _programs(after)[1]  # another name, another noun, another course: nothing tells that it is the same
    was = _programs(before)[0]
    other["name"], other["counted"] = "港の相談窓口", "窓口に来た人"
    for numbers in other["values"]:
        numbers[:2] = ["901人", "902人"]
    for name, content in (("r7", before), ("r8", after)):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(content_to_text(LAYOUT, content), encoding="utf-8")
    both = tmp_path / "both"
    both.mkdir()
    for name in ("r7", "r8"):
        (both / f"{name}.txt").write_bytes((tmp_path / name / f"{name}.txt").read_bytes())
    said = f"種類,名称,旧名称\n事業,{other['name']},{was['name']}\n指標,{other['counted']},{was['counted']}\n"
    for folder in (both, tmp_path / "r8"):
        (folder / "matches.csv").write_text(said, encoding="utf-8")
    frames.convert(both, out=tmp_path / "once")
    frames.convert(tmp_path / "r7", out=tmp_path / "apart")
    convert([tmp_path / "r8"], tmp_path / "apart", Options(), way=Way(adds=True))
    merge([tmp_path / "apart"], tmp_path / "merged")
    tables = frames.read(tmp_path / "once")
    given = tables.matches[tables.matches.method == "given"]
    assert sorted(given.table_name) == ["indicators", "measures"]
    names = tables.indicators.set_index("indicator_id").indicator_name
    (series_id,) = given[given.table_name == "indicators"].series_id
    own = tables.matches[tables.matches.series_id == series_id]
    assert [names[record] for record in own.record_id] == [was["counted"], other["counted"]]
    assert not [check.name for check in verify(tmp_path / "once") if check.broken]
    for name in ("matches", "series"):
        once, apart, merged = ((tmp_path / out / f"{name}.parquet").read_bytes() for out in ("once", "apart", "merged"))
        assert once == apart == merged


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("種類,名称\n", "no column same_as"),
        ("table,name,same_as\nmeasures,港,\n", "line 2: no same_as"),
        ("table,name,same_as\nplans,港,川\n", "plans is none of measures, indicators"),
    ],
)
def test_matches_that_cannot_be_meant_stop_the_run(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        list(parse_matches(text.encode(), "matches.csv"))


def test_the_latest_edition_stands(tables: frames.Tables) -> None:
    latest = tables.documents.set_index("source_name").document_id["r8.txt"]
    shared = tables.series[tables.series.editions == 2]
    assert not shared.empty
    assert shared.document_id.eq(latest).all()


def test_a_value_that_is_a_year_changes_no_year(tmp_path: Path) -> None:
    content = content_of(LAYOUT)
    _programs(content)[0]["values"][0] = ["2024人", "2023人", "A"]
    (tmp_path / "a.txt").write_text(content_to_text(LAYOUT, content), encoding="utf-8")
    frames.convert(tmp_path, out=tmp_path / "out")
    assert [check.name for check in verify(tmp_path / "out") if check.broken] == []
    years = frames.read(tmp_path / "out").series.fiscal_year
    assert set(years) == {2021, 2023, 2024, 2025, 2026}
