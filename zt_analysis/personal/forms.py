"""The forms of personal data: what is found in a text whatever its column is called.

Full-width digits count as digits, and characters that cannot be seen count for nothing: a number is the same number
to who reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zt_analysis.personal.names import HAN, PERSON, is_name
from zt_analysis.personal.numbers import is_card, is_old_resident, is_resident, is_student

KINDS = {
    "resident": "resident ID numbers",
    "student": "pupils' national numbers",
    "mobile": "mobile numbers",
    "landline": "telephone numbers",
    "card": "bank card numbers",
    "address": "home addresses",
    "birth": "dates of birth",
    "name": "names of persons",
    "email": "mail addresses",
    "account": "accounts of messengers, passports",
    "plate": "number plates of vehicles",
}
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# between the groups of a number, as people type them
GAP = "[ \t\u00a0\\-]{0,2}"
# between place, day and the rest of a number of 18 digits; in lists of codes and days stand commas and bars
MARK = r" {0,2}(?:[._/\\*·•–—−]|\r?\n) {0,2}"
NUMERAL = "[0-9一二三四五六七八九十百]{1,5}"
DAY = r"(?:19|20)\d\d ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2}(?!\d)日?|(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d)"
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
NOT_A_COUNT = r"(?![0-9A-Za-z]|\.\d| ?[元万亿人分名个%])"
Check = Callable[[re.Match[str]], bool]


@dataclass(frozen=True)
class Hit:
    """Personal data in a text: its kind (a key of ``KINDS``) and where it stands."""

    kind: str
    start: int
    end: int


# what is typed for a digit, or stands for one in words
HAN_DIGITS = "〇零一二三四五六七八九"
_MEANT = str.maketrans(f"OoIl|{HAN_DIGITS}", "0011100123456789")


def _digits(found: re.Match[str]) -> str:
    return re.sub(r"[^0-9Xx]", "", found["value"])


def _meant(found: re.Match[str]) -> str:
    return re.sub(r"[^0-9Xx]", "", found["value"].translate(_MEANT))


def _named(found: re.Match[str]) -> bool:
    return is_name(found["value"])


def _always(_: re.Match[str]) -> bool:
    return True


# kind, what the text has to hold for the form to be worth a look, the form, and what its value has to pass
_FORMS: tuple[tuple[str, re.Pattern[str], Check], ...] = (
    (
        "student",
        re.compile(r"(?<![0-9A-Za-z])(?P<value>[GLgl]\d{17}[\dXx])(?![0-9A-Za-z])"),
        lambda found: is_student(_digits(found)),
    ),
    (
        "resident",
        re.compile(rf"(?<!\d)(?<!\d\.)(?P<value>[1-9](?:{GAP}\d){{16}}{GAP}[\dXx])(?!\d)"),
        lambda found: is_resident(_digits(found)),
    ),
    # place, day of birth and the rest apart by a mark, or the number broken by the end of a line
    (
        "resident",
        re.compile(
            rf"(?<!\d)(?<!\d\.)(?P<value>[1-9]\d{{5}}(?:{MARK}(?:18|19|20)\d{{6}}{MARK}|{MARK}(?:18|19|20)\d{{6}}"
            rf"|(?:18|19|20)\d{{6}}{MARK})\d{{3}}[\dXx])(?!\d)"
        ),
        lambda found: is_resident(_digits(found)),
    ),
    (
        "resident",
        re.compile(r"(?<!\d)(?P<value>(?=[1-9])(?=(?:\d\r?\n?){17}[\dXx](?!\d))\d{1,17}\r?\n\d{0,16}[\dXx])(?!\d)"),
        lambda found: is_resident(_digits(found)),
    ),
    # letters for the digits that they look like
    (
        "resident",
        re.compile(
            rf"(?<![0-9A-Za-z])(?<!\d\.)(?P<value>[1-9Il](?:{GAP}[0-9OoIl|]){{16}}{GAP}[0-9OoIl|Xx])(?![0-9A-Za-z])"
        ),
        lambda found: is_resident(_meant(found)),
    ),
    (
        "resident",
        re.compile(rf"(?<![{HAN_DIGITS}])(?P<value>[{HAN_DIGITS}]{{17}}[{HAN_DIGITS}Xx])(?![{HAN_DIGITS}])"),
        lambda found: is_resident(_meant(found)),
    ),
    (
        "resident",
        re.compile(r"(?:身份证|证件)[^0-9]{0,8}(?P<value>\d{15})(?!\d)"),
        lambda found: is_old_resident(_digits(found)),
    ),
    (
        "card",
        re.compile(rf"(?<![0-9A-Za-z])(?<!\d\.)(?P<value>[4-9](?:{GAP}\d){{14,18}}){NOT_A_COUNT}"),
        lambda found: is_card(_digits(found)),
    ),
    (
        "card",
        re.compile(rf"(?:银行卡|卡号|帐号|账号|账户)[^0-9]{{0,8}}(?P<value>\d(?:{GAP}\d){{11,18}}){NOT_A_COUNT}"),
        lambda found: is_card(_digits(found), named=True),
    ),
    (
        "mobile",
        re.compile(
            rf"(?<![0-9A-Za-z])(?<!\d[.,])(?:\(?(?:\+|00)86\)?{GAP}|86[ \-])?"
            rf"(?P<value>1[3-9]\d(?:{GAP}\d{{4}}{GAP}\d{{4}}|{GAP}\d{{3}}{GAP}\d{{5}}|{GAP}\d{{5}}{GAP}\d{{3}})){NOT_A_COUNT}"
        ),
        _always,
    ),
    # five numbers of a printed table look like one in pairs
    (
        "mobile",
        re.compile(rf"(?:手机|电话|联系)[^0-9]{{0,6}}(?P<value>1[3-9]\d(?:[ \-]\d\d){{4}}){NOT_A_COUNT}"),
        _always,
    ),
    (
        "mobile",
        re.compile(r"(?i:tel|phone|mobile|cell)\W{0,3}(?P<value>1[3-9]\d{9})(?!\d)"),
        _always,
    ),
    (
        "landline",
        re.compile(
            r"(?<![0-9A-Za-z.])(?P<value>\(?0[1-9]\d{1,2}(?:[)）] ?[-–—]?|[-–—]| (?=\d{7,8}(?!\d)))"
            r"\d{7,8}(?:(?:[-–—转*]| 转 ?)\d{1,5})?)(?![0-9A-Za-z-])"
        ),
        _always,
    ),
    (
        "landline",
        re.compile(r"(?:电话|联系方式|座机)[:： ]{1,2}(?P<value>(?:0\d{2,3})?[2-9]\d{6,7})(?!\d)"),
        _always,
    ),
    (
        "address",
        re.compile(
            rf"(?P<value>[{HAN}]{{1,12}}(?:镇|乡|街道|路|街|巷|大道|村|社区|小区|寨)[{HAN}]{{0,8}}?{NUMERAL}"
            rf"(?:号(?!文|线|令|机)|组|社(?!区|会)|幢|栋|单元|室|号楼))"
        ),
        _always,
    ),
    ("birth", re.compile(rf"(?:出生|生日|生于)[{HAN}]{{0,4}}[:： ]{{0,2}}(?P<value>{DAY})"), _always),
    ("birth", re.compile(rf"(?P<value>{DAY}) ?(?:出生|生(?![{HAN}]))"), _always),
    (
        "birth",
        re.compile(rf"(?<![{HAN}])(?P<value>{PERSON})[ ,，、;；\t()（）男女]{{1,5}}(?P<day>{DAY})"),
        _named,
    ),
    (
        "name",
        re.compile(
            rf"(?:姓名|监护人|家长|父亲|母亲|户主|联系人|抚养人|名字)[{HAN}]{{0,2}} ?[:：=] ?"
            rf"(?P<value>{PERSON})(?![{HAN}])"
        ),
        _named,
    ),
    (
        "name",
        re.compile(rf"(?:学生|儿童|(?<![{HAN}]))(?P<value>{PERSON})(?:同学|小朋友|之父|之母|的?家长|的?监护人)"),
        _named,
    ),
    ("name", re.compile(rf"(?:学生|儿童)(?P<value>{PERSON})(?=的|因|[,，。;；(（)）、]|\s|$)"), _named),
    ("email", re.compile(r"(?<![\w.+-])(?P<value>[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"), _always),
    (
        "account",
        re.compile(
            r"(?:微信|WeChat|\bWX|\bVX|V信|QQ|护照)[号码 ]{0,2}[:：= ]{1,2}"
            r"(?P<value>[A-Za-z0-9_-]{5,20})(?![A-Za-z0-9])",
            re.I,
        ),
        _always,
    ),
    (
        "account",
        re.compile(r"(?:微信|V信)号?(?P<value>[A-Za-z](?=[A-Za-z]*[0-9_-])[A-Za-z0-9_-]{5,19})(?![A-Za-z0-9])"),
        _always,
    ),
    ("account", re.compile(r"(?<![A-Za-z0-9_])(?P<value>wxid_[A-Za-z0-9]{6,20})(?![A-Za-z0-9])"), _always),
    (
        "account",
        re.compile(
            r"(?:护照|通行证|回乡证|台胞证|居住证|居留证)[^0-9A-Za-z]{0,8}(?P<value>[A-Z]{0,2}[0-9]{7,10})(?![0-9A-Za-z])"
        ),
        _always,
    ),
    (
        "plate",
        re.compile(
            rf"(?P<value>[{PLATES}][A-HJ-NP-Z][ ·•・.]?(?=[A-Z0-9]{{0,2}}[0-9]{{2}})"
            r"(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳领使]))(?![0-9A-Za-z])"
        ),
        _always,
    ),
)
# a text without any of these holds none of the forms: most texts are codes and short words. DuckDB reads them too (RE2)
WORTH_IN_ASCII = "|".join((
    r"(?:^|[^0-9A-Za-z])(?:\(?(?:\+|00)?86\)?[ \t\-]{0,2})?1[3-9][0-9](?:[ \t\-]{0,2}[0-9]){8}",
    r"[1-9Il](?:[ \t\-]{0,2}[0-9OoIl|]){16}[ \t\-]{0,2}[0-9OoIl|Xx]",
    r"[1-9][0-9]{5} {0,2}[._/\\*]? {0,2}(?:18|19|20)[0-9]{6} {0,2}[._/\\*]? {0,2}[0-9]{3}[0-9Xx]",
    r"[0-9] {0,2}\r?\n {0,2}[0-9]",
    r"(?:62|9558|9559|4367|4563|6013)(?:[ \t\-]{0,2}[0-9]){11}",
    r"(?:^|[^0-9A-Za-z.])0[1-9][0-9]{1,2}[)\- ]|@|wxid_",
    r"[Tt][Ee][Ll]|[Pp][Hh][Oo][Nn][Ee]|[Mm][Oo][Bb][Ii][Ll]|[Cc][Ee][Ll][Ll]|[Cc][Hh][Aa][Tt]|[Qq][Qq]",
    "[WwVv][Xx][:= ]",
))  # fmt: skip
WORTH_A_LOOK = "|".join((
    WORTH_IN_ASCII,
    r"身份证|证件|银行卡|卡号|[帐账][号户]|电话|联系|座机|出生|生日|生于|姓名|监护|家长|父亲|母亲|户主|抚养|名字|同学|小朋友",
    rf"[{PLATES}][A-HJ-NP-Z][ ·•・.]?[A-Z0-9]{{4}}|[Vv]信|通行证|回乡证|台胞证|居住证|居留证",
    r"[1-9][0-9]{5} {0,2}[·•–—−]? {0,2}(?:18|19|20)[0-9]{6} {0,2}[·•–—−]? {0,2}[0-9]{3}[0-9Xx]",
    f"[{HAN_DIGITS}]{{17}}[{HAN_DIGITS}Xx]",
    r"之父|之母|学生|儿童|微信|护照|[0-9一二三四五六七八九十百](?:号|组|社|幢|栋|单元|室)|(?:19|20)[0-9]{2}[^生]{2,10}生",
    r"[一-龥][ ,，、;；\t()（）男女]{1,5}(?:19|20)[0-9]{2}|0[1-9][0-9]{1,2}[–—]",
))  # fmt: skip
# no form is shorter in ASCII, but for those with a mark
SHORTEST, MARKS = 11, "@:="
_WORTH = re.compile(WORTH_A_LOOK)


def find(text: str) -> list[Hit]:
    """Personal data in ``text``, in order, none inside another.

    >>> [(one.kind, one.start) for one in find("联系 １３８1234 5678")]
    [('mobile', 3)]
    """
    plain, places = _plain(text)
    if not _WORTH.search(plain):
        return []
    found: list[Hit] = []
    taken = bytearray(len(plain))
    for kind, form, check in _FORMS:
        for start, end in _spans(form, check, plain):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Hit(kind, places[start] if places else start, places[end - 1] + 1 if places else end))
    return sorted(found, key=lambda one: one.start)


def _spans(form: re.Pattern[str], check: Check, text: str) -> Iterator[tuple[int, int]]:
    """Where ``form`` stands in ``text``; a form that fails its check may stand one character further on."""
    at = 0
    while found := form.search(text, at):
        if check(found):
            yield found.span("value")
            if "day" in found.groupdict():
                yield found.span("day")
            at = found.end()
        else:
            at = found.start("value") + 1


def counted(texts: Iterable[tuple[str, int]]) -> Counter[str]:
    """How many personal data of each kind are in ``texts``, each with how often it is there."""
    found: Counter[str] = Counter()
    for text, times in texts:
        for one in find(text):
            found[one.kind] += times
    return found


class _Narrow(dict[int, str]):
    """Every character as the one of ASCII that it stands for, where there is one."""

    def __missing__(self, code: int) -> str:
        narrow = unicodedata.normalize("NFKC", chr(code))
        # one for one: a hit is marked in the text as it was given
        self[code] = narrow if len(narrow) == 1 else chr(code)
        digit = unicodedata.decimal(chr(code), None)
        if digit is not None:
            self[code] = str(digit)
        return self[code]


_NARROW = _Narrow()


def narrow(text: str) -> str:
    """``text`` as its reader takes it: narrow digits, nothing that cannot be seen."""
    return _plain(text)[0]


def _plain(text: str) -> tuple[str, list[int] | None]:
    """``text`` with narrow characters and none that cannot be seen; where each stood, if any was taken out."""
    if text.isascii():
        return text, None
    narrow = text.translate(_NARROW)
    if not INVISIBLE.search(narrow):
        return narrow, None
    places = [place for place, character in enumerate(narrow) if not INVISIBLE.match(character)]
    return INVISIBLE.sub("", narrow), places
