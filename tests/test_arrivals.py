"""Files that counties send: what opening refuses, checking refuses; strays, 零报告, files of another county."""

import csv
import hashlib
import io
import json
import os
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from zt_analysis.cli.data import check_files
from zt_analysis.errors import InputError
from zt_analysis.runs.resent import resent
from zt_analysis.sources import open_package
from zt_analysis.sources.checking import check_sources
from zt_analysis.sources.quality import quality

pytestmark = pytest.mark.slow

NAMES = {"530602": "昭阳区", "530627": "镇雄县", "530681": "水富市"}
HEADER = ["编号", "学段", "人数", "下达日期"]
SOURCES = """
grants:
  from: "sent"
  one_per: "counties"
  columns: {grant_id: "编号", stage: "学段", given_persons: "人数", paid_on: "下达日期"}
  values: {stage: {小学: primary, 初中: junior}}
  ignored: ["备注"]
"""
FIELDS = [
    {"name": "grant_id", "type": "string", "constraints": {"required": True, "pattern": "G[0-9]{3}"}},
    {"name": "county_code", "type": "string", "constraints": {"required": True}},
    {"name": "stage", "type": "string", "constraints": {"enum": ["primary"], "maxLength": 8}},
    {"name": "given_persons", "type": "integer", "constraints": {"minimum": 0, "maximum": 900}},
    {"name": "paid_on", "type": "date", "constraints": {"maximum": "2018-12-31"}},
]


