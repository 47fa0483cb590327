"""Targets: goals written in the forms that documents use are read back; what is no goal, or unclear, is not guessed."""

import csv
from decimal import Decimal
from itertools import combinations, groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lark import UnexpectedInput

from normalize.goals.goal_clauses import clauses_of
from normalize.goals.goal_parser import Goal, GoalRole, parse_target
from normalize.text.folding import narrow
from normalize.text.quantities import COMPARATORS_AFTER
from schemas.codes import units

WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")
COUNTERS = [unit.spelling for unit in units() if unit.indicator_measure and unit.spelling == unit.unit]

Meaning = dict[str, str | int | Decimal | None]

names = st.sampled_from(
    [
        "参加者数",
        "相談件数",
        "イベント来場者",
        "実施農家数",
        "ロケ実績",
        "事業見直しの件数",
        "創業枠での補助実施",
        "HPアクセス数",
    ]
)
values = st.one_of(st.integers(1, 10**6).map(Decimal), st.decimals("0.1", 1000, places=1))


@st.composite
def numerals(draw: st.DrawFn, value: Decimal) -> str:
    forms = [f"{value}", f"{value:,}", f"{value:,}".translate(WIDE)]
    if value == value.to_integral_value() and value >= 10_000:
        forms.append(f"{(value / 10_000).normalize():f}万")
    return draw(st.sampled_from(forms))


@st.composite
def written_goals(draw: st.DrawFn) -> tuple[str, Meaning]:
    """A goal in a form that documents use, and what it means."""
    name = draw(st.none() | names)
    unit = draw(st.sampled_from(COUNTERS))
    # Half a person is counted nowhere: at the beginning of an item, 1.5人 may be its first point, 5人.
    value = draw(values if name or unit.isascii() else st.integers(1, 10**6).map(Decimal))
    before, after, comparator = draw(
        st.sampled_from(
            [("", "", "="), ("約", "", "~"), ("およそ", "", "~"), ("", "程度", "~"), ("最低", "", ">=")]
            + [("", word, sign) for word, sign in COMPARATORS_AFTER.items()]
        )
    )
    rates = [("", "", None), ("毎年", "", "per_year"), ("年間", "", "per_year"), ("", "/年", "per_year")]
    rates += [("", "／年間", "per_year"), ("毎年度 ", "", "per_year"), ("1回あたり", "", "per_event")]
    rates += [("", "／回", "per_event")] if unit != "回" else []
    lead, trail, frequency = draw(st.sampled_from(rates))
    deadline = draw(st.none() | st.integers(2019, 2050))
    until = f"令和{deadline - 2018}年度までに" if deadline else ""
    if deadline and draw(st.booleans()):
        until = f"{deadline}年度末までに、"
    blank = draw(st.sampled_from(["", " ", "\u3000"]))
    link = draw(st.sampled_from(["", " ", "：", ": ", "は"])) if name else ""
    number = draw(numerals(value))
    text = f"{until}{name or ''}{link}{lead}{before}{number}{blank}{unit}{after}{trail}"
    meant: Meaning = {
        "name": name,
        "value": value,
        "unit": unit,
        "comparator": comparator,
        "frequency": frequency,
        "deadline_fy": deadline,
        "fiscal_year": None,
        "parsed": True,
    }
    return text, meant


def meaning(goal: Goal) -> Meaning:
    return {
        "name": goal.name,
        "value": goal.value,
        "unit": goal.unit,
        "comparator": goal.comparator,
        "frequency": goal.frequency,
        "deadline_fy": goal.deadline_fy,
        "fiscal_year": goal.fiscal_year,
        "parsed": goal.parsed,
    }


