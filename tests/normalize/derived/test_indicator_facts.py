"""Which way is better, and what kind of cost: what the document says, what its numbers say, and silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.derived.indicator_facts import better_of, better_of_words, cost_kind_of, facts_again, with_facts
from schemas.closed_sets import Comparator, ObservationRole
from schemas.records import Indicator, Observation


def indicator(name: str, identity: str = "i", *, unit: str = "件", money: bool = False) -> Indicator:
    return Indicator(
        indicator_id=identity, measure_id="m", indicator_name=name, indicator_text=name, unit=unit,
        indicator_measure="currency" if money else "count", position=1,
    )  # fmt: skip


def seen(
    role: ObservationRole, value: float, year: int = 2024, comparator: Comparator = "=", identity: str = "i"
) -> Observation:
    return Observation(
        observation_id=f"{identity}-{role}-{year}", indicator_id=identity, fiscal_year=year, role=role, value=value,
        unit="件", comparator=comparator,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("待機児童数", "down"),
        ("交通事故発生件数", "down"),
        ("交通事故防止教室の参加者数", "up"),
        ("１人１日当たりのごみ排出量（g）", "down"),
        ("二酸化炭素の削減量", "up"),
        ("住民満足度", "up"),
        ("不満に思う市民の割合", "down"),
        ("滞納率（低いほど良い）", "down"),
        ("特定健診受診率", "up"),
        ("空き店舗数", "down"),
        ("参加実人数", "up"),
        ("認知症サポーター数", "up"),
        ("将来負担比率", "down"),
        ("相談件数", None),
        ("単位当たりコスト / 総事業費÷整備延長", None),
        ("公害苦情の受付件数", "down"),
        ("人口", None),
        ("職員数", None),
        ("65歳以上の割合", None),
    ],
)
def test_words(name: str, better: str | None) -> None:
    assert better_of_words(name) == better


@given(st.floats(1, 1000), st.floats(1, 1000))
def test_a_target_tells_it_by_the_baseline(baseline: float, target: float) -> None:
    told = better_of(indicator("相談件数"), [seen("baseline", baseline, 2020), seen("target", target)])
    assert told == ("up" if target > baseline else "down" if target < baseline else None)


def test_targets_that_rise_from_below_the_baseline_say_nothing() -> None:
    low = [seen("baseline", 72, 2023), seen("target", 60, 2024), seen("target", 65, 2027)]
    assert better_of(indicator("証明書の発行"), low) is None
    assert better_of(indicator("証明書の発行"), [*low[:2], seen("target", 55, 2027)]) == "down"


def test_a_bound_tells_it_before_all_else() -> None:
    rate = indicator("満足度")
    assert better_of(rate, [seen("baseline", 95, 2020), seen("target", 90, comparator=">=")]) == "up"
    assert better_of(indicator("相談件数"), [seen("target", 5, comparator="<=")]) == "down"
    both = [seen("target", 5, comparator="<="), seen("target", 2, 2025, ">=")]
    assert better_of(rate, both) is None


def test_where_word_and_target_contradict_each_other_nothing_is_said() -> None:
    assert better_of(indicator("来場者数"), [seen("baseline", 900, 2020), seen("target", 800)]) is None


def test_what_a_reader_said_stands() -> None:
    said = Indicator(
        indicator_id="i", measure_id="m", indicator_name="来場者数", indicator_text="来場者数",
        indicator_measure="count", position=1, better="down",
    )  # fmt: skip
    assert [one.better for one in with_facts([said], [])] == ["down"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("事業費", "project"),
        ("①事業費計（A）", "project"),
        ("総事業費", "total"),
        ("トータルコスト", "total"),
        ("正職員人件費", "personnel"),
        ("国庫支出金", "national"),
        ("国支出金", "national"),
        ("都支出金", "prefectural"),
        ("国・県支出金", None),
        ("市債", "bond"),
        ("うち一般財源", "general"),
        ("その他特定財源", "other"),
        ("財源その他", "other"),
        ("事業費A", "project"),
        ("コスト合計（A）", "total"),
        ("埠頭用地使用料", None),
        ("事業費　・・・　①", "project"),
        ("単位当たりコスト / 総事業費÷整備延長", "per_unit"),
        ("街路事業債", "bond"),
        ("財源内訳 / 県支出金", "prefectural"),
        ("費用合計（①＋②）", "total"),
        ("受益者負担金", "other"),
        ("単位当たりコスト", "per_unit"),
        ("市民一人当たりのコスト", "per_unit"),
        ("観光消費額", None),
        ("一人当たり医療費", None),
        ("負担金補助及び交付金", None),
    ],
)
def test_cost_words(name: str, kind: str | None) -> None:
    assert cost_kind_of(name) == kind


def test_money_alone_has_a_kind_of_cost() -> None:
    (hours,) = with_facts([indicator("人件費", unit="時間")], [])
    (yen,) = with_facts([indicator("人件費", unit="円", money=True)], [])
    assert (hours.cost_kind, yen.cost_kind) == (None, "personnel")


def test_a_sum_is_known_by_what_it_adds_up() -> None:
    names = {"d": "国庫支出金", "e": "一般財源", "f": "計", "a": "委託料", "b": "人件費", "c": "合計（A）"}
    rows = [indicator(name, identity, unit="円", money=True) for identity, name in names.items()]
    values = {"a": 70.0, "b": 30.0, "c": 100.0, "d": 50.0, "e": 20.0, "f": 70.0}
    observations = [seen("actual", value, identity=identity) for identity, value in values.items()]
    kinds = {one.indicator_id: one.cost_kind for one in with_facts(rows, observations)}
    assert (kinds["c"], kinds["f"]) == ("total", "project")
    wrong = [seen("actual", value + (identity == "c"), identity=identity) for identity, value in values.items()]
    assert {one.indicator_id: one.cost_kind for one in with_facts(rows, wrong)}["c"] is None


def test_parts_of_a_row_are_not_counted_beside_it() -> None:
    names = {"a": "人件費", "b": "物件費", "c": "委託料", "d": "その他物件費", "e": "減価償却費", "f": "合計（A）"}
    rows = [indicator(name, identity, unit="円", money=True) for identity, name in names.items()]
    values = {"a": 30.0, "b": 50.0, "c": 40.0, "d": 10.0, "e": 5.0, "f": 85.0}
    observations = [seen("actual", value, identity=identity) for identity, value in values.items()]
    kinds = {one.indicator_id: one.cost_kind for one in with_facts(rows, observations)}
    assert kinds["f"] == "total"


def test_a_bare_other_row_is_a_fund_only_beside_funds() -> None:
    costs = [indicator(name, name, unit="円", money=True) for name in ("委託料", "その他")]
    funds = [indicator(name, name, unit="円", money=True) for name in ("国庫支出金", "その他")]
    assert [one.cost_kind for one in with_facts(costs, [])] == [None, None]
    assert [one.cost_kind for one in with_facts(funds, [])] == ["national", "other"]


def test_what_the_records_told_is_told_anew_when_they_change_and_what_was_said_stands() -> None:
    plain = [indicator("通報数"), indicator("通報数", "j")]
    was = [seen("baseline", 10, 2020), seen("target", 8), seen("baseline", 10, 2020, identity="j"),
           seen("target", 8, identity="j")]  # fmt: skip
    now = [replace(each, value=12.0) if each.role == "target" else each for each in was]
    derived = [*with_facts(plain, was)]
    assert [one.better for one in derived] == ["down", "down"]
    said = [derived[0], replace(derived[1], better="up")]  # a form says of j that more is better
    again = [*facts_again((said, was), (said, now))]
    assert [one.better for one in again] == ["up", "up"]
    renamed = [replace(said[0], indicator_name="事業費", indicator_measure="currency"), said[1]]
    assert [one.cost_kind for one in facts_again((said, was), (renamed, was))] == ["project", None]
