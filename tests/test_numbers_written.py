"""Numbers written in every way, in sentences, beside each other and behind marks: read back as they were meant."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sweeps import examples

from zt_analysis.numbers import read_numbers

DIGITS = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
BANKERS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
UNITS = ["人", "名", "所", "户", "元", "人次", "平方米", "公里", "吨", "个", "套", "台", "册", "天", "亩", "件", "岁"]
FRONT = {"近": ("approx", False), "约": ("approx", False), "超过": ("more-than", False), "逾": ("more-than", False),
         "不低于": ("more-than", True), "至少": ("more-than", True), "不足": ("less-than", False),
         "不超过": ("less-than", True), **dict.fromkeys(("", "达", "共", "仅", "为"), ("exact", False))}  # fmt: skip
BEHIND = {
    "以上": ("more-than", True),
    "以下": ("less-than", True),
    "左右": ("approx", False),
    "以内": ("less-than", True),
}
FRAMES = [
    "劝返复学{}。", "全市共有{}，", "其中{}；", "（{}）", "资助学生{}（含小学）", "到位{}\n其余未到", "镇雄县{}、",
    "：{}", "\n{}\n", "下达资金{} ", "\t{}\t", "较好。{}完成", "一、{}。", "2018年{}，", "分别为{}和",
]  # fmt: skip
MARKS = [
    "（1）", "(2)", "①", "1、", "一、", "（一）", "一是", "第一，", "2）", "其一，", "- ", "• ", "[1]", "〔2〕",
    "表2：", "附件1：", "2018年", "11月15日", "9月", "第11期", "星期三", "3月—5月", "2017—2018学年", "截至10:30，",
    "“十三五”期间", "三年级", "昭政发〔2018〕5号，", "0870-2158123，", "3号楼", "G85高速", "（5）班",
]  # fmt: skip
JOINTS = [
    "、",
    "，",
    "；",
    "。",
    " ",
    "\n",
    "和",
    "及",
    "与",
    "/",
    "或",
    "",
    ":",
    ",",
    "\t",
    "，其中",
    "，占",
    "、共",
    "以及",
    "\u3000",
]
DASHES = ["—", "－", "-", "~", "～", "至", "到", "–", "——"]


def spoken(number):
    """``number`` (below 10**8) in Chinese."""
    high, low = divmod(number, 10**4)
    text = f"{thousands(high)}万" if high else ""
    if low:
        text += ("零" if high and low < 1000 else "") + thousands(low)
    return text.removeprefix("一") if text.startswith("一十") else text


def thousands(number):
    text, waiting = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        text += ("零" if waiting and digit and text else "") + (DIGITS[digit] + name if digit else "")
        waiting = not digit
    return text


def whole(least, most):
    return st.integers(least, most)


WRITINGS = st.one_of(
    whole(2, 9_999_999).map(lambda n: (str(n), n, "exact")),
    whole(1000, 99_999_999).map(lambda n: (f"{n:,}", n, "exact")),
    whole(2, 99_999).map(lambda n: (str(n).translate(WIDE), n, "exact")),
    whole(1000, 9_999_999).map(lambda n: (f"{n:,}".translate(WIDE), n, "exact")),
    whole(11, 99_999_999).map(lambda n: (spoken(n), n, "exact")),
    whole(100, 9999).map(lambda n: (spoken(n).translate(BANKERS), n, "exact")),
    whole(1, 9999).map(lambda n: (f"{n}万", n * 10**4, "exact")),
    whole(101, 999_999).map(lambda n: (f"{n / 100:.2f}万", n * 100, "exact")),
    whole(11, 9999).map(lambda n: (f"{n / 10:.1f}亿", n * 10**7, "exact")),
    st.tuples(whole(1, 99), whole(100, 9999)).map(
        lambda n: (f"{n[0]}亿{n[1]}万", n[0] * 10**8 + n[1] * 10**4, "exact")
    ),
    st.tuples(whole(1, 99), whole(1, 9)).map(lambda n: (f"{n[0]}万{n[1]}千", n[0] * 10**4 + n[1] * 1000, "exact")),
    st.tuples(whole(1, 99), whole(1, 9)).map(lambda n: (f"{n[0]}个亿", n[0] * 10**8, "exact")),
    whole(1, 99_999).map(lambda n: (f"{n / 100:.2f}", Decimal(n) / 100, "exact")),
    st.tuples(whole(1, 99).map(spoken), whole(10, 99)).filter(lambda n: n[0]).map(
        lambda n: (f"{n[0]}点{''.join(DIGITS[int(c)] for c in str(n[1]))}", None, "exact")
    ),
    whole(1, 99).map(lambda n: (f"{n * 10}多", n * 10, "more-than")),
    whole(1, 99).map(lambda n: (f"{n * 10}余", n * 10, "more-than")),
    whole(1, 999).map(lambda n: (f"{n}万多", n * 10**4, "more-than")),
    whole(1, 99).map(lambda n: (f"{n * 10}余万", n * 10**5, "more-than")),
)  # fmt: skip


@st.composite
def quantities(draw):
    """What is printed, and its value (None: not compared), unit, qualifier and whether the bound is included."""
    text, value, qualifier = draw(WRITINGS)
    unit = draw(st.sampled_from(UNITS))
    front = draw(st.sampled_from(list(FRONT))) if qualifier == "exact" else ""
    behind = draw(st.sampled_from(["", *BEHIND])) if qualifier == FRONT[front][0] == "exact" else ""
    qualifier, included = BEHIND.get(behind, FRONT[front] if front else (qualifier, False))
    if front == "近" and unit == "天":  # 近30天 is the last thirty days
        front, qualifier = "", "exact"
    return f"{front}{text}{unit}{behind}", (value, unit, qualifier, included)


def read(text):
    return [(one.value, one.unit, one.qualifier, one.inclusive) for one in read_numbers(text)]


def same(found, meant):
    return len(found) == len(meant) and all(
        one[1:] == other[1:] and other[0] in (None, one[0]) for one, other in zip(found, meant, strict=True)
    )


@pytest.mark.slow
@given(quantities(), st.sampled_from(FRAMES))
@examples(250)
def test_a_quantity_in_a_sentence(quantity, frame):
    printed, meant = quantity
    text = frame.format(printed)
    at = text.index(printed)
    inside = [one for one in read_numbers(text) if one.start < at + len(printed) and one.end > at]
    found = [(one.value, one.unit, one.qualifier, one.inclusive) for one in inside]
    assert same(found, [meant]), text
    assert {one.role for one in inside} == {"figure"}, text


@pytest.mark.slow
@given(quantities(), quantities(), st.sampled_from(JOINTS))
@examples(250)
def test_two_quantities_beside_each_other(one, two, joint):
    text = f"劝返{one[0]}{joint}{two[0]}。"
    # 约300人、500人: 约 is said of both
    meant = [one[1], two[1]] if "约" not in one[0] else [one[1], (*two[1][:2], read(text)[-1][2], two[1][3])]
    assert same(read(text), meant), text


@given(quantities(), st.sampled_from(MARKS), st.sampled_from(["", "较好。\n"]))
@examples(150)
def test_a_quantity_behind_a_mark(quantity, mark, before):
    text = f"{before}{mark}劝返{quantity[0]}。"
    found = read(text)
    assert len(found) <= 3, text
    assert same(found[-1:], [quantity[1]]), text


@given(
    whole(2, 400), whole(1, 300), st.sampled_from(DASHES), st.sampled_from(UNITS), st.sampled_from(FRAMES), st.data()
)
@examples(200)
def test_a_range(low, more, dash, unit, frame, data):
    high = low + more
    times, printed = data.draw(
        st.sampled_from(
            [
                (1, f"{low}{dash}{high}{unit}"), (1, f"{low}{unit}{dash}{high}{unit}"),
                (10**4, f"{low}{dash}{high}万{unit}"), (10**4, f"{low}万{dash}{high}万{unit}"),
                (1, f"{spoken(low + 10)}至{spoken(high + 10)}{unit}"),
            ]
        )
    )  # fmt: skip
    added = 10 if printed.startswith(spoken(low + 10)) else 0
    text = frame.format(printed)
    ranges = [one for one in read_numbers(text) if isinstance(one.value, tuple) and one.kind != "date"]
    assert [one.value for one in ranges] == [((low + added) * times, (high + added) * times)], text
    assert [one.unit for one in ranges] == [unit], text


@given(
    whole(1, 9999),
    st.sampled_from(["增加", "增长", "提高", "减少", "下降", "降低"]),
    st.sampled_from(["%", "个百分点", "人", "所"]),
)
@examples(200)
def test_a_change_and_a_level(hundredths, verb, unit):
    size = Decimal(hundredths) / 100 if unit in ("%", "个百分点") else Decimal(hundredths)
    (change,) = read_numbers(f"比上年{verb}{size}{unit}，")
    assert (abs(change.value), change.kind) == (size, "change")
    assert (change.value < 0) == (verb in ("减少", "下降", "降低")) == (change.direction == "down")
    if unit != "个百分点":
        (level,) = read_numbers(f"比上年{verb}到{size}{unit}，")
        assert (level.value, level.kind == "change") == (size, False)


@pytest.mark.parametrize("joint", ["\n", "和", "、"])
def test_a_bound_is_of_the_number_after_it(joint):
    for many in ("十一", "壹佰", "两百"):
        assert [one[2] for one in read(f"劝返至少{many}人{joint}2人。")] == ["more-than", "exact"]


@pytest.mark.parametrize(
    ("text", "surface", "qualifier"),
    [
        ("占全县的四分之一还多。", "四分之一还多", "more-than"),
        ("其余563人均为初中生。", "563人", "exact"),
    ],
)
def test_still_more_is_a_bound_and_all_of_them_is_no_mean(text, surface, qualifier):
    (found,) = read_numbers(text)
    assert (found.surface, found.qualifier) == (surface, qualifier)


def test_a_mean_is_no_count_of_persons():
    assert next(one.surface for one in read_numbers("覆盖563人均为383元。")) == "563"
