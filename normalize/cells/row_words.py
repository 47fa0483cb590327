"""Words that stand where a row has its name, and name nothing: a sum, a number for reference, a reprint."""

from __future__ import annotations

import re
from typing import Final

from normalize.cells.heads import role_of
from normalize.cells.vocabulary import unit_note
from normalize.cells.years import years_named
from normalize.text.folding import squeeze
from normalize.text.periods import period_of, without_period

_TOTAL: Final = re.compile(
    r"小計|合計|計|総計|総額|総合計|再計|純計|(?:全体|全庁|全市|総|単純|加重)?平均値?|全体計?|.{1,8}(?:小計|合計|(?<![会設時統家累推集余])計)(?:\([^()]*\))?"
)
"""What a row is called that adds the rows of a list up, or takes their mean: 合計, 総務費計; no 一般会計, 累計."""

_REFERENCE: Final = re.compile(r"[(【\[〈]?(?:参考(?:値|指標|数値)?|参照値)(?:[)】\]〉:]|$)|※参考")
_REMARK: Final = re.compile(r"(?<=.)\(([^()]*)\)$")
HARMLESS_REMARK: Final = re.compile(
    r"[A-Za-z]{1,5}|[①-⑳ア-オ]|[※注*][0-9]*|[0-9]{1,2}|年?度?末?(?:決算|確定|確報|最終|実績|目標|計画)?[値額数]?|小?計|年間(?:合計|計|値|累計)?|通年|12[かヶカヵケ箇]月分?|全体|合計|総数|(?:延べ|のべ|実)[人回件数]{0,3}|(?:計画)?策定(?:時|年度)|最終年度?|初年度"
    r"|単年度?|各年度?|年度[値計]?|[1-9]年(?:度)?目|令?和?[0-9]*年度(?:末)?(?:時点|現在)?|[0-9]{4}"
)
"""Remarks behind a label that change nothing of what its numbers are."""

_REPRINT: Final = re.compile(
    r"\s*(?:[(（【\[〔]\s*再掲[^()（）【】\[\]〔〕]*[)）】\]〕]|[※＊*]\s*再掲|(?:^|\s)再掲[:：\s]\s*)"
)


_CORRECTED: Final = re.compile(r"[(（【\[〔]\s*(?:訂正|正誤|修正|差し?替え?|更新)(?:後|版|分)?\s*[)）】\]〕]")


def without_correction(text: str) -> str:
    """A name without the words that say that its row replaces another: （訂正）朝市.

    >>> without_correction("(訂正)朝市"), without_correction("朝市（修正後）"), without_correction("朝市")
    ('朝市', '朝市', '朝市')
    """
    return _CORRECTED.sub("", text).strip()


def is_total(text: str) -> bool:
    """Whether a cell heads a row of sums or means, and names nothing: 合計, but not 合計特殊出生率.

    >>> [is_total(text) for text in ("合 計", "（参考）平均", "総務費計", "一般会計", "累計", "時計台")]
    [True, True, True, False, False, False]
    """
    return _TOTAL.fullmatch(_REFERENCE.sub("", squeeze(text), count=1).strip("()【】")) is not None


def is_reference(text: str) -> bool:
    """Whether a cell heads numbers that are given for comparison alone: 参考：県平均.

    >>> is_reference("参考：東京都"), is_reference("（参考）県内平均"), is_reference("参考図書の貸出数")
    (True, True, False)
    """
    return _REFERENCE.match(squeeze(text)) is not None


def is_harmless(rest: str) -> bool:
    """Whether what stands behind a year, or in brackets behind a label, changes nothing of the numbers below it.

    >>> is_harmless("(最終年度)"), is_harmless("通年"), is_harmless("見直し後")
    (True, True, False)
    """
    return HARMLESS_REMARK.fullmatch(rest.strip("()")) is not None


def is_of_others(text: str) -> bool:
    """Whether a remark behind a label makes other numbers of it: 実績（前年度比）, 実績（県平均）, 実績（うち市内）.

    A unit, a year, a letter, or what says that a whole year is meant changes nothing; of a part of a year
    `normalize.text.periods` tells.

    >>> is_of_others("実績値（類似団体平均）"), is_of_others("実績値（年間）"), is_of_others("実績値（人）")
    (True, False, False)
    """
    label = squeeze(text)
    remark = _REMARK.search(label)
    if remark is None or unit_note(label) is not None or HARMLESS_REMARK.fullmatch(remark[1]) or years_named(remark[1]):
        return False
    if (told := role_of(remark[1])) in {"target", "actual", "forecast"}:
        is_forecast = period_of(remark[0]) == "forecast"
        return told != "actual" and not is_forecast and role_of(label[: remark.start()]) == "actual"  # 実績値（補正後）
    return period_of(remark[0]) == "year" and without_period(label) == label


def is_reprint(text: str) -> bool:
    """Whether a name says that it is printed again: 朝市（再掲）."""
    return _REPRINT.search(text) is not None


def without_reprint(text: str) -> str:
    """The text of a name with blanks where it says that it is printed again; as long as before.

    >>> without_reprint("朝市（開催数）（再掲） P.3")
    '朝市（開催数）     P.3'
    """
    return _REPRINT.sub(lambda match: " " * len(match[0]), text).rstrip()
