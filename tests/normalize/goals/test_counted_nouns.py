"""Actuals in prose: the number that counts the goal's thing is taken, and no other."""

import pytest

from normalize.goals.counted_nouns import counted_in
from normalize.goals.goal_parser import parse_target
from normalize.goals.prose_actuals import actual_in_prose
from normalize.goals.scope_marks import Reporter


def actuals(item: str, report: str, fiscal_year: int | None = 2025) -> list[str | None]:
    found = (actual_in_prose(goal, report, Reporter(fiscal_year)).actual for goal in parse_target(item))
    return [quantity.text if quantity else None for quantity in found]


@pytest.mark.parametrize(
    ("item", "report", "taken"),
    [
        ("相談件数 30件", "相談は28件であった。", ["28件"]),
        ("相談件数 30件", "窓口で相談を28件受けた。", ["28件"]),
        ("相談件数 30件", "28件の相談があった。", ["28件"]),
        ("セミナー参加者数 20名", "見学会の参加者は15名、セミナーの参加者は18名であった。", ["18名"]),
        ("セミナー参加者数 20名", "セミナーに25名が参加した。", ["25名"]),
        ("会議を年1回実施", "会議を2回開催した。", ["2回"]),
        ("アクセス数は1回あたり5件", "アクセス数は4件であった。", ["4件"]),
        ("来場者：毎年度 20人未満", "来場者は年間25人であった。", ["25人"]),
        ("会議の開催 年3回", "会議を4回開いた。", ["4回"]),
        ("満足度80%以上", "アンケートでは93%が満足と答えた。", ["93%"]),
        ("8割以上の高評価を得る", "回答の約9割から高評価を得た。", ["約9割"]),
        ("予定件数:計2件(苗木配布2件を見込む。)", "苗木配布3件を行った。", ["3件"]),
        ("動画を10本作成", "令和6年度は動画を8本、令和7年度は動画を11本作成した。", ["11本"]),
        ("補助金交付 10件", "補助金の交付は8件、補助金の申請は12件。", ["8件"]),
        ("補助件数 120件", "補助は98件、うち新規の補助は20件。", ["98件"]),
        ("講座3回、参加者30人", "講座を4回開き、延べ52人が参加した。", ["4回", "延べ52人"]),
        (
            "動画を10本作成し、総閲覧回数2万回",
            "作成動画本数 12本 、総再生回数 15,000回 であり好評。",
            ["12本", "15,000回"],
        ),
    ],
)
def test_the_same_thing_is_taken(item: str, report: str, taken: list[str]) -> None:
    assert actuals(item, report) == taken


@pytest.mark.parametrize(
    ("item", "report"),
    [
        ("補助実施件数120件", "申請件数は全体で44件。"),
        ("創業枠での補助実施60件", "申請件数は全体で44件。うち創業枠は23件となった。"),
        ("農地貸借相談件数:1件以上", "新規貸借3件(農地法3条:1件、円滑化法:2件)を始めた。"),
        ("相談件数 30件", "相談は28人であった。"),
        ("相談件数 30件", "申込件数は28件、うち相談は5件。"),
        ("セミナー参加者数 20名", "見学会の参加者は15名であった。"),
        ("会議を年1回実施", "見学会を2回開催した。"),
        ("満足度80%以上", "参加率は93%だった。"),
        ("動画を10本作成", "昨年度は動画を8本作成した。"),
        ("動画を10本作成", "次は動画を12本作成する予定。"),
        ("動画を10本作成し、総閲覧回数2万回", "総再生回数は15,000回であった。"),
        ("パンフレット配布 500部", "ちらしを450部配布した。"),
        ("補助金交付 10件", "補助金の交付は8件。翌月の補助金の交付は9件。"),
        ("継続実施", "会議を2回開催した。"),
        ("3件以上", "2件を実施した。"),
    ],
)
def test_another_thing_is_not_taken(item: str, report: str) -> None:
    assert not any(actuals(item, report))


def test_a_year_that_is_not_the_sheet_s_is_another_number() -> None:
    assert actuals("動画を10本作成", "令和6年度は動画を8本作成した。", 2025) == [None]
    assert actuals("動画を10本作成", "令和6年度は動画を8本作成した。", 2024) == ["8本"]
    assert actuals("動画を10本作成", "令和6年度は動画を8本作成した。", None) == [None]


def test_an_actual_stands_where_it_says() -> None:
    report = "今年度は ワークショップを開き、 約93%の方から高評価 を得た。"
    (goal,) = parse_target("8割以上の高評価獲得")
    found = actual_in_prose(goal, report).actual
    assert found
    assert report[found.start : found.end] == found.text == "約93%"
    assert found.comparator == "~"


def test_what_a_number_counts_is_the_last_noun_before_it() -> None:
    (first, second) = counted_in("農業セミナーの参加者数は20人、相談の受付は3件。")
    assert first.heads == {"参加"}
    assert first.qualifiers == {"農業", "セミナー"}
    assert second.heads == {"受け付け"}
