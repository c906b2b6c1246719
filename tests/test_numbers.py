"""The reader of numbers: a corpus with its score, each form by itself, arbitrary text."""

import copy
import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sweeps import examples

import zt_analysis
from zt_analysis.numbers import read_numbers

CORPUS = Path(__file__).with_name("numbers_corpus.jsonl")
DATED = datetime.date(2018, 11, 15)
ATTRIBUTES = ("unit", "qualifier", "inclusive", "kind", "direction", "per", "role")


def corpus():
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def same_value(found, expected):
    if isinstance(expected, list) != isinstance(found, list):
        return False
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(same_value, found, expected))
    if found is None or expected is None or expected.startswith("--") or "-" in expected[1:] or ":" in expected:
        return found == expected
    return Decimal(found) == Decimal(expected)


def judge(sentence):
    """(mentions found, mentions expected, spans and values right, wrong attributes, lines about what is wrong)."""
    dated = datetime.date.fromisoformat(sentence["dated"]) if sentence["dated"] else None
    found = {(one.start, one.end): one.as_dict() for one in read_numbers(sentence["text"], dated=dated)}
    expected = {(one["start"], one["end"]): one for one in sentence["mentions"]}
    right = [span for span in found if span in expected and same_value(found[span]["value"], expected[span]["value"])]
    wrong = [f"{'spurious':9} {one['surface']!r} = {one['value']}" for span, one in found.items() if span not in right]
    wrong += [
        f"{'missed':9} {one['surface']!r} = {one['value']}" for span, one in expected.items() if span not in right
    ]
    attributes = 0
    for span in right:
        names = [*ATTRIBUTES, *(["exact"] if "exact" in expected[span] else [])]
        differing = [name for name in names if found[span][name] != expected[span][name]]
        attributes += bool(differing)
        wrong += [
            f"{name:9} {found[span]['surface']!r}: {found[span][name]!r}, expected {expected[span][name]!r}"
            for name in differing
        ]
    return len(found), len(expected), len(right), attributes, [f"{line}   in {sentence['text']!r}" for line in wrong]


def score(sentences):
    found, expected, right, faulty = (0, 0, 0, 0)
    wrong = []
    for sentence in sentences:
        judged = judge(sentence)
        found, expected, right, faulty = found + judged[0], expected + judged[1], right + judged[2], faulty + judged[3]
        wrong += judged[4]
    return {
        "sentences": len(sentences),
        "expected": expected,
        "precision": right / found if found else 0.0,
        "recall": right / expected if expected else 0.0,
        "attributes": (right - faulty) / expected if expected else 0.0,
        "wrong": wrong,
    }


@pytest.mark.slow
def test_corpus_score(capsys):
    result = score(corpus())
    with capsys.disabled():
        print(
            f"\nnumbers corpus: {result['sentences']} sentences, {result['expected']} mentions,"
            f" precision {result['precision']:.2%}, recall {result['recall']:.2%},"
            f" all attributes {result['attributes']:.2%}"
        )
        print("\n".join(result["wrong"]))
    assert result["sentences"] >= 200
    assert result["expected"] >= 300
    assert result["precision"] >= 0.995
    assert result["recall"] >= 0.995
    assert result["attributes"] >= 0.99


@pytest.mark.thorough
@pytest.mark.slow
def test_corpus_score_notices_a_wrong_label():
    some = corpus()
    planted = copy.deepcopy(some)
    first = next(one for one in planted if one["mentions"])
    first["mentions"][0]["value"] = "999999999"
    found, right = score(planted), score(some)
    assert found["recall"] < right["recall"]
    assert len(found["wrong"]) > len(right["wrong"])


def test_a_score_of_nothing_is_no_pass():
    assert score([])["recall"] == 0.0


def read(text, dated=DATED):
    return [one.as_dict() for one in read_numbers(text, dated=dated)]