class Office:
    """A project with one table, one file a county: ``files`` has the rows of each."""

    def __init__(self, root, sources=SOURCES):
        self.root, self.folder = root, root / "data"
        (root / "params").mkdir()
        self.sent = self.folder / "sent"
        self.sent.mkdir(parents=True)
        counties = "county_code,name_zh\n" + "".join(f"{code},{name}\n" for code, name in NAMES.items())
        (self.folder / "counties.csv").write_text(counties, encoding="utf-8")
        self.declare(sources)
        for number, name in enumerate(NAMES.values(), 1):
            self.send(f"{name}.csv", [[f"G00{number}", "小学", 10 * number, "2018-11-08"]])

    def declare(self, sources=SOURCES, fields=None, key=("grant_id",)):
        (self.folder / "sources.yml").write_text(sources, encoding="utf-8")
        refers = [{"fields": "county_code", "reference": {"resource": "counties", "fields": "county_code"}}]
        grants = {"fields": fields or FIELDS, "primaryKey": list(key), "foreignKeys": refers}
        names = [{"name": name, "type": "string"} for name in ("county_code", "name_zh")]
        known = hashlib.sha256((self.folder / "counties.csv").read_bytes()).hexdigest()
        resources = [
            {"name": "grants", "path": "grants.csv", "hash": "sha256:0", "schema": grants},
            {
                "name": "counties", "path": "counties.csv", "hash": f"sha256:{known}",
                "schema": {"fields": names, "primaryKey": "county_code"},
            },
        ]  # fmt: skip
        content = {"name": "office", "title": "Grants", "synthetic": True, "resources": resources}
        (self.folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")

    def send(self, name, rows, above=(), header=tuple(HEADER)):
        text = io.StringIO()
        csv.writer(text).writerows([*above, list(header), *rows])
        (self.sent / name).write_bytes(text.getvalue().encode("utf-8"))

    def check(self):
        return {(one.path or one.expected): one for one in check_sources(self.folder)}

    def refused(self):
        """What opening refuses: (file, kind) of each problem, and the same of what checking refuses (``checked``)."""
        try:
            open_package(self.folder)
        except InputError as error:
            opened = {(one.file, one.kind) for one in getattr(error, "problems", ())} or {("", str(error))}
        else:
            opened = set()
        self.checked = self.check()
        return opened, {(one.file, one.kind) for arrival in self.checked.values() for one in arrival.problems}


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def check_command(folder, form="table"):
    """Exit code and output of ``zt sources check``."""
    done = CliRunner().invoke(check_files, [str(folder), "--format", form], standalone_mode=False)
    assert done.exception is None
    return done.return_value, done.output


A, B, C = "昭阳区.csv", "镇雄县.csv", "水富市.csv"


class TestCheckingSaysWhatOpeningSays:
    def test_all_in_order(self, office):
        assert office.refused() == (set(), set())
        assert [one.states for one in office.checked.values()] == [("in_order",)] * 3

    @pytest.mark.thorough
    def test_the_command_says_so(self, office):
        assert check_command(office.folder)[0] == 0
        office.send(C, [["X1", "小学", 1, "2018-11-08"]])
        assert check_command(office.folder)[0] == 2

    @pytest.mark.parametrize(
        ("row", "kind"),
        [
            (["G001", "小学", 1, "2018-11-08"], "primary_key"),  # 昭阳区 has it
            (["X1", "小学", 1, "2018-11-08"], "pattern"),
            (["G009", "初中", 1, "2018-11-08"], "enum"),
            (["G009", "小学", -1, "2018-11-08"], "minimum"),
            (["G009", "小学", 901, "2018-11-08"], "maximum"),
            (["G009", "小学", 1, "2019-01-01"], "maximum"),
            (["", "小学", 1, "2018-11-08"], "missing"),
            (["G009", "小学", "约3", "2018-11-08"], "approximate"),
            (["G009", "大学", 1, "2018-11-08"], "word"),
        ],
    )
    @pytest.mark.part(3)
    def test_of_a_row(self, office, row, kind):
        office.send(C, [row])
        opened, checked = office.refused()
        assert opened == checked == {(C, kind)}
        arrival = office.checked[f"sent/{C}"]
        assert (arrival.states, arrival.stops) == (("refused",), True)

    @pytest.mark.parametrize("constraint", [{"unique": True}, {"minLength": 8}, {"maxLength": 3}, {"required": True}])
    @pytest.mark.part(3)
    def test_of_a_constraint(self, office, constraint):
        for name in (A, B, C):
            office.send(name, [[f"G00{(A, B, C).index(name) + 1}", "", 10, "2018-11-08"]])
        stage = {"name": "stage", "type": "string", "constraints": constraint}
        persons = {"name": "given_persons", "type": "integer", "constraints": {"unique": True}}
        one = (
            stage
            if "required" in constraint
            else persons
            if "unique" in constraint
            else FIELDS[0] | {"constraints": constraint}
        )
        fields = [
            next((each for each in (one,) if each["name"] == field["name"]), field | {"constraints": {}})
            for field in FIELDS
        ]
        office.declare(fields=fields)
        opened, checked = office.refused()
        assert opened == checked != set()

    @pytest.mark.thorough
    def test_of_a_reference(self, office):
        office.declare(SOURCES.replace('  one_per: "counties"\n', '  constants: {county_code: "530699"}\n'))
        opened, checked = office.refused()
        assert opened == checked == {(name, "foreign_key") for name in (A, B, C)}

    @pytest.mark.thorough
    def test_of_another_table(self, office):
        (office.folder / "counties.csv").write_text(
            "county_code,name_zh\n530602,昭阳区\n530602,镇雄县\n530681,水富市\n"
        )
        opened, checked = office.refused()
        assert opened == checked
        assert ("counties.csv", "primary_key") in checked

    @pytest.mark.parametrize(
        "break_it",
        [
            lambda office: (office.sent / A).unlink(),
            lambda office: shutil.copy(office.sent / A, office.sent / "昭阳区 (1).csv"),
            lambda office: (office.sent / A).write_bytes(b"%PDF-1.7"),
            lambda office: (office.sent / "镇雄县.ods").write_bytes(b"PK"),
            lambda office: shutil.rmtree(office.sent) or office.sent.mkdir(),
            lambda office: office.send("某县.csv", [["G008", "小学", 1, "2018-11-08"]]),
        ],
    )
    @pytest.mark.part(3)
    def test_of_files(self, office, break_it):
        break_it(office)
        opened, checked = office.refused()
        assert opened == checked != set()


LITTER = ("desktop.ini", "Thumbs.db", ".DS_Store", "~$镇雄县.csv", ".~镇雄县.csv", "._镇雄县.csv", ".~lock.镇雄县.csv#")
LEFT = ("镇雄县.ods", "_镇雄县.csv", ".镇雄县.csv", "读我.docx", "镇雄县", "a1b2.tmp")


class TestStrays:
    def test_what_a_program_left_is_named_and_stops_nothing(self, office):
        for name in LITTER:
            (office.sent / name).write_bytes(b"x")
        found = office.check()
        assert {name for name in LITTER if found[f"sent/{name}"].states == ("extra",)} == set(LITTER)
        assert {f"sent/{each}" for each in (A, B, C)} < set(found)
        assert office.refused() == (set(), set())
        assert check_command(office.folder)[0] == 1

    def test_what_may_hold_rows_is_refused_by_name(self, office):
        for name in LEFT:
            (office.sent / name).write_bytes(b"x")
        found = office.check()
        assert {name for name in LEFT if found[f"sent/{name}"].states == ("extra",)} == set(LEFT)
        assert {f"sent/{each}" for each in (A, B, C)} < set(found)
        assert office.refused() == ({(f"sent/{name}", "extra") for name in LEFT},) * 2

    @pytest.mark.parametrize("layout", ["sent/*.csv", "sent/??县.csv", "sent/昭阳区.csv"])
    @pytest.mark.part(3)
    def test_beside_a_pattern_or_one_file_it_is_named(self, office, layout):
        office.declare(
            SOURCES.replace('"sent"', f'"{layout}"').replace(
                '  one_per: "counties"\n', '  constants: {county_code: "530602"}\n'
            )
        )
        for name in (*LITTER, "镇雄县.ods"):
            (office.sent / name).write_bytes(b"x")
        found = office.check()
        assert {path for path, one in found.items() if "extra" in one.states} >= {
            f"sent/{name}" for name in (*LITTER, "镇雄县.ods")
        }
        assert any(one.states == ("in_order",) for one in found.values())
        assert office.refused() == (set(), set())

    @pytest.mark.parametrize("name", ["各县.zip", "镇雄县.csv.gz", "各县.RAR"])
    @pytest.mark.parametrize("layout", ["sent", "sent/*.csv"])
    @pytest.mark.part(3)
    def test_an_archive_is_said_to_be_none_of_ours_to_open(self, office, name, layout):
        """Named with what to do, where it is one of the files (refused) and where it only lies beside them."""
        office.declare(SOURCES.replace('"sent"', f'"{layout}"'))
        (office.sent / name).write_bytes(b"PK\x03\x04")
        one = office.check()[f"sent/{name}"]
        (said,) = [*one.notes, *(problem.found for problem in one.problems)]
        assert one.states == ("extra",)
        assert said.endswith("whose files are not read: unpack it here, then take it away")
        assert bool(one.problems) == (layout == "sent")

    def test_files_of_another_table_are_none(self, office):
        own = SOURCES.replace('"sent"', '"sent/*.csv"')
        office.declare(own)
        assert all(one.states == ("in_order",) for one in office.check().values())
        shutil.copy(office.folder / "counties.csv", office.folder / "~$counties.csv")
        assert all(one.states == ("in_order",) for one in office.check().values())

    def test_links_and_folders_that_cannot_be_read(self, office):
        office.sent.joinpath("镇雄县.csv").unlink()
        office.sent.joinpath("镇雄县.csv").symlink_to(office.root / "gone.csv")
        office.sent.joinpath("more").symlink_to(office.root)
        found = office.check()
        assert found["sent/镇雄县.csv"].problems[0].found == "no plain file"
        assert found["sent/more"].problems[0].found == "a link to a folder"
        assert found["镇雄县"].states == ("missing",)
        opened, checked = office.refused()
        assert opened == checked

    def test_a_name_that_is_no_utf8(self, office):
        name = "镇雄县".encode("gb18030") + b".csv"
        os.rename(os.fsencode(office.sent / B), os.fsencode(office.sent) + b"/" + name)
        shown = r"sent/\xd5\xf2\xd0\xdb\xcf\xd8.csv"
        opened, checked = office.refused()
        assert opened == checked == {(shown, "extra"), ("sent, 镇雄县", "missing")}
        for form in ("table", "csv", "json"):
            code, text = check_command(office.folder, form)
            assert (code, A in text) == (2, True)
            assert (json.loads(text)[2]["file"] if form == "json" else text).count(shown) >= 1


class TestZeroReport:
    ALLOWED = SOURCES + "  zero_report: allowed\n"
    NOTHING = (
        [],
        [["无"]],
        [["—", "—", "—", "—"]],
        [["-", "", "/", ""], ["--", "", "", ""]],
        [["本周无", "", "", ""], ["注：本周没有"]],
        [["无", "", "", ""], ["合计", "", "0", ""]],
        [["合计", "", "", ""], ["填表人：甲"]],
    )

    @pytest.mark.parametrize("rows", NOTHING)
    @pytest.mark.part(3)
    def test_arrived_with_no_rows(self, office, rows):
        office.declare(self.ALLOWED)
        office.send(B, rows)
        one = office.check()[f"sent/{B}"]
        assert (one.states, one.rows, one.stops) == (("zero_report",), 0, False)
        opened = open_package(office.folder)
        assert opened.count("grants") == 2
        told = {each["file"]: each for each in quality(opened)["submissions"]}
        assert told[B]["rows"] == 0
        assert any("zero report" in note for note in told[B]["notes"])

    @pytest.mark.parametrize("rows", NOTHING)
    @pytest.mark.part(3)
    def test_refused_where_it_is_not_declared(self, office, rows):
        office.send(B, rows)
        assert office.refused() == ({(B, "empty")}, {(B, "empty")})
        assert "零报告" in office.check()[f"sent/{B}"].problems[0].expected

    @pytest.mark.parametrize(
        "rows",
        [
            [["无"], ["G002", "小学", "3", "2018-11-08"]],
            [["—", "—", "—", "—"], ["合计", "", "12", ""]],
            [["", "小学", "", ""]],
            [["没有什么可报的"]],
            [["无", "", "3", ""]],
        ],
    )
    @pytest.mark.part(3)
    def test_something_said_besides_is_no_zero_report(self, office, rows):
        office.declare(self.ALLOWED)
        office.send(B, rows)
        opened, checked = office.refused()
        assert opened == checked != set()

    def test_a_missing_file_is_none(self, office):
        office.declare(self.ALLOWED)
        (office.sent / B).unlink()
        assert office.check()["镇雄县"].states == ("missing",)
        assert office.refused()[0] == {("sent, 镇雄县", "missing")}

    @pytest.mark.thorough
    def test_all_may_have_nothing(self, office):
        office.declare(self.ALLOWED)
        for name in (A, B, C):
            office.send(name, [["无"]], above=[[f"填报单位：{name[:3]}"]])
        assert office.refused() == (set(), set())
        assert open_package(office.folder).count("grants") == 0
        code, text = check_command(office.folder)
        assert (code, "3 零报告" in text) == (0, True)

    @pytest.mark.thorough
    def test_the_same_empty_template_may_come_twice(self, office):
        office.declare(self.ALLOWED)
        office.send(A, [])
        office.send(B, [])
        assert office.refused() == (set(), set())

    def test_another_word_is_named(self, office):
        office.declare(SOURCES + "  zero_report: maybe\n")
        with pytest.raises(InputError, match="zero_report"):
            open_package(office.folder)


class TestFilesOfAnotherCounty:
    @pytest.mark.parametrize(
        "above",
        [
            ["填报单位：镇雄县教育体育局"],
            ["填报单位（盖章）：镇雄教育局"],
            ["报送单位：", "镇雄县教育局"],
            ["县（市、区）：镇雄县", "单位：人"],
            ["镇雄县2018年助学金发放表"],
        ],
    )
    @pytest.mark.part(3)
    def test_named_in_the_caption(self, office, above):
        office.send(C, [["G003", "小学", 30, "2018-11-08"]], above=[above])
        assert office.refused() == ({(C, "county")}, {(C, "county")})

    def test_named_in_the_signature(self, office):
        office.send(C, [["G003", "小学", 30, "2018-11-08"], ["填报单位（章）：镇雄县教育局"]])
        assert office.refused() == ({(C, "county")}, {(C, "county")})

    @pytest.mark.parametrize(
        "above",
        [
            ["填报单位：昭通市教育局"],
            ["昭通市水富市2018年助学金发放表"],
            ["填报单位：水富县教育局"],
            ["填报单位：市教育局"],
            ["昭阳区、镇雄县、水富市助学金发放表"],
            ["提高威信，大关已过"],
        ],
    )
    @pytest.mark.part(3)
    def test_the_parent_the_old_name_and_lists_are_right(self, office, above):
        office.send(C, [["G003", "小学", 30, "2018-11-08"]], above=[above])
        assert office.refused() == (set(), set())

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        "above",
        [["昭阳区、镇雄县借读学生助学金"], ["镇雄县借读学生助学金", "填报单位：水富市教育局"]],
    )
    def test_what_is_not_certain_is_said(self, office, above):
        office.send(C, [["G003", "小学", 30, "2018-11-08"]], above=[above])
        assert office.refused() == (set(), set())
        assert any("names another county" in note for note in office.checked[f"sent/{C}"].notes)

    def test_a_footnote_may_speak_of_any(self, office):
        office.send(C, [["G003", "小学", 30, "2018-11-08"], ["注：含镇雄县转入学生3人"]])
        assert office.check()[f"sent/{C}"].states == ("in_order",)

    @pytest.mark.thorough
    def test_names_that_contain_each_other(self, office):
        counties = office.folder / "counties.csv"
        counties.write_text(counties.read_text(encoding="utf-8") + "530699,雄县\n", encoding="utf-8")
        office.declare()
        office.send("雄县.csv", [["G004", "小学", 40, "2018-11-08"]], above=[["填报单位：雄县教育局"]])
        office.send(B, [["G002", "小学", 20, "2018-11-08"]], above=[["填报单位：镇雄县教育局"]])
        assert office.refused() == (set(), set())
        office.send("雄县.csv", [["G004", "小学", 40, "2018-11-08"]], above=[["填报单位：镇雄县教育局"]])
        assert office.refused()[1] == {("雄县.csv", "county")}

    def test_the_same_bytes(self, office):
        office.declare(key=("grant_id", "county_code"))
        shutil.copy(office.sent / A, office.sent / B)
        both = {(A, "same_file"), (B, "same_file")}
        assert office.refused() == (both, both)
        # saved again it has other bytes, and two counties may have the same numbers
        office.send(B, [["G001", "小学", 10, "2018-11-08"]], above=[["助学金"]])
        assert office.refused() == (set(), set())
        assert office.check()[f"sent/{B}"].notes[-1] == f"{B}: the same rows as {A}"

    @pytest.mark.thorough
    def test_zeros_in_a_text_file_may_coincide(self, office):
        office.declare(key=("grant_id", "county_code"))
        for name in (A, B):
            office.send(name, [["G001", "小学", 0, "2018-11-08"]])
        assert office.refused() == (set(), set())

    def test_a_workbook_never_does(self, office):
        office.declare(key=("grant_id", "county_code"))
        for name in (A, B):
            (office.sent / name).unlink()
        book = openpyxl.Workbook()
        book.active.append(HEADER)
        book.active.append(["G001", "小学", 0, "2018-11-08"])
        book.save(office.sent / "昭阳区.xlsx")
        shutil.copy(office.sent / "昭阳区.xlsx", office.sent / "镇雄县.xlsx")
        assert {kind for _, kind in office.refused()[0]} == {"same_file"}


