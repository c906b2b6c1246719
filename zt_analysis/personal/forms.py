"""The forms of personal data: what is found in a text whatever its column is called.

Full-width digits count as digits, and characters that cannot be seen count for nothing: a number is the same number
to who reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zt_analysis.personal.known_forms import FORMS, HAN_DIGITS, PLATES, SIGNS, Check

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


@dataclass(frozen=True)
class Hit:
    """Personal data in a text: its kind (a key of ``KINDS``) and where it stands."""

    kind: str
    start: int
    end: int


# a text without any of these holds none of the forms: DuckDB (RE2) looks for them in the values of a column
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
# each begins with a letter of its own, which the engine of expressions looks for first
_WORDS = re.compile("|".join(sorted({word for *_, needed in FORMS if isinstance(needed, tuple) for word in needed})))


def find(text: str) -> list[Hit]:
    """Personal data in ``text``, in order, none inside another.

    >>> [(one.kind, one.start) for one in find("联系 １３８1234 5678")]
    [('mobile', 3)]
    """
    plain, places = _plain(text)
    lower = plain.lower()
    # most texts are codes and short words, with none of them
    signs: set[object] = {one for one in SIGNS if one.search(plain)}
    words = _WORDS.search(lower)
    if not signs and not words:
        return []
    found: list[Hit] = []
    taken = bytearray(len(plain))
    for kind, form, check, needed in FORMS:
        if not (words and _has_one(lower, needed) if isinstance(needed, tuple) else needed in signs):
            continue
        for start, end in _spans(form, check, plain):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Hit(kind, places[start] if places else start, places[end - 1] + 1 if places else end))
    return sorted(found, key=lambda one: one.start)


def _has_one(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110  # a generator for each costs as much as looking
        if word in text:
            return True
    return False


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
