"""What the header of a column says of the persons in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# the last words of a header: 监护人姓名 names a person, 监护人签收 does not
_LAST = r"(?:号码?|签名|签字|信息)?(?:[0-9一二]|\(.*\))*$"
_FORMS = (
    ("resident", r"身份证|证件号|身份号|公民身份"),
    ("student", r"学籍号|学籍编号|学籍辅号|学号"),
    ("mobile", r"手机|电话|联系方式|手提|移动号码"),
    ("card", r"银行卡|卡号|银行帐号|银行账号|收款账号|收款帐号|开户账号|^账号|^帐号|存折"),
    ("address", r"住址|家庭地址|户籍地|居住地|户口所在|常住地|^地址|通信地址|通讯地址|门牌"),
    ("birth", r"出生(?:日期|年月|日|时间|年)|^出生$|生日"),
    ("name", rf"(?:姓名|名字|曾用名)|(?:监护人|家长|户主|父亲|母亲|联系人|抚养人|学生名|儿童名|患者){_LAST}"),
    ("email", r"邮箱|电子邮件"),
    ("account", r"微信|QQ号|护照|通行证|回乡证|台胞证|居住证号"),
    ("plate", r"车牌|号牌号码"),
)
_ENGLISH = (
    ("resident", r"id_?card(?:_?(?:no|number))?|identity(?:_?card)?(?:_?(?:no|number))?|national_id|resident_?id|"
     r"id_?number|citizen_?id|sfzh?|sfzhm|sfzjh|shenfenzheng(?:hao)?"),
    ("student", r"(?:national_)?(?:student|pupil)_?(?:no|number)|xuejihao|xjh|xuehao"),
    ("mobile", r"(?:\w+_)?(?:phone|mobile|telephone|tel|cell_?phone|cell|contact)(?:_?(?:no|number))?|sjh|sjhm|lxdh|"
     r"dianhua|shouji(?:hao)?"),
    ("card", r"(?:bank_?)?(?:card|account)_?(?:no|number)|bank_?(?:card|account)|yhkh?|yinhangka"),
    ("address", r"(?:home_?|street_?|postal_?)?addr(?:ess)?|jtzz|zhuzhi|dizhi"),
    ("birth", r"(?:date_of_)?birth(?:_?(?:date|day|_on))?|born_on|born|dob|birthday|csrq"),
    ("name", r"(?:student|pupil|child|full|first|last|given|family|real|person|guardian|parent|father|mother|teacher|"
     r"contact)_?names?|guardian|parent|father|mother|surname|xm|xingming|jhr|jhrxm"),
    ("maybe_name", r"names?"),
    ("email", r"e_?mail(?:_?address)?"),
    ("account", r"wechat(?:_?id)?|qq(?:_?(?:no|number))?|passport(?:_?(?:no|number))?"),
)  # fmt: skip
_CHINESE_FORMS = tuple((kind, re.compile(form)) for kind, form in _FORMS)
_ENGLISH_FORMS = tuple((kind, re.compile(form)) for kind, form in _ENGLISH)
# a number of these is no telephone number
_AMOUNT = re.compile(r"_(?:fen|yuan|persons|count|days|pct|students|cases)$|金额|人数")
# an office's own, or a number of persons
_NOT_OF_A_PERSON = re.compile(r"学校|单位|机构|办公|人数|次数|户数|比例|率$|数$|是否")


@lru_cache(maxsize=4096)
def header_kind(header: str) -> str:
    """The kind of personal data that a header announces (a key of ``forms.KINDS``); empty for none.

    ``maybe_name`` for a header that is the name of anything: its values decide.

    >>> header_kind("监护人姓名"), header_kind("guardian_name"), header_kind("监护人签收"), header_kind("学校电话")
    ('name', 'name', '', '')
    """
    plain = "".join(unicodedata.normalize("NFKC", header).split())
    if _NOT_OF_A_PERSON.search(plain):
        return ""
    for kind, form in _CHINESE_FORMS:
        if form.search(plain):
            return kind
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain).replace("-", "_").lower()
    return next((kind for kind, form in _ENGLISH_FORMS if form.fullmatch(snake)), "")


def is_amount(header: str) -> bool:
    """Whether a header says that its numbers are amounts or counts.

    >>> is_amount("sum_fen"), is_amount("金额"), is_amount("phone")
    (True, True, False)
    """
    return bool(_AMOUNT.search(header))


def column_kind(headers: tuple[str, ...], type_: str) -> str:
    """The kind that any of a column's headers announces, where a column of that type can hold it."""
    if type_ not in ("string", "integer", "date"):
        return ""
    fitting: Callable[[str], bool] = {
        "string": lambda kind: True,
        "integer": lambda kind: kind in ("resident", "student", "mobile", "card"),
        "date": lambda kind: kind == "birth",
    }[type_]
    return next((kind for one in headers if (kind := header_kind(one)) and fitting(kind)), "")
