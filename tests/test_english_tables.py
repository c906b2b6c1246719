"""A third office, from a table with English headers and names only: a hospital trust's half-yearly brief, tied whole.

Half years, three districts, kinds of house, revenue in 亿元, visits in 万人次, a ratio to one; its text is Chinese: the
words by which it knows figures and districts are what its people add.
"""

import commands
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

TABLE = """Half year,District,Level,Outpatient visits (万人次),Beds,Nurses,Doctors,Revenue (CNY 100 million)
2023H2,Harbour,Hospital,12.5,1200,1500,800,3.25
2023H2,Harbour,Clinic,4.25,100,120,90,0.5
2023H2,Old Town,Hospital,8.75,700,840,420,1.75
2023H2,Old Town,Clinic,2.5,50,66,40,0.25
2023H2,Hillside,Hospital,3.25,300,330,150,0.75
H1 2024,Harbour,Hospital,13.25,1250,1600,850,3.5
H1 2024,Harbour,Clinic,4.5,110,130,95,0.55
H1 2024,Old Town,Hospital,9,720,860,430,1.85
H1 2024,Old Town,Clinic,2.75,50,68,42,0.3
H1 2024,Hillside,Hospital,3.5,310,350,160,0.8
"""
WORDS = (
    ("office/indicators.py", 'words=("Outpatient visits",)', 'words=("门诊",)'),
    ("office/indicators.py", 'words=("Beds",)', 'words=("床位",)'),
    ("office/indicators.py", 'words=("Nurses",)', 'words=("护士",)'),
    ("office/indicators.py", 'words=("Doctors",)', 'words=("医生",)'),
    ("office/indicators.py", 'words=("Revenue",)', 'words=("收入",)'),
    ("office/indicators.py", '"pieces", time="half", zh="Beds"', '"beds", time="half", zh="Beds"'),
    ("office/indicators.py", '"pieces"', '"persons"'),
    ("office/indicators.py", "import Measure", "import Exact, derived, ratio, Measure"),
    ("office/papers.py", '"revenue",)', '"revenue", "nurses_per_doctor")'),
    ("office/papers.py", '"revenue")', '"revenue", "nurses_per_doctor")'),
    ("office/words/texts/units.csv", "pieces,个, pieces,1,0,", "beds,张, beds,1,0,\nto_one,:1, to 1,1,2,"),
    ("office/words/texts/parts.csv", "Hospital,Hospital", "Hospital,医院"),
    ("office/words/texts/parts.csv", "Clinic,Clinic", "Clinic,诊所"),
    ("data/proposed/district_names.csv", "Harbour,Harbour,", "Harbour,港区,"),
    ("data/proposed/district_names.csv", "Old Town,Old Town,", "Old Town,老城区,"),
    ("data/proposed/district_names.csv", "Hillside,Hillside,", "Hillside,山麓区,"),
)
RATIO = '''

@derived("to_one", time="half", zh="护医比", en="nurses per doctor", words=("护医比",))
def nurses_per_doctor(nurses: Exact, doctors: Exact) -> Exact:
    """Nurses to one doctor.

    定义：每名医生对应的护士数。
    """
    return ratio(nurses, doctors)
'''
TEXT = """2024年上半年，全市门诊33万人次，床位2440张，护士3008人，医生1577人，护医比为1.91:1。
全市收入7亿元，其中港区4.05亿元，老城区2.15亿元。
港区护士1730人，医院床位1250张。
诊所门诊7.25万人次。
2023年下半年，全市门诊31.25万人次。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("third")
    (folder / "houses.csv").write_text(TABLE, encoding="utf-8")
    done = commands.zt("init", "trust", "--from", "houses.csv", cwd=folder)
    assert done.returncode == 0, done.stderr
    root = folder / "trust"
    for name, old, new in WORDS:
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace(old, new), encoding="utf-8")
    with (root / "office/indicators.py").open("a", encoding="utf-8") as file:
        file.write(RATIO)
    assert commands.zt("seal", "data/proposed", cwd=root).returncode == 0
    return root, done.stdout


def test_what_people_add_is_little_and_the_project_is_in_english(office):
    root, said = office
    assert len(WORDS) + len(RATIO.splitlines()) + len(TEXT.splitlines()) <= 120
    assert "Half year -> half_year: last day of the half" in said
    assert "Revenue -> revenue: measure in 亿元" in said
    assert 'languages = ["en"]' in (root / "zt.toml").read_text(encoding="utf-8")
    assert [path.name for path in (root / "params").iterdir()] == ["2024-H1.yml"]


def test_its_text_is_tied_whole_and_a_planted_error_is_caught(office):
    root, _ = office
    (root / "draft.txt").write_text(TEXT, encoding="utf-8")
    done = commands.zt("tie", "draft.txt", "--case", "2024-H1", "--require", "100%", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tied 12; " in done.stdout
    assert "contradicts" not in done.stdout
    (root / "wrong.txt").write_text(TEXT.replace("1.91:1", "1.92:1").replace("7.25万", "7.35万"), encoding="utf-8")
    done = commands.zt("tie", "wrong.txt", "--case", "2024-H1", cwd=root)
    assert done.returncode == 1
    assert "wrong 2" in done.stdout


def test_its_drafted_numbers_run_to_an_english_report(office):
    root, _ = office
    (root / "draft.txt").write_text(TEXT.partition("2023年")[0], encoding="utf-8")
    drafted = commands.zt("claims", "draft.txt", "--case", "2024-H1", cwd=root).stdout
    (root / "data/proposed/claims/2024-H1.csv").write_text(drafted, encoding="utf-8")
    done = commands.zt("run", "2024-H1", "--engine", "warm", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (root / "outputs/2024-H1/report.html").read_text(encoding="utf-8")
    assert "33.00" in page or "330,000" in page
    assert commands.zt("doctor", cwd=root).returncode == 0