def read(text: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [
        (str(goal.value) if goal.value is not None else None, goal.unit, goal.comparator, goal.frequency)
        for goal in parse_target(text)
    ]


@given(written_goals())
def test_a_written_goal_is_read_back(written: tuple[str, Meaning]) -> None:
    text, meant = written
    (goal,) = parse_target(text)
    assert meaning(goal) == meant
    assert goal.text == goal.item == text


@given(st.lists(written_goals(), min_size=2, max_size=3), st.sampled_from(["、", "，", "。", "、\n"]))
def test_goals_in_one_item_are_read_each(written: list[tuple[str, Meaning]], comma: str) -> None:
    text = comma.join(form for form, _ in written)
    # 1円以上、5円以下 are the two ends of one range; 15軒、20軒 without names are two readings of one number.
    assume(
        all((one["unit"], one["name"]) != (other["unit"], None) for (_, one), (_, other) in combinations(written, 2))
    )
    goals = parse_target(text)
    assert [meaning(goal) for goal in goals] == [meant for _, meant in written]
    assert [goal.text for goal in goals] == [form for form, _ in written]


PIECES = (
    *(
        "令和3",
        "令和４年度",
        "R7",
        "2025年",
        "平成31年4月",
        "同年11月",
        "4",
        "5年度",
        "年",
        "月",
        "・",
        "、",
        "～",
        "から",
    ),
    *(
        "に",
        "は",
        "までに",
        "より",
        "末",
        "毎年",
        "約",
        "10件",
        "2回",
        "以上",
        "（",
        "）",
        "参加者数",
        "実施",
        "施設の",
    ),
)
"""Pieces of targets: joined at random they meet each other as characters drawn alone seldom do."""


@given(
    st.text()
    | st.text(
        alphabet="0123456789１万割約以上未満まで毎年間月／/（）()人回件％、。～→・:は計参加者数を施し令和平成度のに 第"
    )
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
)
def test_every_text_gives_goals_that_stand_in_it(text: str) -> None:
    assert list(clauses_of(text)) or not text.strip()  # the grammar knows each order of words
    goals = parse_target(text)
    assert bool(goals) or not any(character.isalnum() for character in narrow(text))
    for goal in goals:
        assert text[goal.start : goal.end] == goal.text
        assert (goal.value is None) == (goal.comparator is None)
        assert goal.parsed or goal.value is None
        assert goal.value is not None or (goal.unit, goal.frequency) == (None, None)
    assert all(before.end <= after.start for before, after in pairwise(goals))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100％", [("100", "%", "=", None)]),
        ("9割", [("90", "%", "=", None)]),
        ("８割５分以上", [("85", "%", ">=", None)]),
        ("３０人以上／年", [("30", "人", ">=", "per_year")]),
        ("毎年1回以上開催", [("1", "回", ">=", "per_year")]),
        ("年間2,000人", [("2000", "人", "=", "per_year")]),
        ("延べ300人", [("300", "人", "=", None)]),
        ("毎年 10,000kgを使用", [("10000", "kg", "=", "per_year")]),
        ("1回あたり20名", [("20", "名", "=", "per_event")]),
        ("20組の親子 40人", [("20", "組", "=", None), ("40", "人", "=", None)]),
        ("講座を年３回、各回２０名", [("3", "回", "=", "per_year"), ("20", "名", "=", "per_event")]),
        ("講座3回・参加者延べ90人", [("3", "回", "=", None), ("90", "人", "=", None)]),
        ("毎年、勉強会を1回以上開催", [("1", "回", ">=", "per_year")]),
        ("会員数:計1件(新規1件を予定。)", [("1", "件", "=", None)]),
        ("20名（うち女性5名）／年", [("20", "名", "=", "per_year")]),
        ("アンケートで調査を行い、8割以上の高評価獲得", [("80", "%", ">=", None)]),
        (
            "飲食店を中心に、動画を10本作成し、閲覧2万回を目指す。",
            [("10", "本", "=", None), ("20000", "回", "=", None)],
        ),
        ("経営計画の達成、セミナー参加者数 毎年 20 名", [(None, None, None, None), ("20", "名", "=", "per_year")]),
        ("参加店 5店以上、売上の向上", [("5", "店", ">=", None), (None, None, None, None)]),
        ("講習 12講習", [("12", "講習", "=", None)]),
        ("12教科以上", [("12", "教科", ">=", None)]),
        ("参加者数 20", [("20", None, "=", None)]),
        ("三件以上", [("3", "件", ">=", None)]),
        ("吸収量1t-CO2，1%", [("1", "t-CO2", "=", None), ("1", "%", "=", None)]),
        ("月3回", [("3", "回", "=", "per_month")]),
        ("月2回以上開催", [("2", "回", ">=", "per_month")]),
        ("毎月1回", [("1", "回", "=", "per_month")]),
        ("2回/月", [("2", "回", "=", "per_month")]),
        ("1か月に4回", [("4", "回", "=", "per_month")]),
        ("週3日開設", [("3", "日", "=", "per_week")]),
        ("1日100人", [("100", "人", "=", "per_day")]),
        ("1)20軒", [("20", "軒", "=", None)]),
        ("①20軒②30軒", [("20", "軒", "=", None), ("30", "軒", "=", None)]),
        ("毎週1回", [("1", "回", "=", "per_week")]),
        ("毎日2便", [("2", "便", "=", "per_day")]),
        ("四半期に1回", [("1", "回", "=", "per_quarter")]),
        ("1回/四半期", [("1", "回", "=", "per_quarter")]),
        ("半期に1回", [("1", "回", "=", "per_half_year")]),
        ("年間120日開館", [("120", "日", "=", "per_year")]),
        ("事業費 1,200万円以内", [("12000000", "円", "<=", None)]),
    ],
)
def test_forms(text: str, expected: list[tuple[str | None, str | None, str | None, str | None]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("各年度20軒", "per_year"),
        ("年度ごとに20軒", "per_year"),
        ("月ごとに2回", "per_month"),
        ("20人（1回あたり）", "per_event"),
        ("各回とも20人", "per_event"),
        ("四半期ごとに2回", "per_quarter"),
        ("各種講座20回", None),
    ],
)
def test_how_often_a_number_is_meant(text: str, frequency: str | None) -> None:
    (goal,) = parse_target(text)
    assert goal.value is not None
    assert (goal.frequency, goal.parsed) == (frequency, True)


