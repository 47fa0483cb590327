"""The words of targets, as patterns: numbers, words in front of them and behind them, and what is no one number."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from normalize.text.numerals import KANJI_NUMERALS
from normalize.text.quantities import (
    ABOUT,
    COMPARATORS_BEFORE,
    IN_WORDS,
    NOT_VAGUE,
    SCALED_NUMBER,
    TOTALS,
    counts_whole,
    unit_pattern,
    words_after,
)
from schemas.codes import units

_NUMBER: Final = (
    rf"(?:{NOT_VAGUE}(?<![A-Za-z0-9第])(?<![上下]位)(?<!先着)(?<!抽選)(?<!(?<![A-Za-z])[0-9][.,]){SCALED_NUMBER}"
    rf"|{NOT_VAGUE}(?<![第{KANJI_NUMERALS}]){IN_WORDS}(?=件|人[^々]|名|社|回(?!り)|団体|店舗))"
)
BASELINE_WORDS: Final = (
    "前年度実績",
    "前年実績",
    "現状値",
    "現状",
    "現況値",
    "現況",
    "現行",
    "現在値",
    "現在",
    "基準値",
    "当初値",
    "策定時",
)
ACTUAL_WORDS: Final = ("実績値", "実績")
TARGET_WORDS: Final = ("目標値", "目標", "計画値", "計画")
"""Labels of a number inside a goal's own text (現状20社→目標40社)."""

OPEN_REMARK: Final = re.compile(
    "※?(?:仮|案|仮置き|仮称|未定|調整中|検討中|協議中|要調整|見直し中|初年度|最終年度|定員|できる限り|可能な限り|可能な範囲で?|目安|目途|めど"
    "|(?:参考|暫定|概数|概算|速報|推計|推定|予測|想定|見込み?)[値数]?)"
    "|(?:見直し|修正|変更|改[定訂]|訂正)後.*[0-9].*|.*でも(?:可|よい)"
)
"""What a bracket behind a number says that is not settled."""
UNSURE: Final = re.compile(
    r"\s*(?:\?|相当(?!分?の)|ほか(?![^、。])|\+\s*[αa]|ずつ|・\s*[回日月年週人社名件](?:$|[\s、。)])|[×xX]\s*[0-9]|[^、。0-9()]{0,14}(?:(?:場合|とき|際)(?:に?は|に|、|$)|(?:こだわら|とらわれ|限ら|限定し)な))"
)
"""What behind a number makes it none that is set: 20社？, 20社に満たない場合は."""

