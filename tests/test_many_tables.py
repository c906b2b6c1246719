"""An office begun from several tables: a register of codes with their names, a quarterly table, a yearly one.

An invented water bureau: what its tables have in common is one part, one unit, one register, and its text is tied.
"""

import json

import commands
import pytest

import zt_analysis
from zt_analysis.drawing import before_after
from zt_analysis.office import office_of
from zt_analysis.periods import Period
from zt_analysis.tying.named_spans import measured_from

pytestmark = pytest.mark.slow  # it begins a project of its own

TABLES = {
    "灌区.csv": "灌区编码,灌区名称,英文名称\ng1,东坝灌区,Dongba\ng2,西渠灌区,Xiqu\ng3,南塘灌区,Nantang\n",
    "供水季报.csv": "季度,灌区编码,供水量（万立方米）,农业用水量（万立方米）,漏损量（万立方米）\n"
    "2024年第3季度,g1,520.4,350,50.2\n2024年第3季度,g2,402,260,38.8\n2024年第3季度,g3,251.3,170,27.7\n"
    "2024年第4季度,g1,422.8,231,38.6\n2024年第4季度,g2,311.9,185,28.9\n2024年第4季度,g3,190.3,102,20.4\n",
    "水利投资.csv": "年份,灌区编码,完成投资（亿元）,受益人口（万人）\n2023,g1,1.25,6.2\n"
    "2023,g2,0.86,4.1\n2023,g3,0.44,2.5\n"
    "2024,g1,1.52,6.3\n2024,g2,0.97,4.2\n2024,g3,0.61,2.6\n",
    "管护.csv": "灌区编码,管护经费（万元）,干渠（公里）,支渠（公里）\ng1,12.5,3.25,4\ng2,8,4,5.5\n",
}
TEXT = """青禾县水务简报

2024年第四季度，全县供水量925.0万立方米，其中农业用水量518.0万立方米。
2024年，青禾县完成投资3.10亿元，受益人口13.1万人。
东坝灌区供水量422.8万立方米，完成投资1.52亿元。
"""
RELATION = "losses,hard,figures,,column_1,,{漏损量} + {农业用水量} <= {供水量},漏损与农业用水不超过供水,Within supply\n"


def zt(root, *words):
    return commands.zt(*words, cwd=root)


@pytest.fixture(scope="module")
def water(tmp_path_factory):
    folder = tmp_path_factory.mktemp("water")
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = zt(folder, "init", "mine", "--from", *TABLES)
    assert done.returncode == 0, done.stderr
    root = folder / "mine"
    with (root / "office/relations/statements.csv").open("a", encoding="utf-8") as file:
        file.write(RELATION.format_map({one.zh: name for name, one in office_of(root).indicators.items()}))
    (root / "draft.txt").write_text(TEXT, encoding="utf-8")
    return root, done.stdout


def of_bureau(root):
    file = root / "zt.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('name = { zh = "mine"', 'name = { zh = "青禾县水务局"'),
        encoding="utf-8",
    )


def test_one_header_is_one_part_and_a_table_of_its_codes_is_its_register(water):
    root, said = water
    assert "the names of each column_1\n  names: 灌区名称 in Chinese, 英文名称 in English" in said
    package = json.loads((root / "data/proposed/datapackage.json").read_text(encoding="utf-8"))
    tables = {one["name"]: one["schema"] for one in package["resources"]}
    assert set(tables) == {"table_1", "table_2", "table_3", "table_3_2", "table_4"}
    assert (root / "data/proposed/table_1.csv").read_text(encoding="utf-8").splitlines()[:2] == [
        "column_1,name_zh,name_en",
        "g1,东坝灌区,Dongba",
    ]
    references = [one["foreignKeys"] for name, one in tables.items() if name != "table_1"]
    assert references == [[{"fields": ["column_1"], "reference": {"resource": "table_1", "fields": ["column_1"]}}]] * 4
    assert zt(root, "doctor").returncode == 0, zt(root, "doctor").stdout
    parts = [line.split(",")[0] for line in (root / "office/relations/statements.csv").read_text("utf-8").splitlines()]
    assert parts == ["id", "column_1_adds_up", "losses"]


def test_one_unit_is_one_unit_whatever_decimals_a_column_has(water):
    root, _ = water
    units = {one.zh: one.unit for one in office_of(root).indicators.values()}
    assert units["供水量"] == units["农业用水量"] == units["漏损量"] == "cubic_metres"
    assert units["干渠"] == units["支渠"] == "kilometres_100"
    rows = (root / "office/words/texts/units.csv").read_text(encoding="utf-8").splitlines()
    assert "fen,万元, 万元,1000000,2,亿元=10000000000" in rows
    assert "cubic_metres,立方米, cubic metres,1,0,万立方米=10000" in rows


def test_the_place_in_its_name_is_its_whole_and_a_text_is_tied(water):
    root, _ = water
    before = zt(root, "tie", "draft.txt", "--case", "2024-Q4", "--require", "100%")
    assert "“青禾县”若就是本单位的全体" in before.stdout
    of_bureau(root)
    done = zt(root, "tie", "draft.txt", "--case", "2024-Q4", "--require", "100%")
    assert done.returncode == 0, done.stdout
    assert "tied 6; excused 3; unproven 0; " in done.stdout


