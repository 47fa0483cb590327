"""Names: of a node or an indicator, without the code, the label and the unit that are printed with them."""

from __future__ import annotations

import re
from typing import Final

from normalize.cells.vocabulary import term_of
from normalize.document.text_span import Excerpt
from normalize.forms.general.facts import Name
from normalize.forms.general.settings import FORMS
from normalize.text.folding import clean, narrow, squeeze, without_note_marks
from normalize.text.note_marks import ONLY_SIGNS, RECKONING, WORD
from normalize.text.quantities import counted_in, is_noted_unit, known_unit
from schemas.closed_sets import IndicatorKind
from schemas.codes.vocabulary import level_pattern

_CODE: Final = re.compile(
    r"""\s*(?P<code>
        [(\[【]?第?\s*[0-9]{1,4}(?:[-.・ー][(]?[0-9A-Za-z]{1,4}[)]?)*(?:[)\]】])?(?:章|節|款|項|目|編|号)?
      | [①-⑳⑴-⒇] | [Ⅰ-Ⅹ]+(?:[-.][0-9()]+)* | [A-Z](?:-?[(]?[0-9]{1,3}[)]?)*(?=[\s.．])
      | [ア-ン](?=[.．)）]) | [ア-コ](?=\s+\S{2})
    )(?P<gap>\s*[.．:：、)\s]\s*|(?<=[)\]】①-⑳⑴-⒇章節款編Ⅰ-Ⅹ]))(?=\S)""",
    re.VERBOSE,
)
_CODE_ALONE: Final = re.compile(
    r"[(\[【]?第?\d{1,4}(?:[-.・]\(?\d{1,4}\)?)*[)\]】]?(?:章|節|款|項|目)?|[A-Z](?:-?\d{1,3})+|[①-⑳Ⅰ-Ⅹ]"
)
_CALLED: Final = re.compile(r"\s*(?:活動|成果)?指標\s*(?:[①-⑳]|[0-9]{1,2}(?=\s))[\s.．:：]*(?=[^\s\d])")
"""What an indicator is called by before its name: 指標① 参加者数."""

_LED: Final = re.compile(
    r"\s*(?P<label>[^\s\d()【】「」Ⅰ-Ⅹ①-⑳]{1,10}?)\s*(?P<code>[0-9]{1,3}(?:-[0-9]+)*(?![0-9])|[(\[【][0-9]{1,3}[)\]】]|[Ⅰ-Ⅹ]|[①-⑳]|[A-Z](?:-?[0-9]{1,2})*(?=[\s:：.．、]))\s*[\s:：.．、]?\s*(?=\S)"
)
_LABELLED: Final = re.compile(r"\s*(?P<label>[^\s\d()【】「」:：]{1,10})(?:\s*[:：]\s*|[\s]+)(?=\S)")
_UNIT_BEHIND: Final = re.compile(r"\s[(\[【〔]?\s*単位\s*[:：は]?[^()\[\]【】〔〕]{1,8}[)\]】〕]?\s*$")
"""The note of a unit behind a heading."""

_SET_WIDE: Final = re.compile(r"\s*(?P<label>(?:[^\s\d()【】「」:：]\s*){2,6}?)[:：]\s*(?=\S)")
"""A label whose characters are set apart, before its colon: 分　　野：."""

_UNIT: Final = re.compile(
    r"\s*[、,]?\s*(?:単位)?\s*[(\[【〔]\s*(?:単位\s*[:：は]?\s*)?(?P<unit>[^()\[\]【】〔〕]{1,10}?)\s*[)\]】〕]\s*$|\s*単位\s*[:：]\s*(?P<told>[^\s()]{1,10})\s*$"
)
_TWO_STOREYS: Final = re.compile(
    r"\s*(?P<over>\S.*?)\s*(?:[(（【〔](?P<under>[^()（）【】〔〕]+)[)）】〕])\s*", re.DOTALL
)
"""A text with another in brackets behind or under it."""

_DEFINED: Final = re.compile("説明|定義|算出|算定|算式|計算|考え方|根拠|補足|出典")

_NO_UNITS: Final = frozenset({"年間", "年度", "年", "月間", "月", "回目", "期"})
"""Brackets that say how long something is counted, not in what."""