@pytest.mark.parametrize("text", ["20軒？", "20軒に満たない場合は見直し", "20軒（初年度）", "20軒にこだわらない"])
def test_what_is_not_set_is_a_doubt(text: str) -> None:
    (goal,) = parse_target(text)
    assert not goal.parsed


@pytest.mark.parametrize(
    "remark", ["内定", "予定", "廃止", "休止中", "要検討", "最低10軒", "上限30軒", "最大", "3年平均"]
)
def test_a_deed_or_another_bound_in_a_bracket_is_a_doubt(remark: str) -> None:
    (goal,) = parse_target(f"20軒（{remark}）")
    assert not goal.parsed


@pytest.mark.parametrize(
    "remark", ["市内", "製造業", "春・秋", "新規", "再掲", "累計", "個別相談", "事業計画", "うち新規5軒", "必達", "※1"]
)
def test_what_tells_which_are_counted_is_no_doubt(remark: str) -> None:
    goal = parse_target(f"20軒（{remark}）")[0]
    assert goal.value is not None
    assert goal.parsed


@pytest.mark.parametrize("text", ["20軒［再掲］", "20軒【再掲】"])
def test_square_brackets_of_a_remark_are_no_part_of_it(text: str) -> None:
    assert parse_target(text)[0].parsed


def test_a_rate_behind_a_dot_is_a_doubt() -> None:
    assert not parse_target("80台・回")[0].parsed


def test_a_number_that_says_which_are_meant_counts_none() -> None:
    (goal,) = parse_target("上位20軒への訪問")
    assert goal.value is None


@pytest.mark.parametrize(
    ("text", "comparator"), [("20軒を限度", "<="), ("20軒を上限", "<="), ("20軒を下限", ">="), ("最低でも20軒", ">=")]
)
def test_a_bound_behind_a_number(text: str, comparator: str) -> None:
    (goal,) = parse_target(text)
    assert goal.comparator == comparator


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("開催数年間2回以上", "開催数"),
        ("実施農家数 8件/年間", "実施農家数"),
        ("事業見直しの件数: 2件以上", "事業見直しの件数"),
        ("セミナー開催（年2回）", "セミナー開催"),
        ("会議を年1回実施", "会議"),
        ("4社/年", None),
        ("目標値：30件", None),
        ("令和8年度までに40社", None),
        ("8割以上の高評価", None),
    ],
)
def test_the_name_is_the_noun_before_the_number(text: str, name: str | None) -> None:
    (goal,) = parse_target(text)
    assert goal.name == name