_COUNTED_PART: Final = r"(?:[^\W\d_ぁ-ん年月日]{1,6}|[かヶカヵケ箇]所)"
_EACH_ONE: Final = r"[一-龥ァ-ヶー]{1,8}"
"""What a number is meant for each of: 各商店街20社, 会場ごとに20社."""
_FOR_ONE: Final = "(?:あたり|当たり|当り|につき|ごと|毎)"
_MONTHS: Final = "[かヶカヵケ箇]月"
_LEADS: Final = {
    "EACH_TIME": r"[1一]回\s*(?:あたり|当たり|当り|につき|ごとに)|(?<![0-9])回(?:ごと|毎)に?|(?:各回|毎回)(?:とも)?",
    "HALF_YEARLY": r"(?<![上下四])(?:各|毎|[1一])?(?:半期|半年)(?:に|ごとに?|毎に?)?",
    "QUARTERLY": r"(?<![第0-9二三四])(?<!第一)(?:各|毎|[1一])?四半期(?:に|ごとに?|毎に?)?",
    "MONTHLY": (
        r"毎月(?![0-9]+日)|(?<![0-9かヶカヵケ箇])月(?:ごと|毎)に?|月間|(?<![0-9かヶカヵケ箇毎隔])月に?(?![0-9]+日|平均)"
        rf"|(?<![0-9])[1一]{_MONTHS}(?:間?に|あたり|当たり|(?=\s*[0-9]))"
    ),
    "WEEKLY": (
        r"毎週|(?<![0-9])週(?:ごと|毎)に?|週間|(?<![0-9毎隔])週に?"
        r"|(?<![0-9])[1一]週間?(?:に|あたり|当たり|(?=\s*[0-9]))"
    ),
    "DAILY": r"毎日|(?<![0-9])日(?:ごと|毎)に?|(?<![0-9月])[1一]日(?:に|ごとに?|あたり|当たり|(?=\s*[0-9]))",
    "OTHER_RATE": (
        rf"初年度(?:は|に)?(?=\s*[0-9])|(?:各|それぞれ)(?=\s*(?:[0-9]|$))|各(?![種回年月週日自位界層所]|地(?![区域])){_EACH_ONE}(?:につき)?(?=\s*[0-9])"
        rf"|(?:年間?|月間?|週間?|(?<![0-9])1?日)平均|(?![一-龥]*[年月週日期回]度?(?:ごと|毎)){_EACH_ONE}(?:ごと|毎)に?|隔[年月週日](?:で|に)?|[上下]半?期に?|第[1-4一二三四]四半期に?|(?<![0-9])(?:[2-9]|[1-9][0-9]|[二三四五六])\s*(?:{_MONTHS}|年|週間?|日)(?:に|(?:ごと|毎|おき)に?)"
        rf"|[1一](?:{_MONTHS}|年|週間?|日)おきに?"
        rf"|(?:[1一]|(?<![0-9,.])[0-9][0-9,]*)(?!回|年|{_MONTHS}|週|日){_COUNTED_PART}(?:あたり|当たり|当り|につき)"
    ),
    "YEARLY": (
        r"毎年度?\s*[、,]?|各年度?(?=\s*[0-9])|(?:(?<![0-9])|(?<![0-9])[1一])年度?(?:ごと|毎)に?|(?<![0-9])年間|[1一]年(?:間?に|あたり|当たり)"
        r"|(?<![0-9昨今来前毎各隔周少青翌同近々中])年に?"
    ),
    "BASE": r"マイナス|プラス|(?<!\w)\+"
    r"|(?:対?前年度?(?:同[月期])?|昨年度?|従来|現状値?|基準値?)(?:比|より|から|に比べ|と比べて?)",
    "ROLE": (
        rf"(?<![^\s、。:/→()・度年末0-9])(?:{'|'.join((*BASELINE_WORDS, *ACTUAL_WORDS, *TARGET_WORDS))})\s*(?:は|:|=)?"
    ),
    "AT_LIMIT": "|".join(COMPARATORS_BEFORE),
    "ABOUT": "|".join(sorted(ABOUT, key=len, reverse=True)),
    "TOTAL": "|".join(
        rf"(?<![設会統時家])({word})" if word == "計" else word for word in sorted(TOTALS, key=len, reverse=True)
    ),
}
"""Words in front of a number, told only where they lead up to one."""

RATES: Final = ("EACH_TIME", "HALF_YEARLY", "QUARTERLY", "MONTHLY", "WEEKLY", "DAILY", "OTHER_RATE", "YEARLY")
"""The words in front of a number that say how often it is meant."""

TRAILS: Final = {
    "PER_YEAR": r"[/]\s*(?:年間?|年度)(?!\s*[・/])|\(\s*(?:毎年度?|年間?)\s*\)",
    "PER_HALF_YEAR": r"/\s*半[期年]",
    "PER_QUARTER": r"/\s*四半期",
    "PER_MONTH": r"/\s*月|\(\s*(?:毎月|月間)\s*\)",
    "PER_WEEK": r"/\s*週間?|\(\s*毎週\s*\)",
    "PER_DAY": r"/\s*日|\(\s*毎日\s*\)",
    "PER_EVENT": rf"[/]\s*回|\(\s*(?:[1一]?回{_FOR_ONE}|各回|毎回)\s*\)",
    "PER_OTHER": (
        rf"\(\s*(?:[1一]?{_EACH_ONE}{_FOR_ONE}|各(?!種){_EACH_ONE})\s*\)|"
        rf"\(\s*(?:隔[年月週日]|[1一](?!回|年|{_MONTHS}|週|日){_COUNTED_PART})\s*\)|"
        rf"/\s*年度?\s*[・/]\s*{_COUNTED_PART}|/\s*[0-9]+\s*(?:年|{_MONTHS}|週|日)"
        rf"|/\s*(?!{'|'.join((*BASELINE_WORDS, *ACTUAL_WORDS, *TARGET_WORDS))}){_COUNTED_PART}"
    ),
    "CHANGE": (
        r"(?:程度|ずつ)?の?(?:増加|減少|上昇|低下|向上|削減|縮減|改善)|(?:ずつ)?の?増(?![刷設築進強補床])|の?減(?![災塩免])|アップ|ダウン"
        r"|の?純[増減]|多い|多く|少な[いく]|を?(?:増や|減ら|上乗せ|積み増|引き?上げ|引き?下げ|高め)"
    ),
}
"""Words behind a number that counts, apart from the limits."""