_RUNS_ON: Final = re.compile(r"[をにがはのとでや、・]\s*$")
"""The end of a line that the next one goes on from."""

_SENTENCE: Final = re.compile("。$|、.{12,}(?:する|行う|図る|める)$")

_NOTE: Final = re.compile(rf"\s*(?:[{ONLY_SIGNS}]\d*|[{RECKONING}]\d+|{WORD}\d+|(?<=[\s)）]){WORD})\s*$")
"""The mark of a note behind a name. A name may end in * alone, and a word in 注."""

_ARROW: Final = re.compile(r"\s*[(]?[⇧⇩↑↓⬆⬇▲▼](?:[)])?\s*$")
_RECKONED: Final = re.compile(
    r"(?<=実績額|計画額|目標額|見込額|予定額|達成額|予算額|決算額)\s*\([A-Za-z]\)\s*$|(?<=額)\s*[A-Za-z]\s*$"
)
"""The letter that other heads reckon with, in brackets or on a line of its own: 計画額(a), of 差(b-a)."""

_PAGE: Final = re.compile(
    r"""\s* [(（]? (?: [PpＰｐ][.．]?\s*[0-9０-９]{1,3} (?:\s*[-~～〜、,]\s*[0-9０-９]{1,3})*
    | [0-9０-９]{1,3}(?:頁|ページ) ) [)）]? \s* $""",
    re.VERBOSE,
)
"""The page of a plan where more is said, behind a name: P.33, (p.12～14), 5頁."""

_NEW: Final = re.compile(
    rf"\s*\n\s*[【〔\[(（](?:新規|拡充|重点|主要|継続)(?:{level_pattern('measure', 'program', 'action')})?"
    r"[】〕\])）]\s*(?=\n|$)"
)
"""What a line of its own in brackets says of a project, and not its name: 【新規事業】."""

_COUNTED: Final = re.compile(r"\n\s*[(（](?P<counted>[^()（）\n]*(?:[数率額量度]|割合|時間|面積|人口))[)）]$")
"""What is counted of a name, on a line of its own in brackets behind it."""

_LEADERS: Final = re.compile(r"\s*[・…‥.]{2,}\s*[①-⑳A-Z()]*\s*$")
_HOW_AND_UNIT: Final = re.compile(r"\s*[(\[](?P<one>[^()\[\]・、,/]{1,6})[・、,](?P<two>[^()\[\]・、,/]{1,6})[)\]]\s*$")
_HOW: Final = re.compile("累計|通算|延べ?|のべ|年間|単年度?|年?平均")
"""How something is counted, in one bracket with its unit: （累計・人）, （人、延べ）."""

_EMPTY_UNIT: Final = re.compile(r"\s*[(]?単位\s*[:：]?\s*[)]?\s*$")


def without_arrow(text: Excerpt) -> Excerpt:
    """A name without the arrow behind it, which tells the good direction.

    >>> from normalize.document.text_span import Place
    >>> without_arrow(Excerpt.of("倒産件数 ⇩", Place(0))).text
    '倒産件数'
    """
    arrow = _ARROW.search(text.text)
    return text.slice(0, arrow.start()) if arrow and arrow.start() else text


def node_name(text: Excerpt, label: Excerpt | None = None) -> tuple[Excerpt | None, Excerpt | None]:
    """The code and the name that a cell prints for a node; both None for a cell that prints neither.

    >>> from normalize.document.text_span import Place
    >>> def read(text, label=None):
    ...     parts = node_name(Excerpt.of(text, Place(0)), Excerpt.of(label, Place(1)) if label else None)
    ...     return tuple(part.text if part else None for part in parts)
    >>> read("1-(1) 商店街のにぎわい"), read("基本目標１\\n雇用を創出する", "基本目標")
    (('1-(1)', '商店街のにぎわい'), ('１', '雇用を創出する'))
    >>> read("D1"), read("政策Ａ　港の備え"), read("B-(2) 船の安全"), read("IT化の推進")
    (('D1', None), ('Ａ', '港の備え'), ('B-(2)', '船の安全'), (None, 'IT化の推進'))
    >>> read("3歳児健診"), read("1-1-2"), read("2 窓口の改善\\n待ち時間を短くする。")
    ((None, '3歳児健診'), ('1-1-2', None), ('2', '窓口の改善'))
    """
    whole = without_sentence(text.strip())
    plain = narrow(whole.text)
    if led := _LED.match(plain):
        known = squeeze(led["label"])
        term = term_of(known)
        is_label = (term is not None and term.is_whole and term.kind == "name") or (
            label is not None and known == squeeze(label.text)
        )
        if is_label:
            return whole.slice(*led.span("code")), whole.slice(led.end()).strip()
    if _CODE_ALONE.fullmatch(plain):
        return whole, None
    if coded := _CODE.match(plain):
        return whole.slice(*coded.span("code")), whole.slice(coded.end()).strip()
    return None, whole or None


