"""The forms themselves: what each kind of personal data looks like, and what its value has to pass."""

from __future__ import annotations

from collections.abc import Callable

import zt_analysis.expressions as re
from zt_analysis.personal.names import HAN, PERSON, is_name
from zt_analysis.personal.numbers import is_card, is_old_resident, is_resident, is_student

# between the groups of a number, as people type them
GAP = "[ \t\u00a0\\-]{0,2}"
# between place, day and the rest of a number of 18 digits; in lists of codes and days stand commas and bars
MARK = r" {0,2}(?:[._/\\*·•–—−]|\r?\n) {0,2}"
NUMERAL = "[0-9一二三四五六七八九十百]{1,5}"
DAY = r"(?:19|20)\d\d ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2}(?!\d)日?|(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d)"
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
NOT_A_COUNT = r"(?![0-9A-Za-z]|\.\d| ?[元万亿人分名个%])"
Check = Callable[[re.Match[str]], bool]

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


# what stands in every text that holds a form, and is found sooner than the form: each begins with one character of a
# few, which the engine of expressions looks for first. Digits with up to two signs between them, those of a card that
# is not announced, a mobile or a resident's number in one piece
LONG = re.guard(r"[0-9OoIl|](?:[ \t\u00a0\-\r\n]{0,2}[0-9OoIl|]){10}")
PARTED = re.guard(rf"[1-9][0-9]{{5}}(?:{MARK})?(?:18|19|20)[0-9]{{6}}")
IN_WORDS = re.guard(rf"[{HAN_DIGITS}]{{17}}")
DIALLED = re.guard(r"0[1-9][0-9]{1,2}[)）\-–— ][ \-–—]{0,2}[0-9]{7}")
NUMBERED = re.guard("[0-9一二三四五六七八九十百](?:[号组社幢栋室]|单元)")
BORN = re.guard(r"[12][09][0-9]{2}[^生]{2,13}生")
DAY_AFTER = re.guard(r"[12](?<=[ ,，、;；\t()（）男女].)[09][0-9]{2}")
PLATED = re.guard(rf"[{PLATES}][A-HJ-NP-Z]")
SIGNS = (LONG, PARTED, IN_WORDS, DIALLED, NUMBERED, BORN, DAY_AFTER, PLATED)