class TestLastWeeksFile:
    @pytest.fixture
    def weeks(self, office):
        """Two weeks of a case; the record of the first holds the files as they are."""
        for case, as_of in (("2018-W44", "2018-11-01"), ("2018-W45", "2018-11-08")):
            text = f'notebook: "weekly"\ncase: "{case}"\npackage: "data"\nas_of: "{as_of}"\n'
            (office.root / f"params/{case}.yml").write_text(text, encoding="utf-8")
        office.send(B, [["G002", "小学", 20, "2018-10-31"]])
        files = [
            {"path": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in office.sent.iterdir()
        ]
        (office.root / "outputs/2018-W44").mkdir(parents=True)
        record = {"case": "2018-W44", "parameters": {"as_of": "2018-11-01"}, "inputs": files}
        (office.root / "outputs/2018-W44/run.json").write_text(json.dumps(record), encoding="utf-8")
        return office

    def found(self, office):
        parameters = {"case": "2018-W45", "package": "data"}
        return resent(parameters, office.root, office.root / "outputs")

    def test_a_table_that_was_not_collected_anew_says_nothing(self, weeks):
        assert self.found(weeks) == []

    def test_it_is_named(self, weeks):
        for name in (A, C):
            weeks.send(name, [[f"G00{name}"[:4], "小学", 40, "2018-11-08"]])
        assert self.found(weeks) == [{"file": f"data/sent/{B}", "case": "2018-W44"}]

    def test_checking_says_so_before_any_run(self, weeks):
        def checked():
            done = CliRunner().invoke(check_files, [str(weeks.folder)], standalone_mode=False)
            return done.return_value, done.output

        note = f"note: {B}: the file that case 2018-W44 has read already, sent again unchanged"
        assert note not in checked()[1]
        for name, group in ((A, "G001"), (C, "G003")):
            weeks.send(name, [[group, "小学", 40, "2018-11-08"]])
        code, output = checked()
        assert (code, note in output) == (0, True)
        weeks.declare(SOURCES + '  dated_by: "paid_on"\n')
        code, output = checked()
        assert code == 2
        assert f"{B}: found 'the file of case 2018-W44 again: its last paid_on is 2018-10-31'" in output
        assert "ask for this period's file" in output

    def test_it_is_refused_where_its_days_are_over(self, weeks):
        weeks.declare(SOURCES + '  dated_by: "paid_on"\n')
        weeks.send(A, [["G001", "小学", 40, "2018-11-08"]])
        # 水富市 sent its file again as well, and that has a day of this week
        with pytest.raises(
            InputError, match=f"{B}; found the file of case 2018-W44 again: its last paid_on is 2018-10-31"
        ):
            self.found(weeks)
        weeks.send(B, [["G002", "小学", 20, "2018-11-07"]])
        assert self.found(weeks) == [{"file": f"data/sent/{C}", "case": "2018-W44"}]