@pytest.mark.parametrize(
    "text",
    [
        "継続実施", "令和5年度より実施中の事業を引き続き精査", "他市の制度(ローカル10000含む)の情報収集",
        "第4期計画の策定", "TOKYO INDIE GAMESの支援", "20代の参加の促進", "ゼロカーボン2050宣言",
        "2050ゼロパートナー制度の普及", "3年目の検証", "第3回大会の開催", "数10件の相談",
        "サイトの構築完了、導入後の動向を確認。", "6G整備", "5か年計画の推進", "路線2期の整備",
    ],
)  # fmt: skip
def test_numbers_that_count_nothing_leave_one_qualitative_goal(text: str) -> None:
    (goal,) = parse_target(text)
    assert (goal.value, goal.fiscal_year, goal.deadline_fy, goal.parsed) == (None, None, None, True)
    assert goal.text == text


@pytest.mark.parametrize(
    "text",
    [
        "前年度比5％増",
        "前年度より10件増",
        "10％削減",
        "来場者 前年比105%",
        "売上10%アップ",
        "前年度比△5%",
        "5%増やす",
        "毎年5件ずつ増加",
    ],
)
def test_a_change_is_qualitative(text: str) -> None:
    (goal,) = parse_target(text)
    assert (goal.value, goal.unit, goal.name, goal.parsed) == (None, None, None, True)


@pytest.mark.parametrize(
    "text",
    [
        "10人→15人", "10～20人", "交流会 年間1～2回", "2/3以上", "3分の2以上", "3社から5社へ", "15軒または20軒",
        "10人以上15人未満", "30人から40人", "20軒±2軒", "△20軒", "▲3%", "-5%", "20数軒", "延べ20余名", "〇軒",
        "5か6件", "●件程度", "1.20軒", "15、6軒", "15軒or20軒", "20人×3回",
        "20軒/3年", "上半期に2回", "1、20軒", "前年度（20軒）以上", "前年度20軒以上", "20軒(令和6年度実績)",
        "20軒/21軒", "第2四半期に2回",
        "各6軒", "20軒まで", "申請から10日以内",
        "隔週で1回", "2か月に1回", "20人/講座", "1校あたり5人", "実績30件", "現状20軒",
        "1か所につき20軒", "20軒（1地区あたり）", "20軒（各会場）", "各商店街20軒", "会場ごとに20軒", "5年ごとに20軒",
        "1年おきに2回", "地区ごとに年2回", "現状（20軒）以上",
        "月平均20軒", "年平均20軒", "一店舗20人", "20軒または売上1億円",
    ],
)  # fmt: skip
def test_what_is_no_one_number_is_not_read_and_said_so(text: str) -> None:
    (goal,) = parse_target(text)
    assert (goal.value, goal.parsed) == (None, False)