# kind, the form, what its value has to pass, and what stands in each text that holds it: one of some words, or one of
# ``SIGNS``; a text without it is not looked at
FORMS: tuple[tuple[str, re.Pattern[str], Check, tuple[str, ...] | re.Pattern[str]], ...] = (
    (
        "student",
        re.guard(r"(?<![0-9A-Za-z])(?P<value>[GLgl]\d{17}[\dXx])(?![0-9A-Za-z])"),
        lambda found: is_student(_digits(found)),
        LONG,
    ),
    (
        "resident",
        re.guard(rf"(?<!\d)(?<!\d\.)(?P<value>[1-9](?:{GAP}\d){{16}}{GAP}[\dXx])(?!\d)"),
        lambda found: is_resident(_digits(found)),
        LONG,
    ),
    # place, day of birth and the rest apart by a mark, or the number broken by the end of a line
    (
        "resident",
        re.guard(
            rf"(?<!\d)(?<!\d\.)(?P<value>[1-9]\d{{5}}(?:{MARK}(?:18|19|20)\d{{6}}{MARK}|{MARK}(?:18|19|20)\d{{6}}"
            rf"|(?:18|19|20)\d{{6}}{MARK})\d{{3}}[\dXx])(?!\d)"
        ),
        lambda found: is_resident(_digits(found)),
        PARTED,
    ),
    (
        "resident",
        re.guard(r"(?<!\d)(?P<value>(?=[1-9])(?=(?:\d\r?\n?){17}[\dXx](?!\d))\d{1,17}\r?\n\d{0,16}[\dXx])(?!\d)"),
        lambda found: is_resident(_digits(found)),
        LONG,
    ),
    # letters for the digits that they look like
    (
        "resident",
        re.guard(
            rf"(?<![0-9A-Za-z])(?<!\d\.)(?P<value>[1-9Il](?:{GAP}[0-9OoIl|]){{16}}{GAP}[0-9OoIl|Xx])(?![0-9A-Za-z])"
        ),
        lambda found: is_resident(_meant(found)),
        LONG,
    ),
    (
        "resident",
        re.guard(rf"(?<![{HAN_DIGITS}])(?P<value>[{HAN_DIGITS}]{{17}}[{HAN_DIGITS}Xx])(?![{HAN_DIGITS}])"),
        lambda found: is_resident(_meant(found)),
        IN_WORDS,
    ),
    (
        "resident",
        re.guard(r"(?:身份证|证件)[^0-9]{0,8}(?P<value>\d{15})(?!\d)"),
        lambda found: is_old_resident(_digits(found)),
        ("身份证", "证件"),
    ),
    (
        "card",
        re.guard(rf"(?<![0-9A-Za-z])(?<!\d\.)(?P<value>[4-9](?:{GAP}\d){{14,18}}){NOT_A_COUNT}"),
        lambda found: is_card(_digits(found)),
        LONG,
    ),
    (
        "card",
        re.guard(rf"(?:银行卡|卡号|帐号|账号|账户)[^0-9]{{0,8}}(?P<value>\d(?:{GAP}\d){{11,18}}){NOT_A_COUNT}"),
        lambda found: is_card(_digits(found), named=True),
        ("银行卡", "卡号", "帐号", "账号", "账户"),
    ),
    (
        "mobile",
        re.guard(
            rf"(?<![0-9A-Za-z])(?<!\d[.,])(?:\(?(?:\+|00)86\)?{GAP}|86[ \-])?"
            rf"(?P<value>1[3-9]\d(?:{GAP}\d{{4}}{GAP}\d{{4}}|{GAP}\d{{3}}{GAP}\d{{5}}|{GAP}\d{{5}}{GAP}\d{{3}})){NOT_A_COUNT}"
        ),
        _always,
        LONG,
    ),
    # five numbers of a printed table look like one in pairs
    (
        "mobile",
        re.guard(rf"(?:手机|电话|联系)[^0-9]{{0,6}}(?P<value>1[3-9]\d(?:[ \-]\d\d){{4}}){NOT_A_COUNT}"),
        _always,
        ("手机", "电话", "联系"),
    ),
    (
        "mobile",
        re.guard(r"(?i:tel|phone|mobile|cell)\W{0,3}(?P<value>1[3-9]\d{9})(?!\d)"),
        _always,
        ("tel", "phone", "mobile", "cell"),
    ),
    (
        "landline",
        re.guard(
            r"(?<![0-9A-Za-z.])(?P<value>\(?0[1-9]\d{1,2}(?:[)）] ?[-–—]?|[-–—]| (?=\d{7,8}(?!\d)))"
            r"\d{7,8}(?:(?:[-–—转*]| 转 ?)\d{1,5})?)(?![0-9A-Za-z-])"
        ),
        _always,
        DIALLED,
    ),
    (
        "landline",
        re.guard(r"(?:电话|联系方式|座机)[:： ]{1,2}(?P<value>(?:0\d{2,3})?[2-9]\d{6,7})(?!\d)"),
        _always,
        ("电话", "联系方式", "座机"),
    ),
    (
        "address",
        re.guard(
            rf"(?P<value>[{HAN}]{{1,12}}(?:镇|乡|街道|路|街|巷|大道|村|社区|小区|寨)[{HAN}]{{0,8}}?{NUMERAL}"
            rf"(?:号(?!文|线|令|机)|组|社(?!区|会)|幢|栋|单元|室|号楼))"
        ),
        _always,
        NUMBERED,
    ),
    (
        "birth",
        re.guard(rf"(?:出生|生日|生于)[{HAN}]{{0,4}}[:： ]{{0,2}}(?P<value>{DAY})"),
        _always,
        ("出生", "生日", "生于"),
    ),
    ("birth", re.guard(rf"(?P<value>{DAY}) ?(?:出生|生(?![{HAN}]))"), _always, BORN),
    (
        "birth",
        re.guard(rf"(?<![{HAN}])(?P<value>{PERSON})[ ,，、;；\t()（）男女]{{1,5}}(?P<day>{DAY})"),
        _named,
        DAY_AFTER,
    ),
    (
        "name",
        re.guard(
            rf"(?:姓名|监护人|家长|父亲|母亲|户主|联系人|抚养人|名字)[{HAN}]{{0,2}} ?[:：=] ?"
            rf"(?P<value>{PERSON})(?![{HAN}])"
        ),
        _named,
        ("姓名", "监护人", "家长", "父亲", "母亲", "户主", "联系人", "抚养人", "名字"),
    ),
    (
        "name",
        re.guard(rf"(?:学生|儿童|(?<![{HAN}]))(?P<value>{PERSON})(?:同学|小朋友|之父|之母|的?家长|的?监护人)"),
        _named,
        ("同学", "小朋友", "之父", "之母", "家长", "监护人"),
    ),
    (
        "name",
        re.guard(rf"(?:学生|儿童)(?P<value>{PERSON})(?=的|因|[,，。;；(（)）、]|\s|$)"),
        _named,
        ("学生", "儿童"),
    ),
    (
        "email",
        re.guard(r"(?<![\w.+-])(?P<value>[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"),
        _always,
        ("@",),
    ),
    (
        "account",
        re.guard(
            r"(?:微信|WeChat|\bWX|\bVX|V信|QQ|护照)[号码 ]{0,2}[:：= ]{1,2}"
            r"(?P<value>[A-Za-z0-9_-]{5,20})(?![A-Za-z0-9])",
            re.I,
        ),
        _always,
        ("微信", "wechat", "wx", "vx", "v信", "qq", "护照"),
    ),
    (
        "account",
        re.guard(r"(?:微信|V信)号?(?P<value>[A-Za-z](?=[A-Za-z]*[0-9_-])[A-Za-z0-9_-]{5,19})(?![A-Za-z0-9])"),
        _always,
        ("微信", "v信"),
    ),
    ("account", re.guard(r"(?<![A-Za-z0-9_])(?P<value>wxid_[A-Za-z0-9]{6,20})(?![A-Za-z0-9])"), _always, ("wxid_",)),
    (
        "account",
        re.guard(
            r"(?:护照|通行证|回乡证|台胞证|居住证|居留证)[^0-9A-Za-z]{0,8}(?P<value>[A-Z]{0,2}[0-9]{7,10})(?![0-9A-Za-z])"
        ),
        _always,
        ("护照", "通行证", "回乡证", "台胞证", "居住证", "居留证"),
    ),
    (
        "plate",
        re.guard(
            rf"(?P<value>[{PLATES}][A-HJ-NP-Z][ ·•・.]?(?=[A-Z0-9]{{0,2}}[0-9]{{2}})"
            r"(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳领使]))(?![0-9A-Za-z])"
        ),
        _always,
        PLATED,
    ),
)