AFTER_YEAR: Final = {
    "UNTIL": r"[末中]?\s*まで(?:の間)?に?",
    "SINCE": r"\s*(?:から|より|以降|以来)",
    "IN": r"末?\s*(?:時点|現在)\s*(?:で|に|の)|[中内末]?に(?:おいて)?(?!関|つい|対|よ|向|比|定|お)|\s*[:は]",
}


def without_rate(text: str) -> str:
    """A narrow text without the words at its end that say how often the number behind them is meant.

    >>> without_rate("来場者は毎年度 "), without_rate("講座の参加者 1回あたり"), without_rate("講座")
    ('来場者は', '講座の参加者 ', '講座')
    """
    while (match := _rate_pattern().search(text)) is not None:
        text = text[: match.start()]
    return text


def rate_before(text: str) -> str | None:
    """The kind of rate that a narrow text ends in: one of `RATES`; None where it ends in none.

    >>> rate_before("会議を月"), rate_before("会議を毎年"), rate_before("会議を隔週で"), rate_before("会議を")
    ('MONTHLY', 'YEARLY', 'OTHER_RATE', None)
    """
    match = _rate_pattern().search(text)
    return match.lastgroup if match else None


@cache
def _rate_pattern() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?P<{kind}>{_LEADS[kind]})\s*$" for kind in RATES))


@cache
def lead_patterns() -> dict[str, re.Pattern[str]]:
    """The words in front of a number, by their kind, where one begins."""
    return {kind: re.compile(rf"(?:{pattern})") for kind, pattern in _LEADS.items()}


@cache
def lead_endings() -> tuple[re.Pattern[str], ...]:
    """The words in front of a number, at the end of a text."""
    return tuple(re.compile(rf"(?:{pattern})$") for pattern in _LEADS.values())


@cache
def trail_patterns() -> dict[str, re.Pattern[str]]:
    """The words behind a number, by their kind."""
    return {kind: re.compile(pattern) for kind, pattern in TRAILS.items()}


@cache
def after_pattern() -> re.Pattern[str]:
    """A limit or an approximation behind a number."""
    return re.compile(words_after())


@cache
def unknown_unit() -> re.Pattern[str]:
    """What may be a unit that the data does not hold."""
    return re.compile(rf"(?:(?!{words_after()})[^\W\d_ぁ-ん年月日]){{1,6}}")


@cache
def number_pattern() -> re.Pattern[str]:
    """A number that may count something."""
    return re.compile(_NUMBER)


@cache
def units_of_measure() -> re.Pattern[str]:
    """A known unit, calendar words too."""
    return re.compile(unit_pattern())


