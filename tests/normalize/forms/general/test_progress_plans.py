"""Plans and their progress as cities print them without our layouts: what a name counts, groups, outlines, goals."""

from __future__ import annotations

from extract import read_document
from normalize.reading import read_records
from schemas.records import DocumentRow, Grade, Indicator, Measure, Observation, Passage
from schemas.rows import Tables, rows_of


def read_html(*rows: str) -> Tables:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return read_records(read_document(f"<h1>港湾振興プラン 進捗状況</h1><table>{table}</table>".encode(), "made.html"))


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def names_of(tables: Tables) -> dict[str | None, str | None]:
    return {row.measure_id: row.measure_name for row in rows_of(tables, Measure)}


def test_a_name_says_in_brackets_below_it_what_its_numbers_count() -> None:
    tables = read_html(
        "".join(f"<td rowspan=2>{head}</td>" for head in ("方向性", "実施事業", "実施主体"))
        + "<td colspan=3>令和6年度</td>",
        cells("年間目標", "実績", "評価"),
        "<td rowspan=2>浜で働く人を増やす</td>"
        + cells("操船塾<br>（参加者数）<br>P.12", "港湾課", "20人", "21人", "A"),
        cells("漁具の貸出<br>【新規事業】<br>（貸出件数）<br>P.13", "水産課", "30件", "12件", "C"),
    )
    names, counted = names_of(tables), {row.indicator_id: row for row in rows_of(tables, Indicator)}
    assert set(names.values()) == {"浜で働く人を増やす", "操船塾", "漁具の貸出"}
    assert {(names[row.measure_id], row.indicator_name) for row in counted.values()} == {
        ("操船塾", "参加者数"), ("漁具の貸出", "貸出件数"),
    }  # fmt: skip
    assert {(counted[r.indicator_id].indicator_name, r.role, r.value) for r in rows_of(tables, Observation)} == {
        ("参加者数", "target", 20.0), ("参加者数", "actual", 21.0),
        ("貸出件数", "target", 30.0), ("貸出件数", "actual", 12.0),
    }  # fmt: skip
    judged = {(names[row.measure_id], counted[str(row.indicator_id)].indicator_name, row.grade_text)
              for row in rows_of(tables, Grade)}  # fmt: skip
    assert judged == {("操船塾", "参加者数", "A"), ("漁具の貸出", "貸出件数", "C")}


def test_outlines_in_short_are_the_names_of_rows_that_have_no_other() -> None:
    tables = read_html(
        cells("施策概要", "評価・課題", "後期計画に向けて"),
        cells("灯台の公開", "春と秋に公開した。案内する人が足りない。", "継続"),
        cells("桟橋での朝市", "出店が減り、続けられなくなった。", "終了"),
        cells("浜の清掃", "延べ90人が参加した。", "継続"),
    )
    names = names_of(tables)
    assert {(names[str(row.measure_id)], row.grade_text) for row in rows_of(tables, Grade)} == {
        ("灯台の公開", "継続"), ("桟橋での朝市", "終了"), ("浜の清掃", "継続"),
    }  # fmt: skip
    assert {names[str(row.measure_id)] for row in rows_of(tables, Passage)} == {
        "灯台の公開",
        "桟橋での朝市",
        "浜の清掃",
    }


def test_marks_that_point_at_goals_name_no_goal() -> None:
    tables = read_html(
        cells("施策概要", "基本目標", "推進団体", "目標・指標"), cells("灯台の公開", "① ②", "漁協、市", "4回/年")
    )
    assert set(names_of(tables).values()) == {"灯台の公開"}


def test_a_cell_of_a_form_may_print_its_own_label_over_a_list() -> None:
    tables = read_html(
        cells("施策名") + "<td colspan=3>浜の守り</td>",
        "<td rowspan=2>取組内容</td>"
        + cells("予定", "護岸を点検し、傷んだ所を直す。")
        + "<td rowspan=2>達成指標<br>・点検の実施 2回/年<br>・点検簿の作成</td>",
        cells("実施", "護岸を点検し、3か所を直した。"),
        cells("審議会意見<br>（事務局記載）") + "<td colspan=3>点検の回数を増やすこと。</td>",
    )
    told = {(row.section, row.text) for row in rows_of(tables, Passage)}
    assert ("target", "点検簿の作成") in told
    assert not any("事務局記載" in str(text) for _, text in told)
    assert {(row.role, row.value, row.unit) for row in rows_of(tables, Observation)} >= {("target", 2.0, "回")}


def test_goals_behind_their_number_end_the_text_above_and_have_what_follows_several_measures() -> None:
    lines = (
        "港湾振興計画進捗管理まとめ", "（ ）内は令和3年度末時点", "目標 1 浜を守り育てる港湾行政",
        "基本施策（1）護岸の手入れ", "基本施策（2）灯台の手入れ", "【課題】", "・護岸の傷みが進んでいる。",
        "目標 2 浜の暮らしを支える仕組み", "基本施策（1）朝市の再開", "【課題】", "・出店する人が足りない。",
    )  # fmt: skip
    tables = read_records(read_document("\n".join(lines).encode(), "made.txt"))
    names = names_of(tables)
    assert {(names[str(row.measure_id)], row.text) for row in rows_of(tables, Passage)} == {
        ("浜を守り育てる港湾行政", "護岸の傷みが進んでいる。"), ("朝市の再開", "出店する人が足りない。"),
    }  # fmt: skip
    assert "浜の暮らしを支える仕組み" in names.values()
    assert [row.fiscal_year for row in rows_of(tables, DocumentRow)] == [None]


def card(name: str, body: str) -> str:
    rows = ("".join(cells("施策概要", "推進団体", "目標・指標")), cells(name, body, "2回/年"))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def test_chapters_over_cards_name_groups_and_end_what_was_named_before() -> None:
    html = "".join((
        "<h1>港湾振興計画の報告書</h1>",
        "<h2>1. 漁業</h2><p>【背景】</p><p>漁に出る人が減り続けている。</p>",
        "<p>【漁 - 1】</p>", card("操船塾の開催", "漁協"), "<p>【漁 - 2】※新規</p>", card("漁具の貸出", "漁協、市"),
        "<h2>2. 観光</h2><p>【背景】</p><p>船で来る人が増えてきた。</p>",
        "<p>【観 - 1】</p>", card("灯台の公開", "市"), "<p>【観 - 2】</p>", card("浜の市", "商工会"),
    ))  # fmt: skip
    tables = read_records(read_document(html.encode(), "made.html"))
    names = names_of(tables)
    above = {row.measure_name: names.get(row.parent_measure_id) for row in rows_of(tables, Measure)}
    assert above == {
        "漁業": None, "操船塾の開催": "漁業", "漁具の貸出": "漁業",
        "観光": None, "灯台の公開": "観光", "浜の市": "観光",
    }  # fmt: skip
    told = {(names[row.measure_id], row.text) for row in rows_of(tables, Passage) if "。" in row.text}
    assert told == {("漁業", "漁に出る人が減り続けている。"), ("観光", "船で来る人が増えてきた。")}
    assert not any("新規" in row.text for row in rows_of(tables, Passage))