def without_sentence(text: Excerpt) -> Excerpt:
    """The first line of a cell whose next lines are sentences about what it names."""
    first, _, rest = text.text.partition("\n")
    is_name = "。" not in first and not _RUNS_ON.search(first)
    return text.slice(0, len(first)).strip() if is_name and _SENTENCE.search(squeeze(rest)) else text


def storeys(text: Excerpt, label: Excerpt | None) -> tuple[Excerpt, Excerpt, str] | None:
    """A text, another under it in brackets where its label is printed so (事業名（所管課）), and the lower label.

    >>> from normalize.document.text_span import Place
    >>> label = Excerpt.of("事業名\\n（所管課）", Place(0))
    >>> over, under, told = storeys(Excerpt.of("庁舎整備事業\\n（財産管理課）", Place(1)), label)
    >>> over.text, under.text, told
    ('庁舎整備事業', '財産管理課', '所管課')
    """
    told = _TWO_STOREYS.fullmatch(label.text) if label is not None else None
    parts = _TWO_STOREYS.fullmatch(text.text) if told is not None else None
    if told is None or parts is None:
        return None
    return text.slice(*parts.span("over")).strip(), text.slice(*parts.span("under")).strip(), told["under"]


def without_remarks(text: Excerpt) -> Excerpt:
    """A name without the page of a plan behind it, and without the line that says that it is new.

    >>> from normalize.document.text_span import Place
    >>> without_remarks(Excerpt.of("創業塾\\n【新規事業】\\nP.34", Place(0))).text
    '創業塾'
    """
    whole = text.strip()
    if (page := _PAGE.search(whole.text)) is not None and page.start():
        whole = whole.slice(0, page.start()).strip()
    new = _NEW.search(whole.text)
    if new is not None and new.start() and new.end() == len(whole.text):
        whole = whole.slice(0, new.start()).strip()
    return whole


def name_and_counted(text: Excerpt) -> tuple[Excerpt, Excerpt | None]:
    """A name without its remarks, and what is counted of it, where a line of its own in brackets says so.

    >>> from normalize.document.text_span import Place
    >>> name, counted = name_and_counted(Excerpt.of("創業塾\\n【新規事業】\\n（参加者数）\\nP.34", Place(0)))
    >>> name.text, counted.text
    ('創業塾', '参加者数')
    >>> name_and_counted(Excerpt.of("講座\\n（延べ）", Place(0)))[1] is None
    True
    """
    whole = without_remarks(text)
    last = _COUNTED.search(whole.text)
    if last is None or not whole.text[: last.start()].strip():
        return whole, None
    return without_remarks(whole.slice(0, last.start())), whole.slice(*last.span("counted")).strip()


def name_and_org(text: Excerpt, label: Excerpt | None) -> tuple[Excerpt, Excerpt | None]:
    """A name and the body under it in the same cell, where the label says so."""
    parts = storeys(text, label)
    term = term_of(parts[2]) if parts is not None else None
    if parts is None or term is None or not term.is_whole or term.kind != "org":
        return text, None
    return parts[0], parts[1]


def without_definition(text: Excerpt, label: Excerpt | None) -> Excerpt:
    """The name of an indicator without the definition under it, where the label says so: 環境指標（指標の説明）."""
    parts = storeys(text, label)
    return parts[0] if parts is not None and _DEFINED.search(squeeze(parts[2])) else text


def coded(text: Excerpt) -> Excerpt | None:
    """The text as a code, if that is all it is."""
    code, name = node_name(text)
    return code if name is None else None


