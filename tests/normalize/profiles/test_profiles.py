"""A form learnt from its sheets: labels from values, a person's corrections, next year's sheet."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import read_text
from normalize.profiles.learning import forms_of, learn
from normalize.profiles.profile import Profile, ProfileLabel
from normalize.profiles.profile_toml import ProfileError, learnt_to_toml, toml_to_profile
from normalize.profiles.sheets import Sheet, sheets_of, split_sheets
from normalize.reading import read_records
from schemas.document import Document
from schemas.records import DocumentRow, Finding, Measure, Passage
from schemas.rows import Tables, rows_of

NAMES = ("灯台の管理", "桟橋の修繕", "港の清掃", "漁具の貸出", "船の登録", "海図の配布", "潮位の観測", "浮標の点検")
TEXTS = (
    "海辺の明かりを絶やさずに船の道を守ることを目指した。",
    "傷んだ板を取り替えて渡る人の足もとを確かにした。",
    "流れ着いた木を片づけて浜を歩きやすくした。",
    "網を持たない家にも漁を始める道を開いた。",
)


def sheet_text(name: str, number: int, year: int = 7, aim: str = "めあてと願い") -> str:
    rng = random.Random(number)
    return (
        f"令和{year}年度 港町しごと点検票\n\n"
        f"しごとの名まえ\t{name}\n受け持ち\t{rng.choice(('港湾課', '水産課', '観光課'))}\n\n"
        f"{aim}\t{rng.choice(TEXTS)}\nこれまでの歩み\t{rng.choice(TEXTS)}\nお金のこと\t{rng.randint(10, 999)}\n"
        f"進め方\t直営\n点検の結果\t{rng.choice('ABC')}\n"
    )


def made(name: str, number: int, **changes: object) -> Document:
    text = sheet_text(name, number, **changes)  # type: ignore[arg-type]
    return read_text(text.encode(), f"sheet-{number}.txt")


def sheets(count: int) -> list[Sheet]:
    return [one for number in range(count) for one in sheets_of(made(NAMES[number % len(NAMES)], number))]


def profile(meanings: dict[str, str]) -> Profile:
    (form,) = forms_of(sheets(6))
    text, _ = learnt_to_toml(learn(form), len(form.sheets))
    for label, meaning in meanings.items():
        before = f'text = "{label}"\nmeaning = "?"'
        assert before in text
        text = text.replace(before, f'text = "{label}"\nmeaning = "{meaning}"')
    return toml_to_profile(text, "minato-1")


TOLD = {
    "しごとの名まえ": "name.program",
    "受け持ち": "org.responsible",
    "めあてと願い": "passage.aim",
    "これまでの歩み": "passage.done",
    "点検の結果": "grade.grade",
}


def passages(tables: Tables) -> set[str]:
    return {passage.section for passage in rows_of(tables, Passage)}


def test_what_stands_on_all_sheets_is_a_label() -> None:
    (form,) = forms_of(sheets(6))
    told = {one.label.text for one in learn(form)}
    assert {*TOLD, "お金のこと", "進め方"} <= told
    assert not told & {*NAMES, "港湾課", "水産課"}


def test_a_label_that_a_person_told_gives_its_records() -> None:
    document = made("港の清掃", 50)
    before = read_records(document)
    assert rows_of(before, Measure) == ()
    tables = read_records(document, profiles=(profile(TOLD),))
    (row,) = rows_of(tables, DocumentRow)
    assert (row.layout, [m.measure_name for m in rows_of(tables, Measure)]) == ("minato-1", ["港の清掃"])
    assert {"aim", "done"} <= passages(tables)


def test_an_unknown_label_with_sentences_beside_it_gives_background() -> None:
    assert "background" in passages(
        read_records(made("港の清掃", 50), profiles=(profile({"しごとの名まえ": "name.program"}),))
    )


def test_next_years_sheet_is_read_where_a_label_is_worded_otherwise() -> None:
    told = profile(TOLD)
    tables = read_records(made("港の清掃", 50, year=8, aim="めあてと願いごと"), profiles=(told,))
    assert {"aim", "done"} <= passages(tables)
    (stale,) = [finding for finding in rows_of(tables, Finding) if finding.rule == "profile-stale"]
    assert stale.observed == "めあてと願い → めあてと願いごと"


def test_another_form_is_not_read_by_the_profile() -> None:
    other = read_text("令和7年度 事務事業評価シート\n\n事務事業名\t港の清掃\n担当課\t港湾課\n".encode(), "other.txt")
    (row,) = rows_of(read_records(other, profiles=(profile(TOLD),)), DocumentRow)
    assert row.layout != "minato-1"


def test_learning_again_keeps_what_a_person_wrote() -> None:
    (form,) = forms_of(sheets(6))
    text, _ = learnt_to_toml(learn(form), 6)
    mended = text.replace(
        'text = "お金のこと"\nmeaning = "?"', 'text = "お金のこと"\nmeaning = "cost.cost"  # 決算書と同じ'
    )
    (more,) = forms_of(sheets(8))
    again, changes = learnt_to_toml(learn(more), 8, mended)
    assert 'meaning = "cost.cost"  # 決算書と同じ' in again
    assert changes == ()
    assert learnt_to_toml(learn(more), 8, again) == (again, ())


@given(st.permutations(range(8)))
def test_the_order_of_the_sheets_changes_no_label(order: list[int]) -> None:
    every = sheets(8)
    (form,) = forms_of(every)
    (other,) = forms_of([every[at] for at in order])
    assert {one.label.text for one in learn(form)} == {one.label.text for one in learn(other)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = 2\n", "line 1: expected schema = 1, met 2"),
        ('schema = 1\nmunicipality = "海底市"\n', "line 2: no municipality is called 海底市"),
        ('schema = 1\n[[label]]\nmeaning = "?"\n', "line 2: a label has no text"),
        ('schema = 1\n[[label]]\ntext = "名"\nmeaning = "name.programme"\n', "name.program may be meant"),
        ('schema = 1\n[[label]]\ntext = "名"\nsupport = 2\n', "line 4: support is a share"),
        ('schema = 1\n[[label]]\ntext = "名"\n[[label]]\ntext = "名 "\n', "is listed in line 2 too"),
        ("schema = \n", "line 1"),
    ],
)
def test_a_profile_that_cannot_be_used_says_where_and_why(text: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        toml_to_profile(text, "x")


def test_a_file_of_several_sheets_is_parted_where_its_form_begins_again() -> None:
    text = "\n".join(sheet_text(name, number) for number, name in enumerate(NAMES[:4]))
    document = read_text(text.encode(), "all.txt")
    assert [number for number, _ in split_sheets(document)] == [1, 2, 3, 4]
    assert [part for _, part in split_sheets(made("港の清掃", 1))] == [made("港の清掃", 1)]


def test_what_stands_where_other_sheets_have_another_text_is_an_answer_and_no_label() -> None:
    every = [
        one
        for number, said in enumerate(
            ("ひとまず続ける", "ひとまず続ける", "ひとまず続ける", "しばらく休む", "ひとまず続ける")
        )
        for one in sheets_of(read_text(f"港町点検票\n\n受け持ち\t港湾課\nこれから\t{said}\n".encode(), f"{number}.txt"))
    ]
    (form,) = forms_of(every)
    told = {one.label.text for one in learn(form)}
    assert "これから" in told
    assert not told & {"ひとまず続ける", "しばらく休む"}


def test_a_label_of_the_form_is_nobodys_value() -> None:
    labels = tuple(ProfileLabel(text, "?") for text in ("港町点検票", "港の歌と踊りの集い", "一つ", "二つ", "三つ"))
    text = "港町点検票\n\n事務事業名\t灯台の番\n事業の目的\t港の歌と踊りの集い\n\n一つ\t二つ\t三つ\n"
    document = read_text(text.encode(), "one.txt")
    general = [passage.text for passage in rows_of(read_records(document), Passage)]
    learnt = [passage.text for passage in rows_of(read_records(document, profiles=(Profile("x", labels),)), Passage)]
    assert (general, learnt) == (["港の歌と踊りの集い"], [])


def test_a_bracket_that_is_left_is_no_text_of_which_nothing_was_read() -> None:
    labels = tuple(ProfileLabel(text, "?") for text in ("受け持ち", "これから", "一つ", "二つ", "三つ"))
    document = read_text("受け持ち\t）\nこれから\tだれか\n一つ\t二つ\t三つ\n".encode(), "one.txt")
    found = rows_of(read_records(document, profiles=(Profile("x", labels),)), Finding)
    assert [finding.observed for finding in found if finding.rule == "unclaimed-text"] == ["だれか"]


def test_what_stands_beside_an_aside_and_heads_of_empty_rows_leave_nothing_unread() -> None:
    labels = tuple(ProfileLabel(text, "group.none") for text in ("港町点検票", "一つ", "二つ", "三つ", "四つ"))
    keeper = ProfileLabel("まとめた人", "aside.none")
    head = "港町点検票\n\n事務事業名\t灯台の番\n事業の目的\t浜を歩きやすくした。\nまとめた人\t灯 一郎\n\n"
    text = f"{head}一つ\t二つ\t三つ\t四つ\nH27\tH28\tH29\t件\n"
    read = read_records(read_text(text.encode(), "one.txt"), profiles=(Profile("x", (*labels, keeper)),))
    assert not [finding for finding in rows_of(read, Finding) if finding.rule == "unclaimed-text"]
    assert rows_of(read, DocumentRow)[0].status == "converted"
