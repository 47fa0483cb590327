"""What inspection proposes for a sheet whose labels have changed."""

from extract.text import read_text
from normalize.layout import Layout
from normalize.municipalities.akiruno import PROGRESS
from normalize.municipalities.musashino import SHEET
from normalize.proposing import proposals

SHEET_TEXT = (
    "第三期武蔵野市産業振興計画 管理・評価シート\n\n"
    "対象年度\t令和8年度\t\t担当デスク\t港湾課\n"
    "方針番号\t2\t方針名\t港のにぎわい\t\n施策番号\t7\t施策名\t桟橋の再生\t\n"
    "取組内容\t1\t予定\t桟橋を直す。\t・補修の開始\n\t\t実施\t直した。\t\n"
    "{goals}\t\t・補修の開始\t\t\n"
    "実施内容に関する所見・評価\t早い。\t\t\t\n次年度の予定\t方向性\t継続\t\t\n\t内容\t続ける。\t\t\n"
)


def proposed(text: str, layout: Layout) -> dict[str, str]:
    document = read_text(text.encode(), "made.txt")
    return {proposal.field: proposal.printed for proposal in proposals(document, layout)}


def test_a_renamed_label_is_proposed_with_its_line() -> None:
    document = read_text(SHEET_TEXT.format(goals="達成指標").encode(), "made.txt")
    (found,) = [p for p in proposals(document, SHEET) if p.field == "responsible"]
    assert found.printed == "担当デスク"
    assert found.line == 'responsible=Labels.of("org.responsible", also=("担当デスク",)),'


def test_what_is_printed_is_not_proposed() -> None:
    assert "goals" not in proposed(SHEET_TEXT.format(goals="達成指標"), SHEET)


def test_a_text_is_proposed_for_one_label_only() -> None:
    found = proposed(SHEET_TEXT.format(goals="達成の指標"), SHEET)
    assert found["goals"] == "達成の指標"
    assert len(set(found.values())) == len(found)


def test_nothing_is_proposed_for_what_is_nothing_alike() -> None:
    assert proposed("あきる野\n\n桜\t松\n梅\t竹\n", PROGRESS) == {}


def test_a_label_of_another_meaning_is_not_proposed() -> None:
    assert "事業内容" not in proposed("あきる野市\n\n実施事業\t年間目標\t実績\n事業内容\t港の番\n", PROGRESS).values()