# surface, value, unit, qualifier, kind; each form of the grammar by itself
FORMS = [
    ("133715.32 万元", "1337153200", "元", "exact", "money"),
    ("63.61亿元", "6361000000", "元", "exact", "money"),
    ("1,100万", "11000000", "", "exact", "count"),
    ("743740 人", "743740", "人", "exact", "count"),
    ("1.2万余人", "12000", "人", "more-than", "count"),
    ("300多户", "300", "户", "more-than", "count"),
    ("近八成", "8", "成", "approx", "rate"),
    ("一百二十", "120", "", "exact", "count"),
    ("二点二八亿", "228000000", "", "exact", "count"),
    ("6至8周岁", ["6", "8"], "岁", "exact", "count"),
    ("3—5岁", ["3", "5"], "岁", "exact", "count"),
    ("１９１５人", "1915", "人", "exact", "count"),
    ("翻一番", "2", "×", "exact", "change"),
    ("第11期", "11", "期", "exact", "ordinal"),
    ("2018年11月15日", "2018-11-15", "", "exact", "date"),
    ("10 月 23 日", "2018-10-23", "", "exact", "date"),
    ("1周内", "1", "周", "less-than", "count"),
    ("超过7天", "7", "天", "more-than", "count"),
    ("7:3", ["7", "3"], "ratio", "exact", "rate"),
    ("3月", "--03", "", "exact", "date"),
    ("9年", "9", "年", "exact", "count"),
    ("97.10%", "97.10", "%", "exact", "rate"),
    ("16.06万亿元", "16060000000000", "元", "exact", "money"),
    ("一千零五人", "1005", "人", "exact", "count"),
    ("1915人次", "1915", "人次", "exact", "count"),
    ("三小时", "3", "小时", "exact", "count"),
    ("五台", "5", "台", "exact", "count"),
    ("60台次", "60", "台次", "exact", "count"),
    ("35块", "35", "块", "exact", "count"),
    ("1，234人", "1234", "人", "exact", "count"),
    ("一点五倍", "1.5", "×", "exact", "rate"),
    ("五万千瓦时", "50000", "千瓦时", "exact", "count"),
    ("二0一八年", "2018", "", "exact", "date"),
    ("2017/2018学年", ["2017", "2018"], "", "exact", "date"),
    ("减半", "-0.5", "1", "exact", "change"),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier", "kind"), FORMS, ids=[one[0] for one in FORMS])
def test_form(text, value, unit, qualifier, kind):
    (one,) = read(text)
    assert (one["surface"], one["value"], one["unit"], one["qualifier"], one["kind"]) == (
        text, value, unit, qualifier, kind,
    )  # fmt: skip


def test_fraction_is_exact():
    (one,) = read("三分之一")
    assert (one["exact"], one["unit"], one["kind"]) == ("1/3", "1", "rate")
    assert one["value"].startswith("0.3333333333")


def test_level_and_change():
    _, before, after = read("从9月20日统计的0.09%降至0.06%")
    assert (before["value"], after["value"], after["kind"]) == ("0.09", "0.06", "rate")
    (fall,) = read("下降0.32个百分点")
    assert (fall["value"], fall["unit"], fall["kind"], fall["direction"]) == ("-0.32", "百分点", "change", "down")
    (rise,) = read("增长1.5倍")
    assert (rise["value"], rise["unit"], rise["kind"], rise["direction"]) == ("1.5", "×", "change", "up")


NAMES = ["四包", "五长制", "七有", "三清", "一户一案", "一个都不能少", "两免一补", "九年义务教育", "控辍保学月"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_no_figures(name):
    assert [one for one in read(f"落实{name}的要求") if one["role"] == "figure"] == []


WORDS = ["统一", "唯一", "进一步", "一般", "万一", "千万别", "四川", "百姓", "一体化", "一些", "一直", "单位：万元"]


@pytest.mark.parametrize("word", WORDS)
def test_words_are_no_numbers(word):
    assert read(f"各校{word}做到") == []


def test_year_of_a_bare_date():
    assert read("10月23日", dated=None)[0]["value"] == "--10-23"
    assert read("12月28日", dated=datetime.date(2019, 1, 10))[0]["value"] == "2018-12-28"
    assert read("每年3月15日")[0]["value"] == "--03-15"
    assert read("3月")[0]["resolved"] == "2018-03"


def test_a_table_cell_ends_at_its_line():
    assert [(one["value"], one["unit"]) for one in read("1915\n人数\t823\n1208")] == [
        ("1915", ""), ("823", ""), ("1208", ""),
    ]  # fmt: skip


def test_a_sentence_goes_on_over_a_page():
    assert [one["value"] for one in read("今年全市累计下达补助资金133715.32\n\f万元。")] == ["1337153200"]


def test_a_list_shares_what_is_printed_once():
    assert [one["value"] for one in read("3、6、9月")] == ["--03", "--06", "--09"]
    assert [(one["value"], one["unit"]) for one in read("分别为3、5、8万元")] == [
        ("30000", "元"), ("50000", "元"), ("80000", "元"),
    ]  # fmt: skip
    assert [(one["value"], one["kind"]) for one in read("减少1.1万户、4.5万人")] == [
        ("-11000", "change"), ("-45000", "change"),
    ]  # fmt: skip


def test_a_price_says_what_it_is_for():
    for text, per in (
        ("每生每年650元", "生·年"),
        ("4元/生·天", "生·天"),
        ("1000元/生/年", "生·年"),
        ("人均1860元", "人"),
    ):
        assert read(text)[0]["per"] == per


def test_time_of_day_after_noon():
    assert [one["value"] for one in read("7:50上课，下午5点半放学，下午2:30-5:30")] == [
        "07:50",
        "17:30",
        "14:30",
        "17:30",
    ]
    assert [one["value"] for one in read("男女比例7:50")] == [["7", "50"]]


def test_what_stands_right_behind_a_change_changes_with_it():
    assert [(one["value"], one["kind"]) for one in read("减少45户156人")] == [("-45", "change"), ("-156", "change")]
    assert [one["kind"] for one in read("新增贫困人口12户45人")] == ["count", "count"]


def test_a_thousands_group_goes_on_over_a_line():
    assert [one["value"] for one in read("投资12,\n345万元")] == ["123450000"]


def test_is_exported():
    assert zt_analysis.read_numbers("1915人") == read_numbers("1915人")


KEYS = {
    *("surface", "start", "end", "value", "unit", "qualifier", "kind", "direction", "per", "role"),
    *("inclusive", "decimals", "exact", "resolved"),
}
HARD = (
    "0123456789零〇一二两三四五六七八九十百千万亿半几数点分之成倍番第年月日号时人元个%‰,.，。、:：-—至到~/()（）《》“”[]〔〕"
    "年级多余近约超过以上内降增至每 \n\f\tAa①２，负翻半数"
)


def check(text):
    found = read_numbers(text, dated=DATED)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.surface == text[one.start : one.end]
        assert set(one.as_dict()) == KEYS
        json.dumps(one.as_dict())
        end = one.end


@pytest.mark.slow
@given(st.text())
@examples(400)
def test_any_text(text):
    check(text)


@given(st.text(alphabet=HARD, max_size=60))
@examples(1500)
@pytest.mark.slow
def test_any_arrangement_of_number_characters(text):
    check(text)


@pytest.mark.slow
@given(
    st.lists(st.sampled_from([one[0] for one in FORMS]), max_size=5),
    st.sampled_from(["，", "。", "、", "\n", "和", ""]),
)
@examples(300)
def test_any_list_of_forms(parts, separator):
    check(separator.join(parts))


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier", "step"),
    [
        ("2亿3千余万元", 230000000, "元", "more-than", 10**7), ("1亿3000多万元", 130000000, "元", "more-than", 10**4),
        ("1亿2千3百万元", 123000000, "元", "exact", 10**6), ("3千5百万元", 35000000, "元", "exact", 10**6),
        ("6亿零500万元", 605000000, "元", "exact", 10**4), ("5万6千8百人", 56800, "人", "exact", 100),
        ("1万2345人", 12345, "人", "exact", 1), ("1万2300多人", 12300, "人", "more-than", 1),
        ("13万2", 132000, "", "exact", 1000), ("2万零50人", 20050, "人", "exact", 1),
        ("1亿2000万元", 120000000, "元", "exact", 10**4),
        ("940 000吨", 940000, "吨", "exact", 1), ("133715.\n32万元", 1337153200, "元", "exact", 100),
    ],
)  # fmt: skip
def test_numbers_of_several_scales(text, value, unit, qualifier, step):
    (one,) = read_numbers(text)
    assert (one.value, one.unit, one.qualifier, one.step) == (value, unit, qualifier, step)
    assert one.surface == text


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("投资3亿2018年完成。", ["3亿", "2018年"]), ("招生1万，2345人毕业。", ["1万", "2345人"]),
        ("比上一年减少。", []),
        ("学前三年毛入园率。", []), ("上一年级。", ["一年级"]),
    ],
)  # fmt: skip
def test_numbers_that_are_not_one(text, surfaces):
    assert [one.surface for one in read_numbers(text)] == surfaces