CHANGES = [
    ("供水量925.0万立方米，比三季度减少248.7万立方米，环比下降21.2%。", ["agree", "agree", "agree_rounded"]),
    ("东坝灌区供水量422.8万立方米，比上季度下降18.8%。", ["agree", "agree_rounded"]),
    ("全县供水量比上季度下降21.2%。", ["agree_rounded"]),
    ("供水量环比下降21.3%。", ["differs"]),
    ("完成投资3.10亿元，比上年增长21.6%。", ["agree", "agree_rounded"]),
    # another time, another part, a plan, too little said, nothing to be measured from
    ("2024年三季度，供水量环比下降21.2%。", ["unproven"]),
    ("上季度，供水量比上季度下降21.2%。", ["unproven"]),
    ("东坝灌区用水紧张。供水量环比下降21.2%。", ["unproven"]),
    ("计划供水量环比下降21.2%。", ["unproven"]),
    ("供水量比上年下降21.2%。", ["unproven"]),
    ("供水量比上半年下降21.2%。", ["unproven"]),
    ("完成投资3.10亿元，环比增长21.6%。", ["agree", "unproven"]),
]


def test_a_change_is_measured_from_the_period_that_words_say(water):
    root, _ = water
    of_bureau(root)
    lines = [json.dumps({"id": text, "text": text}, ensure_ascii=False) for text, _ in CHANGES]
    (root / "changes.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = zt(root, "tie", "changes.jsonl", "--case", "2024-Q4", "--format", "jsonl")
    answers = {one["id"]: one["ties"] for one in map(json.loads, done.stdout.splitlines())}
    assert {
        text: [one["status"] for one in ties if one["status"] != "excused"] for text, ties in answers.items()
    } == dict(CHANGES)


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("上年下半年", "half", "previous"), ("去年同期", "half", "year"), ("上年上半年", "half", "year"),
        ("上半年", "half", ""), ("上个半年", "half", "previous"), ("上年四季度", "quarter", ""), ("上年", "half", ""),
        ("上季度", "quarter", "previous"), ("上月", "month", "previous"), ("上年同月", "month", "year"),
        ("同比", "year", "year"), ("环比", "year", ""), ("去年", "year", "year"), ("前年", "year", ""),
    ],
)  # fmt: skip
def test_what_words_say_a_change_is_measured_from(text, kind, meant):
    assert measured_from(text, kind, Period.typed("2024-06-30", "2023-12-31")) == meant


@pytest.mark.thorough
def test_a_draft_that_is_not_settled_does_not_silence_what_would_settle_it(water):
    root, _ = water
    of_bureau(root)
    (root / "more.txt").write_text(TEXT + "漏损率9.5%。\n", encoding="utf-8")
    drafted = zt(root, "claims", "more.txt", "--case", "2024-Q4")
    assert "1 of 9 numbers are not proven" in drafted.stderr
    assert "第四季度" not in drafted.stdout  # an ordinal counts nothing: no row that nobody could settle
    claims = root / "data/proposed/claims/2024-Q4.csv"
    claims.write_text(drafted.stdout, encoding="utf-8")
    try:
        done = zt(root, "tie", "more.txt", "--case", "2024-Q4")
        assert "tied without the file until it is settled" in done.stderr
        assert "tied 6; excused 3; unproven 1; " in done.stdout
        assert zt(root, "check", "2024-Q4").returncode == 2
    finally:
        claims.unlink()


def test_a_chart_of_quarters_says_quarters(water):
    root, _ = water
    name = next(one.id for one in office_of(root).indicators.values() if one.zh == "供水量")
    book = zt_analysis.case("2024-Q4", project=root)
    with book._here():
        found = before_after(book.paper, book.tables, name, by="column_1")
    assert found.title == "东坝灌区供水量由5204000立方米降至4228000立方米"
    assert found.alt.startswith(f"条形图：供水量，2024年第三季度与2024年第四季度。{found.title}；")


@pytest.mark.thorough
def test_registers_that_name_each_other_are_a_hierarchy(tmp_path):
    """Towns that name their county: declared once, in the register, and every figure of towns is one of counties."""
    tables = {
        "counties.csv": "区县编码,区县名称\nc1,东岸区\nc2,西岸区\n",
        "towns.csv": "乡镇编码,乡镇名称,区县编码\nt1,河口镇,c1\nt2,山前镇,c1\nt3,石桥镇,c2\n",
        "library.csv": "年份,乡镇编码,藏书（册）\n2023,t1,1200\n2023,t2,800\n2023,t3,2100\n"
        "2024,t1,1300\n2024,t2,900\n2024,t3,2200\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = zt(tmp_path, "init", "mine", "--from", *tables)
    assert done.returncode == 0, done.stderr
    assert "names: 区县名称 in Chinese, none in English" in done.stdout
    root = tmp_path / "mine"
    broken = zt(root, "figures", "2024", "--by", "column_1", "--format", "json")
    assert [(one["column_1"], one["exact"]) for one in json.loads(broken.stdout)] == [("c1", "2200"), ("c2", "2200")]
    (root / "one.txt").write_text("2024年，全市藏书4400册，东岸区藏书2200册，石桥镇藏书2200册。", encoding="utf-8")
    tied = zt(root, "tie", "one.txt", "--case", "2024", "--require", "100%")
    assert "tied 3; excused 1; unproven 0; " in tied.stdout, tied.stdout
    assert zt(root, "doctor").returncode == 0
    assert "2 成立" in zt(root, "check", "2024").stdout  # towns and counties add up
