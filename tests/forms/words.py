"""Words of generated forms: labels by how many bodies print them, names, bodies, sentences and numbers of our own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")

FIELDS = (
    "港湾", "朝市", "灯台", "遊歩道", "観光", "子育て", "防災", "図書館", "公園", "道路", "下水道", "農業", "商店街",
    "健診", "介護予防", "学校給食", "文化財", "空き家", "公共交通", "消防団", "環境学習", "移住", "創業",
    "健康づくり", "生涯学習", "スポーツ", "水産加工", "森林", "温泉", "伝統芸能", "地域福祉", "ごみ減量", "情報発信",
    "国際交流", "男女共同参画",
)  # fmt: skip
DOINGS = (
    "推進", "支援", "整備", "活性化", "促進", "管理運営", "補助", "育成", "普及", "保全", "改修", "活用", "強化",
    "見直し",
)  # fmt: skip
TOWNS = ("まち", "暮らし", "地域", "郷土", "未来", "産業", "自然", "学び", "絆")
QUALITIES = (
    "安全で快適な",
    "活力ある",
    "心豊かな",
    "緑あふれる",
    "支え合う",
    "誇れる",
    "魅力ある",
    "持続可能な",
    "笑顔あふれる",
)
MADE_UP = ("ゆめみらい", "ほっと", "わくわく", "きずな", "さざなみ", "ひだまり", "せせらぎ", "はぐくみ")
"""Words that no vocabulary of forms holds."""

DEPARTMENTS = ("総務部", "企画部", "市民部", "福祉部", "産業部", "建設部", "環境部", "教育部", "健康部", "都市整備部")
SECTIONS = (
    "総務課", "企画課", "財政課", "市民課", "福祉課", "商工観光課", "農林水産課", "道路課", "環境課", "学校教育課",
    "生涯学習課", "健康増進課", "子育て支援課", "危機管理課", "下水道課", "都市計画課", "情報政策課", "税務課",
    "図書館", "消防本部",
)  # fmt: skip
TEAMS = ("管理係", "推進係", "施設係", "庶務係", "企画係", "計画グループ", "振興担当")
CITIES = (
    ("函館市", "012025"), ("弘前市", "022021"), ("一関市", "032093"), ("柏崎市", "152056"), ("小諸市", "202088"),
    ("焼津市", "222127"), ("舞鶴市", "262021"), ("倉吉市", "312037"), ("今治市", "382027"), ("諫早市", "422045"),
    ("軽井沢町", "203211"), ("直島町", "373648"),
)  # fmt: skip
LEADS = ("引き続き、", "関係団体と連携し、", "地域の声を踏まえ、", "前年度に続き、", "国の制度を活用し、", "", "", "")
ENDS = (
    "の充実を図る必要がある。", "の整備が進んだ。", "に取り組んでいる。", "への理解が広がっている。",
    "の在り方を検討する。", "の担い手が不足している。", "を円滑に実施できた。", "の周知が十分ではない。",
    "の利便性が高まった。", "を着実に進める。", "を通じて地域の活力を高める。", "の需要は今後も見込まれる。",
    "により市民生活の向上に寄与している。",
)  # fmt: skip

# What is counted, its unit, the largest plausible amount (below 0 where amounts may be negative), its decimals.
COUNTED = (
    ("の利用者数", "人", 90000, 0), ("の参加者数", "人", 3000, 0), ("講座の開催回数", "回", 60, 0),
    ("の相談件数", "件", 900, 0), ("の設置箇所数", "箇所", 80, 0), ("に満足している市民の割合", "％", 100, 1),
    ("の実施率", "％", 100, 1), ("の整備延長", "ｍ", 9000, 0), ("の登録団体数", "団体", 200, 0),
    ("の貸出冊数", "冊", 160000, 0), ("の補助件数", "件", 300, 0), ("の受診率", "%", 100, 1),
    ("施設の稼働率", "%", 100, 1), ("の売上額", "百万円", 2000, 0), ("パンフレットの発行部数", "部", 30000, 0),
    ("の会員数", "人", 5000, 0), ("の新規就業者数", "人", 60, 0), ("の整備面積", "ha", 90, 1),
    ("の排出量", "t", 9000, 0), ("の待機者数", "人", 120, 0), ("台数", "台", 400, 0), ("の処理日数", "日", 60, 0),
    ("の交付世帯数", "世帯", 4000, 0), ("イベントの来場者数", "人", 50000, 0), ("の事業所数", "事業所", 900, 0),
    ("協定の締結数", "件", 60, 0), ("の一人当たり排出量", "g/人・日", 900, 0), ("教室の開催数", "回/年", 90, 0),
    ("待ち時間", "分", 40, 1), ("の延べ利用者数", "人／日", 900, 0), ("の増減数", "人", -900, 0),
    ("に満足している人の割合", "ポイント", 90, 1), ("の二酸化炭素排出量", "t-CO2", 9000, 0),
)  # fmt: skip

_LABELS = Path(__file__).with_name("labels.csv")


@cache
def labels() -> dict[str, tuple[tuple[str, ...], tuple[int, ...]]]:
    """Slot → its labels and how many bodies print each."""
    found: dict[str, tuple[list[str], list[int]]] = {}
    with _LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names, bodies = found.setdefault(row["slot"], ([], []))
            names.append(row["label"])
            bodies.append(int(row["bodies"]))
    return {slot: (tuple(names), tuple(bodies)) for slot, (names, bodies) in found.items()}


def label(dice: Random, slot: str, others: Sequence[str] = ()) -> str:
    """A label of a slot: half of the draws by the count of bodies, half even. None of `others` comes again."""
    names, bodies = labels()[slot]
    while True:
        drawn = dice.choices(names, bodies)[0] if dice.random() < 0.6 else dice.choice(names)
        if drawn not in others:
            return drawn


def project(dice: Random) -> str:
    """The name of a project: 灯台活用推進事業."""
    lead = f"{dice.choice(MADE_UP)}" if dice.random() < 0.12 else ""
    first, second = dice.sample(FIELDS, 2)
    body = dice.choice((first, f"{first}{dice.choice(('・', '及び'))}{second}", f"{first}の{second}"))
    return f"{lead}{body}{dice.choice(DOINGS)}{dice.choice(('事業', '事業', '事業費補助金', '業務'))}"


def policy(dice: Random) -> str:
    """The name of a goal or policy: 緑あふれる地域づくり."""
    return dice.choice(
        (
            f"{dice.choice(QUALITIES)}{dice.choice(TOWNS)}づくり",
            f"{dice.choice(FIELDS)}の{dice.choice(('充実', '推進', '振興', '向上'))}",
            f"{'と'.join(dice.sample(FIELDS, 2))}で{dice.choice(QUALITIES)}{dice.choice(TOWNS)}をつくる",
        )
    )


def distinct(dice: Random, make: str, count: int, taken: Sequence[str] = ()) -> list[str]:
    """Names that differ and of which none holds another."""
    found: list[str] = []
    while len(found) < count:
        name = project(dice) if make == "project" else policy(dice)
        if not any(name in other or other in name for other in (*found, *taken)):
            found.append(name)
    return found


def sentence(dice: Random) -> str:
    """One sentence; seldom with a number, which is nobody's actual."""
    number = f"延べ{dice.randint(2, 400)}人が参加し、" if dice.random() < 0.08 else ""
    return f"{dice.choice(LEADS)}{number}{dice.choice(FIELDS)}{dice.choice(DOINGS)}{dice.choice(ENDS)}"


def prose(dice: Random, most: int = 3) -> str:
    return "".join(sentence(dice) for _ in range(dice.randint(1, most)))


def some(dice: Random, items: Sequence[T], least: int, most: int) -> list[T]:
    """Some of the items, in their order."""
    count = min(dice.randint(least, most), len(items))
    return [items[at] for at in sorted(dice.sample(range(len(items)), count))]