# value, unit, qualifier, kind of every form of a list that once was read otherwise
READ = [
    ("投放589,2吨", "589.2", "吨", "exact", "count"),
    ("提升204所学校", "204", "所", "exact", "count"),
    ("居全省前三位", "3", "位", "exact", "ordinal"),
    ("前10名", "10", "名", "exact", "ordinal"),
    ("九成五", "9.5", "成", "exact", "rate"),
    ("近三成", "3", "成", "approx", "rate"),
    ("百分之七十", "70", "%", "exact", "rate"),
    ("突破百亿元", "10000000000", "元", "more-than", "money"),
    ("1915人（次）", "1915", "人次", "exact", "count"),
    ("11县区", "11", "县区", "exact", "count"),
    ("第三季度", "3", "季度", "exact", "ordinal"),
    ("半年", "0.5", "年", "exact", "count"),
    ("2017/18学年", ["2017", "2018"], "", "exact", "date"),
    ("3亿5836.91万元", "358369100", "元", "exact", "money"),
    ("-3至5℃", ["-3", "5"], "℃", "exact", "count"),
    ("零下3至5℃", ["-5", "-3"], "℃", "exact", "count"),
    ("-5至-2℃", ["-5", "-2"], "℃", "exact", "count"),
    ("不低于3.6亿元", "360000000", "元", "more-than", "money"),
    ("上限为300元", "300", "元", "exact", "money"),
    ("1915\n人，", "1915", "人", "exact", "count"),
    ("﹝2016﹞2号", "2", "", "exact", "count"),
    ("毛入园率〔12〕", "12", "", "exact", "ordinal"),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier", "kind"), READ, ids=[one[0] for one in READ])
def test_forms_that_once_were_read_otherwise(text, value, unit, qualifier, kind):
    (one,) = read(f"全市{text}" if "\n" not in text else f"今年劝返{text}")
    assert (one["value"], one["unit"], one["qualifier"], one["kind"]) == (value, unit, qualifier, kind)


@pytest.mark.parametrize(
    "text",
    [
        "上半年完成", "年末", "月底", "零距离", "一方面", "学前三年毛入园率", "极不平凡的一年。", "百年大计",
        "千家万户", "三十而立", "万众一心", "首位", "成百上千",
    ],
)  # fmt: skip
def test_a_name_or_slogan_holds_no_figure(text):
    assert [one for one in read(text) if one["role"] == "figure"] == []


def test_months_take_the_year_of_the_text():
    assert [(one["value"], one["resolved"]) for one in read("10月底")] == [("--10", "2018-10")]


def test_about_is_said_of_every_member_of_a_list():
    assert [one["qualifier"] for one in read("约300人、500人和700人，900人")] == ["approx"] * 3 + ["exact"]
    assert [(one["value"], one["qualifier"]) for one in read("约3、5万元")] == [
        ("30000", "approx"),
        ("50000", "approx"),
    ]


def test_a_unit_behind_what_is_said_aside():
    first, second = read("初中学校6.47（其中职业初中1019所）万所。")
    assert (first["surface"], first["value"], first["unit"]) == ("6.47", "64700", "所")
    assert (second["value"], second["unit"]) == ("1019", "所")
    assert [(one["value"], one["unit"]) for one in read("在校生559.16(2002年)万人；")] == [
        ("5591600", "人"),
        ("2002", ""),
    ]


def test_a_plenum_counts_nothing():
    assert {one["role"] for one in read("十九届二中、三中全会")} == {"name"}
    assert read("目前3名学生")[0]["kind"] == "count"


def test_a_code_is_no_part_of_a_number():
    assert [(one["surface"], one["role"]) for one in read("劝返代码1915人")] == [("1915人", "figure")]
    assert [(one["surface"], one["role"]) for one in read("学校代码530627")] == [("530627", "name")]