def labelled_name(text: Excerpt) -> tuple[Excerpt, Excerpt] | None:
    """A label of the hierarchy and the name behind it in one text: 政策　安心・安全なまちづくり.

    >>> from normalize.document.text_span import Place
    >>> def read(text):
    ...     found = labelled_name(Excerpt.of(text, Place(0)))
    ...     return (found[0].text, found[1].text) if found else None
    >>> read("政策　安心・安全なまちづくり"), read("重点項目【１】財政の健全化")
    (('政策', '安心・安全なまちづくり'), ('重点項目', '【１】財政の健全化'))
    >>> read("第２款　総務費"), read("施策の成果")
    (('款', '２款　総務費'), None)
    >>> read("分　　野：環境")
    ('分　　野', '環境')
    """
    whole = text.strip()
    plain = narrow(whole.text)
    if (known := term_of(whole.text)) is not None and known.is_whole:
        return None
    if _UNIT_BEHIND.search(plain):
        return None  # a heading with the unit of its table: 主要事業　　（単位：千円）
    if account := re.match(r"(?P<open>第?\s*)(?P<code>[0-9]{1,2}\s*(?P<rank>[款章編節項目]))[\s:：]+(?=\S)", plain):
        start, end = account.span("rank")
        return whole.slice(start, end), whole.slice(account.start("code"))
    for match in (_LED.match(plain), _LABELLED.match(plain), _SET_WIDE.match(plain)):
        if match is None:
            continue
        term = term_of(match["label"])
        rest = re.sub(r"[(\[【][^()\[\]【】]*[)\]】]", "", plain[match.end() :])
        if not re.search(r"[^\W\d_]{2}", re.sub(r"(?:令和|平成|昭和)?[\d元]*年度?", "", rest)):
            continue
        is_name = term is not None and term.is_whole and term.kind == "name"
        if is_name and len(squeeze(whole.text)) <= FORMS.longest_name:
            start, end = match.span("label")
            behind = whole.slice(end).strip()
            lead = re.match(r"[:：\s]*", behind.text)
            return whole.slice(start, end), behind.slice(lead.end() if lead else 0)
    return None


def name_of(text: Excerpt, *, heads_unit: bool = False) -> tuple[Name | None, Excerpt | None]:
    """The name of an indicator, and the unit that stands behind it in brackets.

    `heads_unit`: the column says that its brackets hold the unit (指標名（単位）), which may be one that no list knows.

    >>> from normalize.document.text_span import Place
    >>> name, unit = name_of(Excerpt.of("⑴　参加者数（延べ）（人）", Place(0)))
    >>> name.text, unit.text
    ('参加者数（延べ）', '人')
    >>> name_of(Excerpt.of("提供食数（食）", Place(0)))[1].text
    '食'
    >>> name, unit = name_of(Excerpt.of("講座の修了者数（累計・人）", Place(0)))
    >>> name.text, unit.text
    ('講座の修了者数（累計）', '人')
    >>> name, unit = name_of(Excerpt.of("（従事職員数：人）", Place(0)))
    >>> name.text, unit.text
    ('従事職員数', '人')
    >>> name_of(Excerpt.of("空き家の割合↓（％）", Place(0)))[0].text
    '空き家の割合'
    """
    named, unit = _parted(text.strip(), heads_unit=heads_unit)
    if (arrow := _ARROW.search(named.text)) is not None:
        bare, before = name_of(named.slice(0, arrow.start()), heads_unit=heads_unit and unit is None)
        name = Name(bare.text, (named,)) if bare is not None else None  # the print keeps which way is better
        return name, unit or before
    how = ""
    if unit is None:
        named, how, unit = _with_how(named)
    for lead in (_CALLED, _CODE):
        if match := lead.match(narrow(named.text)):
            named = named.slice(match.end()).strip()
    if not named or not re.search(r"[^\W\d_]", named.text):
        return None, unit
    return Name(clean(without_note_marks(named.text)) + how, (named,)), unit


def _parted(whole: Excerpt, *, heads_unit: bool) -> tuple[Excerpt, Excerpt | None]:
    """A name without what stands behind it, and the unit that does."""
    plain = narrow(whole.text)
    for behind in (_NOTE, _LEADERS):
        if match := behind.search(plain):
            plain = plain[: match.start()]
    unit, end = _unit_behind(whole, plain, heads_unit=heads_unit)
    if unit is None and (counted := counted_in(plain[:end])) is not None:
        return whole.slice(*counted.span("of")).strip(), whole.slice(*counted.span("unit"))
    return whole.slice(0, end).strip(), unit


