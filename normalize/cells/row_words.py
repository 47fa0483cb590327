"""Words that stand where a row has its name, and name nothing: a sum, a number for reference, a reprint."""

from __future__ import annotations

import re
from typing import Final

from normalize.text.folding import squeeze

_TOTAL: Final = re.compile(
    r"小計|合計|計|総計|総額|総合計|再計|純計|(?:全体|全庁|全市|総|単純|加重)?平均値?|全体計?|.{1,8}(?:小計|合計|(?<![会設時統家累推集余])計)(?:\([^()]*\))?"
)
"""What a row is called that adds the rows of a list up, or takes their mean: 合計, 総務費計; no 一般会計, 累計."""

_REFERENCE: Final = re.compile(r"[(【\[〈]?(?:参考(?:値|指標|数値)?|参照値)(?:[)】\]〉:]|$)|※参考")
_COMPARED: Final = re.compile(
    r"\([^()]*(?:比|率|増減|差|平均|参考|当たり|あたり|前年|昨年|他[市町県]|[都県]内|全国)[^()]*\)$"
)
"""A remark behind a label that makes another number of it."""

_REPRINT: Final = re.compile(
    r"\s*(?:[(（【\[〔]\s*再掲[^()（）【】\[\]〔〕]*[)）】\]〕]|[※＊*]\s*再掲|(?:^|\s)再掲[:：\s]\s*)"
)


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


def is_compared(text: str) -> bool:
    """Whether a remark makes the numbers of a label those of a comparison or of others: 実績（前年度比）.

    >>> is_compared("実績値（類似団体平均）"), is_compared("実績値（年間）")
    (True, False)
    """
    return _COMPARED.search(squeeze(text)) is not None


def is_reprint(text: str) -> bool:
    """Whether a name says that it is printed again: 朝市（再掲）."""
    return _REPRINT.search(text) is not None


def without_reprint(text: str) -> str:
    """The text of a name with blanks where it says that it is printed again; as long as before.

    >>> without_reprint("朝市（開催数）（再掲） P.3")
    '朝市（開催数）     P.3'
    """
    return _REPRINT.sub(lambda match: " " * len(match[0]), text).rstrip()