@pytest.mark.parametrize(
    ("text", "fiscal_year", "deadline"),
    [
        ("令和5年度に実施", 2023, None),
        ("令和6年度実施", 2024, None),
        ("令和7年度は3回開催", 2025, None),
        ("R7:10件", 2025, None),
        ("調査を令和6年度までに実施", None, 2024),
        ("令和7年度までに新たな資源を発掘", None, 2025),
        ("令和7年度末までに累計100件", None, 2025),
        ("令和7年3月までに実施", None, 2024),
        ("令和8年度までに、事業者40社", None, 2026),
        ("令和5年度に策定した計画に基づき検討", None, None),
        ("令和5年度より開始した事業の継続", None, None),
        ("令和6年度に向けて検討", None, None),
        ("令和5～7年度に検討", None, None),
        ("20軒（令和8年度まで）", None, 2026),
        ("20軒（令和8年度末）", None, 2026),
        ("20軒（令和8年度）", 2026, None),
        ("20軒（R3:12軒）", None, None),
        ("約2025/6/19に開始", 2025, None),
        ("令和3・4年度に実施", None, None),
        ("令和5年度及び6年度に10件", None, None),
        ("令和6年4月に始め、同年11月までに完了", 2024, 2024),
    ],
)
def test_years_and_deadlines(text: str, fiscal_year: int | None, deadline: int | None) -> None:
    (goal,) = parse_target(text)
    assert (goal.fiscal_year, goal.deadline_fy) == (fiscal_year, deadline)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("現状20軒→目標40軒", [("baseline", 20), ("target", 40)]),
        ("12軒（現状）から18軒へ", [("baseline", 12), ("target", 18)]),
        ("現在12軒、目標20軒", [("baseline", 12), ("target", 20)]),
        ("20軒（現状12軒）", [("target", 20), ("baseline", 12)]),
        ("目標20/実績21", [("target", 20), ("actual", 21)]),
        ("実績21軒（目標20軒）", [("actual", 21), ("target", 20)]),
        ("令和3年度12軒→令和8年度20軒", [("baseline", 12), ("target", 20)]),
        ("ロケ実績：30件", [("target", 30)]),
    ],
)
def test_what_an_item_gives_beside_its_target_is_no_target(text: str, told: list[tuple[GoalRole, int]]) -> None:
    assert [(goal.role, goal.value) for goal in parse_target(text)] == [(role, Decimal(value)) for role, value in told]


def test_two_numbers_for_one_thing_are_two_readings() -> None:
    assert [(goal.value, goal.parsed) for goal in parse_target("15軒、20軒")] == [(None, False)] * 2


def test_an_enumerator_belongs_to_the_goal_behind_it() -> None:
    assert [goal.text for goal in parse_target("①講座20件 ②30件")] == ["①講座20件", "②30件"]


def test_each_goal_has_its_own_year() -> None:
    goals = parse_target("令和7年度までに30人、令和8年度までに40人")
    assert [(goal.value, goal.deadline_fy) for goal in goals] == [(Decimal(30), 2025), (Decimal(40), 2026)]


def test_words_in_an_order_that_no_grammar_knows_are_said_not_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: str) -> None:
        raise UnexpectedInput

    monkeypatch.setattr("normalize.goals.goal_parser.clauses_of", unknown)
    (goal,) = parse_target("いつかの年に3回")
    assert (goal.text, goal.value, goal.parsed) == ("いつかの年に3回", None, False)


@pytest.mark.parametrize("form", ["akishima-r4-report", "musashino-r7-sheets"])
def test_the_goals_of_the_known_documents(form: str, corpus: Path) -> None:
    folder = corpus / "facts" / form

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))

    targets = [row for row in rows("observations.csv") if row["role"] == "target"]
    facts = list(zip(rows("indicators.csv"), targets, strict=True))
    sheet_year = "2025" if form == "musashino-r7-sheets" else ""
    for (_, text), group in groupby(facts, key=lambda fact: (fact[0]["measure_code"], fact[0]["indicator_text"])):
        expected = [
            (
                Decimal(target["value"]) if target["value"] else None,
                target["unit"] or None,
                target["comparator"] or None,
                target["frequency"] or None,
                target["deadline_fy"] or None,
                target["fiscal_year"].removeprefix(sheet_year) or None,
                indicator["indicator_name"] or None,
            )
            for indicator, target in group
        ]
        found = [
            (
                goal.value,
                goal.unit,
                goal.comparator,
                goal.frequency,
                str(goal.deadline_fy) if goal.deadline_fy else None,
                str(goal.fiscal_year) if goal.fiscal_year else None,
                goal.name if fact[-1] else None,  # an empty name is a matter of taste
            )
            for goal, fact in zip(parse_target(text), expected, strict=True)
        ]
        assert found == expected, text
    assert len(facts) == len(targets) > 0