def _unit_behind(whole: Excerpt, plain: str, *, heads_unit: bool) -> tuple[Excerpt | None, int]:
    """The unit behind a name in brackets, and where the name ends: before it, or before what reckons with the name."""
    if reckoned := _RECKONED.search(plain):
        return None, reckoned.start()
    if (match := _UNIT.search(plain)) is None:
        empty = _EMPTY_UNIT.search(plain)
        return None, len(plain) if empty is None else empty.start()
    if not plain[: match.start()].strip() or not _is_unit(match, heads_unit=heads_unit):
        return None, len(plain)
    return whole.slice(*match.span("unit" if match["unit"] else "told")), match.start()


def _is_unit(match: re.Match[str], *, heads_unit: bool) -> bool:
    """Whether brackets behind a name hold a unit: a known one, the one that the name counts in, or a short word."""
    is_told = not match["unit"]
    spelling, before = squeeze(match["told" if is_told else "unit"]), squeeze(match.string[: match.start()])
    if heads_unit and len(spelling) <= FORMS.longest_unit and not re.search("累計|延べ|単年度|年度", spelling):
        return True
    is_letter = re.fullmatch("[A-Za-z]", spelling) and re.search("[額費金]$", before)
    if spelling in _NO_UNITS or is_letter:
        return False
    is_known = is_noted_unit(spelling) or known_unit(spelling.split("/")[0]) is not None
    return is_known or is_told or "単位" in match[0] or before.endswith(spelling + "数")


def _with_how(named: Excerpt) -> tuple[Excerpt, str, Excerpt | None]:
    """A name, how it was counted, and its unit, where both stand in one bracket behind it: 修了者数（累計・人）."""
    mixed = _HOW_AND_UNIT.search(narrow(named.text))
    if mixed is None or not mixed.start():
        return named, "", None
    for told, counted in (("one", "two"), ("two", "one")):
        if _HOW.fullmatch(mixed[told]) and known_unit(squeeze(mixed[counted])):
            unit = named.slice(*mixed.span(counted)).strip()
            return named.slice(0, mixed.start()).strip(), f"（{mixed[told].strip()}）", unit
    return named, "", None


def reference_of(label: str, code: str = "") -> str:
    """What a form calls an indicator by without its name: the kind in its label, and its letter or number.

    >>> reference_of("⑤活動指標", "ア"), reference_of("活動指標", "①"), reference_of("成果指標２")
    ('活動指標ア', '活動指標1', '成果指標2')
    """
    bare = re.sub(r"\([^()]*\)$", "", squeeze(label))
    bare = re.sub(r"^(?:[(\[]?[0-9]{1,2}[)\].、]?|[(\[]?[A-Zア-ン][)\].、])(?=\D)", "", bare)
    return bare + re.sub(r"[()\[\].、]", "", squeeze(code))


def kind_of_indicator(*texts: str) -> IndicatorKind | None:
    """Whether labels say that an indicator counts activity or outcome.

    >>> kind_of_indicator("成果指標2"), kind_of_indicator("指標名", "活動指標"), kind_of_indicator("指標名")
    ('outcome', 'activity', None)
    """
    joined = "|".join(map(squeeze, texts))
    outcome = re.search("成果指標|アウトカム|結果指標", joined) is not None
    activity = re.search("活動指標|アウトプット|事業量|対象指標", joined) is not None
    if outcome == activity:
        return None
    return "outcome" if outcome else "activity"


def without_year(text: str) -> str:
    """What money is called, without the year in front: 令和4年度決算額 is 決算額."""
    rest = re.sub(
        r"^(?:(?:令和|平成|昭和|[RHS])?\s*(?:元|\d{1,4})年度?(?:\(\d{4}年度?\))?|[RH](?:\d{1,2}|元))\s*(?:の)?",
        "",
        text,
    )
    rest = rest.strip()
    closed = re.fullmatch(r"[(（]([^()（）]*)[)）]", rest)
    return (closed[1].strip() if closed else rest) or text
