"""What the blocks of one form share: its dice, its years and how it writes them, its subject, its looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.forms.model import Fact
from tests.forms.words import COUNTED, FIELDS, MADE_UP

HEISEI, REIWA = 1989, 2019
"""The first fiscal years of the eras: the year that began in April 2019 is 令和元年度 (平成31年度)."""

_WIDE = {code: chr(code + 0xFEE0) for code in range(0x30, 0x3A)}

YearForm = Literal["era", "era年度", "letter", "letter年度", "bare年度", "western", "western年度", "both"]


def wide(text: str) -> str:
    """Digits full width."""
    return text.translate(_WIDE)


@dataclass(frozen=True, slots=True)
class Years:
    """How a block writes fiscal years. `first` asks for 元 in an era's first year, `is_wide` for full-width digits."""

    form: YearForm
    first: bool = False
    is_wide: bool = False

    def __call__(self, year: int) -> str:
        """The print of a fiscal year.

        >>> Years("era年度")(2023), Years("letter")(2018), Years("bare年度")(2015), Years("era年度", first=True)(2019)
        ('令和5年度', 'H30', '27年度', '令和元年度')
        """
        era, letter, number = ("令和", "R", year - REIWA + 1) if year >= REIWA else ("平成", "H", year - HEISEI + 1)
        count = "元" if number == 1 and self.first else str(number)
        text = {
            "era": f"{era}{count}年",
            "era年度": f"{era}{count}年度",
            "letter": f"{letter}{count}",
            "letter年度": f"{letter}{count}年度",
            "bare年度": f"{number}年度",
            "western": str(year),
            "western年度": f"{year}年度",
            "both": f"{era}{count}年度\n（{year}年度）",
        }[self.form]
        return wide(text) if self.is_wide else text


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator: its name, unit, the largest amount and its decimals."""

    name: str
    unit: str
    most: int
    decimals: int


@dataclass(slots=True)
class Sheet:
    """What is known of a form in the making. `year` is the last one with actuals; `subject` what facts hang on.

    `tells_year`: its title prints a year, so that others may go without their era.
    """

    dice: Random
    year: int
    subject: str
    years: Years
    wide_digits: bool
    taken: set[str]
    is_measure: bool = False
    tells_year: bool = False
    names: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    absent: str = ""
    minus: str = "▲"
    brackets: str = "（{}）"
    numbering: str = "none"
    own: Random | None = None

    @property
    def values(self) -> Random:
        """The dice of what a sheet says: where they are others than those of its form, the form has more sheets."""
        return self.own or self.dice

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def counted(self, *, plain: bool = False) -> Counted:
        """A new indicator, whose name is not part of another's; `plain` without a remark in its name."""
        while True:
            end, unit, most, decimals = self.values.choice(COUNTED)
            lead = self.values.choice(MADE_UP) if self.values.random() < 0.12 else ""
            tail = (
                self.values.choice(("（累計）", "（延べ）"))
                if not plain and decimals == 0 and self.values.random() < 0.12
                else ""
            )
            name = f"{lead}{self.values.choice(FIELDS)}{end}{tail}"
            if not any(name in other or other in name for other in self.taken):
                self.taken.add(name)
                return Counted(name, unit, most, decimals)

    def amount(self, counted: Counted) -> str:
        """A plausible amount, as plain digits."""
        top = counted.most
        if top < 0:
            return str(self.values.choice((-1, 1)) * self.values.randint(1, -top))
        amount = self.values.uniform(0.02 * top, top)
        return f"{amount:.{counted.decimals}f}" if counted.decimals else str(max(1, int(amount)))

    def odd(self, counted: Counted, amount: str) -> str:
        """What stands in a cell in place of one number: two, a part of another, a range, a rank, a word."""
        shown, other = self.shown(amount), self.shown(self.near(counted, amount))
        small, large = sorted((amount, self.near(counted, amount)), key=float)
        return self.values.choice(
            (
                f"男性{shown} 女性{other}", f"{shown}／{other}", f"{shown}（うち新規{other}）",
                f"{self.shown(small)}～{self.shown(large)}",
                "県内3位", "策定済み", "全員が取得", "皆増", "#DIV/0!", f"{shown}台前半", "継続実施", "増加を目指す",
            )
        )  # fmt: skip

    def near(self, counted: Counted, amount: str) -> str:
        """An amount near another, as actuals are near their targets; never equal to it."""
        for _ in range(20):
            other = float(amount) * self.values.uniform(0.75, 1.15)
            other = min(other, 100.0) if counted.unit in ("％", "%") else other
            whole = round(other) if counted.most < 0 and round(other) else max(1, round(other))
            text = f"{other:.{counted.decimals}f}" if counted.decimals else str(whole)
            if text != amount:
                return text
        return amount

    def shown(self, amount: str) -> str:
        """The print of an amount: commas, wide digits where the form has them, ▲ before what is negative."""
        whole, _, part = amount.lstrip("-").partition(".")
        text = f"{int(whole):,}" + (f".{part}" if part else "")
        text = f"{self.minus}{text}" if amount.startswith("-") else text
        return wide(text) if self.wide_digits else text

    def span(self, before: int, after: int) -> list[int]:
        """The years from `before` before the last one with actuals to `after` behind it."""
        return list(range(self.year - before, self.year + after + 1))

    def fact(self, **columns: object) -> Fact:
        return Fact(measure=self.subject, **columns)  # type: ignore[arg-type]


def one_era(years: Sequence[int]) -> bool:
    """Whether years without an era can only be of one."""
    return all(year >= REIWA for year in years) or all(year < REIWA for year in years)
