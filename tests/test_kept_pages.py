"""What a page is made with is kept for the next one: its font, its compiled templates; what is not imported for it."""

import subprocess
import sys
from importlib.metadata import distributions
from xml.sax import saxutils

import pytest
from jinja2 import TemplateSyntaxError
from nbformat import v4

from zt_analysis import importing, kept_texts, reports, xmls
from zt_analysis.errors import ReportError
from zt_analysis.reports import fonts, kept_templates, page
from zt_analysis.runs import record

pytestmark = pytest.mark.slow


@pytest.fixture
def caches(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for one in (kept_texts._folder, fonts._subset, page._environment):
        one.cache_clear()
    yield tmp_path / "zt-analysis"
    for one in (kept_texts._folder, page._environment):
        one.cache_clear()


def made():
    page._environment.cache_clear()
    fonts._subset.cache_clear()
    return reports.render_failure("2018-11", {"name": "InputError", "message": "缺字"}, v4.new_notebook())


@pytest.fixture
def compiled(monkeypatch):
    """How often a template is compiled, a font cut."""
    done = []
    cut, compile_ = fonts._subset, kept_templates.Environment.compile
    monkeypatch.setattr(fonts, "_subset", lambda text: done.append("font") or cut(text))
    fonts._subset.cache_clear = lambda: None
    monkeypatch.setattr(
        kept_templates.Environment, "compile", lambda *of, **named: done.append("template") or compile_(*of, **named)
    )
    return done


def test_a_page_is_the_same_with_what_is_kept(caches, compiled):
    first = made()
    assert {"font", "template"} <= set(compiled)
    compiled.clear()
    assert made() == first
    assert compiled == []


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "change", [lambda content: content[:40], lambda content: content[:-1] + bytes([content[-1] ^ 1]), lambda _: b""]
)
@pytest.mark.slow
def test_what_is_cut_short_or_changed_is_made_anew(caches, compiled, change):
    first = made()
    kept = [path for path in caches.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} == {".woff", ".j2c"}
    for path in kept:
        path.write_bytes(change(path.read_bytes()))
    compiled.clear()
    assert made() == first
    assert {"font", "template"} <= set(compiled)


@pytest.mark.slow
def test_another_version_makes_its_own(caches, compiled, monkeypatch):
    first = made()
    compiled.clear()
    monkeypatch.setattr(fonts, "_subset_by", lambda: "other")
    monkeypatch.setattr(kept_templates, "_compiled_by", lambda: "other")
    assert made() == first
    assert {"font", "template"} <= set(compiled)


def test_a_character_that_the_font_lacks_is_refused_each_time(caches):
    for _ in range(2):
        with pytest.raises(ReportError, match=r"U\+10400"):
            fonts.face("a\U00010400")


def test_a_template_of_another_text_is_another(caches):
    environment = kept_templates.Templates()
    assert [environment.from_string(text).render(a=1) for text in ("{{ a }}", "{{ a }}!", "{{ a }}")] == [
        "1",
        "1!",
        "1",
    ]
    with pytest.raises(TemplateSyntaxError):
        environment.from_string("{% if %}")


@pytest.mark.slow
def test_packages_are_those_that_are_installed():
    found = {one.metadata["Name"].lower().replace("_", "-"): one.version for one in distributions()}
    assert record.packages() == found
    assert len(found) > 50


def test_a_module_is_hidden_for_a_moment(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with importing.without("colorsys", "json"):
        assert sys.modules["json"]
        with pytest.raises(ImportError):
            import colorsys
    import colorsys

    assert colorsys.rgb_to_hsv(1, 1, 1) == (0.0, 0, 1)


@pytest.mark.thorough
@pytest.mark.slow
def test_a_run_imports_no_clouds(tmp_path):
    text = (
        "import sys\nfrom zt_analysis.notebooks.libraries import papermill\npapermill()\n"
        "print([one for one in ('pyarrow', 'numpy', 'arrow', 'rfc3986_validator', 'urllib3') if one in sys.modules])\n"
        "import requests.adapters\nprint(requests.get.__name__, requests.__version__[:1])\n"
        "from pyarrow.fs import FileSelector\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nget 2\n"


@pytest.mark.parametrize(
    "text", ["", "a < b & c > d", 'say "so"', "it's", "\"both\" 'kinds'", "a\nb\tc\rd", "字 &amp;"]
)
def test_text_is_escaped_as_the_library_does(text):
    assert (xmls.escape(text), xmls.quoteattr(text)) == (saxutils.escape(text), saxutils.quoteattr(text))


@pytest.mark.thorough
@pytest.mark.slow
def test_a_review_of_tables_imports_nothing_that_reads_files_or_proves():
    text = (
        "import sys, zt_analysis.writing.telling\n"
        "print([one for one in ('zt_analysis.proof', 'zt_analysis.documents.word', 'zt_analysis.writing.word', 'ssl')"
        " if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.thorough
@pytest.mark.slow
def test_a_package_whose_code_waits_gives_one_module_and_then_all():
    code = """
import sys
from importlib import import_module
from zt_analysis.importing import bare
name = "ibis.backends.sql.compilers"
count = lambda: sum(one.startswith(name + ".") for one in sys.modules)
bare(name)
duckdb = import_module(name + ".duckdb")
alone = count()
import ibis
table = ibis.table({"a": "int64"}, name="t")
told = duckdb.compiler.to_sqlglot(table).sql(), ibis.to_sql(table, dialect="duckdb")
import ibis.backends.sql.compilers as compilers
compilers.PostgresCompiler
bare(name)
print(alone, count() > 15, compilers.duckdb is duckdb, type(compilers).__name__, len(told[0]) > 0)
"""
    said = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert int(said[0]) < 5
    assert said[1:] == ["True", "True", "module", "True"]


@pytest.mark.thorough
@pytest.mark.slow
def test_ibis_is_imported_without_what_parses_sql_until_that_is_asked():
    code = """
import sys
from zt_analysis.importing import ibis_without_sql
ibis_without_sql()
import ibis
assert any(getattr(one, "__file__", "") == ibis.__file__ for one in list(sys.modules.values()))  # as ipykernel asks
assert "sqlglot" not in sys.modules
said = ibis.to_sql(ibis.table({"a": "int64"}, name="t").count())
assert "COUNT(*)" in said and "sqlglot" in sys.modules
from ibis.expr.sql import SQLString
assert isinstance(said, SQLString) and sys.modules["ibis.expr.sql"].to_sql is not ibis.to_sql
assert ibis.examples.penguins.name == "penguins"
"""
    subprocess.run([sys.executable, "-c", code], check=True)