@cache
def several() -> re.Pattern[str]:
    """What is no one number: 10～20人, 10人→15人, 2／3以上, 15社または20社, 10人以上15人未満, 20社±2社, △5％, 〇社.

    Nor is a limit that is none of a count (20社まで, 10日以内), nor a comma that parts no thousands (1,5回).
    """
    unit = rf"(?:\s*(?:{unit_pattern(measured_only=True)}))"
    after = rf"(?:\s*(?:{words_after()}))"
    goal = rf"(?:{unit}{after}?|{after})"
    other = rf"{SCALED_NUMBER}{unit}?"
    above, below = "(?:以上|超え?|を超え)\\s*[、,]?", "(?:未満|以下|以内|まで)"
    whole = "|".join(
        sorted((re.escape(u.spelling) for u in units() if counts_whole(u.spelling)), key=len, reverse=True)
    )
    either = "or|OR|または|又は|もしくは|若しくは|あるいは|ないし|乃至|か"
    return re.compile(
        rf"(?<![A-Za-z0-9.,第])[0-9]+,(?:[0-9]{{1,2}}|[0-9]{{4,}})(?![0-9,]){goal}"
        rf"|[¥￥]\s*{SCALED_NUMBER}"
        rf"|{_NUMBER}(?P<share>{unit})\s*/\s*[^\W\d_]{{1,8}}{SCALED_NUMBER}(?P=share)"
        rf"|{_NUMBER}{unit}\s*[でに]\s*(?:各|それぞれ)\s*{SCALED_NUMBER}{goal}"
        rf"|(?<![\w)\]/])~\s*{SCALED_NUMBER}{goal}"
        rf"|(?<![0-9.,第])[1一](?![日週年月時分割])(?:{unit_pattern(measured_only=True)})\s*{SCALED_NUMBER}{unit}"
        rf"|{_NUMBER}{unit}?\s*(?:→|⇒|~)\s*{SCALED_NUMBER}{goal}"
        rf"|{_NUMBER}\s*-\s*{SCALED_NUMBER}{unit}"
        rf"|{_NUMBER}{unit}\s*から\s*{SCALED_NUMBER}{unit}\s*[へに]"
        rf"|{_NUMBER}(?P<same>{unit})\s*から\s*{SCALED_NUMBER}(?P=same)"
        rf"|{_NUMBER}\s*(?:/\s*{SCALED_NUMBER}|分の\s*{SCALED_NUMBER}){goal}?(?![0-9年])"
        rf"|{_NUMBER}{goal}?\s*(?:{either})\s*{other}{after}?"
        rf"|{_NUMBER}{unit}\s*(?:又は|または|もしくは|若しくは|あるいは)[^、。0-9]{{1,10}}{SCALED_NUMBER}{unit}"
        rf"|{_NUMBER}{unit}\s*に\s*{SCALED_NUMBER}{unit}\s*の?[増減追]"
        rf"|{_NUMBER}{unit}?\s*(?:→|⇒)\s*\([^()]*\)\s*{SCALED_NUMBER}{goal}"
        rf"|(?:(?<=ほか)|(?<=[^\s、。の]他)){_NUMBER}{unit}"
        rf"|(?:(?<=平均)|(?<=平均で)|(?<=平均して))\s*{_NUMBER}\s*(?:{whole}){after}?"
        rf"|{_NUMBER}{unit}\s*(?:又は|または|もしくは|若しくは|あるいは)[^、。0-9]{{2,}}$"
        rf"|{_NUMBER}(?P<whole>{unit})\s*(?:中|のうち|の内)\s*{SCALED_NUMBER}(?P=whole)"
        rf"|{_NUMBER}(?P<unit>{unit})\s*{above}\s*{SCALED_NUMBER}(?P=unit)\s*{below}"
        rf"|{_NUMBER}\s*{above}\s*{other}\s*{below}"
        rf"|{_NUMBER}{unit}(?:\s*/\s*回)?\s*[×xX/]\s*{SCALED_NUMBER}{unit}|{_NUMBER}\s*、\s*{SCALED_NUMBER}{unit}"
        rf"|{_NUMBER}{unit}?\s*±\s*{other}|±\s*{other}"
        rf"|[△▲]\s*{SCALED_NUMBER}{goal}?|(?<![\w)\]])-{SCALED_NUMBER}{goal}"
        rf"|{_NUMBER}{unit}\s*まで\s*$|{_NUMBER}\s*(?:日|分|秒|週間)\s*(?:以内|以下|未満)"
        rf"|{_NUMBER}\s*[数余幾何](?:{unit_pattern(measured_only=True)})"
        rf"|(?<![\w〇○◯●])[〇○◯●×]{{1,3}}(?:{unit_pattern(measured_only=True)}){after}?(?![^\W\d_ぁ-ん])"
    )
