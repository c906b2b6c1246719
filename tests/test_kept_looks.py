"""What a run found empty is not looked through again; what holds personal data is found each time."""

import json

import pytest

from zt_analysis import kept_texts, scanning
from zt_analysis.errors import InputError
from zt_analysis.runs.outgoing import check_outgoing
from zt_analysis.scanning import kept_looks

LEDGER = {"case": {"case": "2018-11"}}
EMPTY = [f"第{number}所学校" for number in range(60)]


@pytest.fixture
def looked(tmp_path, monkeypatch):
    """A folder of outputs, and which texts were looked at since this was last cleared."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    kept_texts._folder.cache_clear()
    monkeypatch.setattr(scanning, "_SAID", scanning.Hits())
    outputs = tmp_path / "outputs"
    outputs.mkdir()
    (outputs / "figures.json").write_text(json.dumps(EMPTY), encoding="utf-8")
    texts, hits = [], scanning.hits
    monkeypatch.setattr(scanning, "hits", lambda text, header="": texts.append(text) or hits(text, header))

    def anew():
        """As in a process that begins."""
        monkeypatch.setattr(scanning, "_SAID", scanning.Hits())
        texts.clear()

    yield outputs, texts, anew
    kept_texts._folder.cache_clear()


def test_a_text_that_was_found_empty_is_looked_at_once(looked):
    outputs, texts, anew = looked
    check_outgoing(outputs, LEDGER)
    assert set(EMPTY) <= set(texts)
    anew()
    check_outgoing(outputs, LEDGER)
    assert not set(EMPTY) & set(texts)
    counted = scanning.scan(outputs, kept=True)
    assert counted.texts == scanning.scan(outputs).texts >= len(EMPTY)


def test_what_holds_personal_data_is_found_each_time(looked):
    outputs, _, anew = looked
    check_outgoing(outputs, LEDGER)
    (outputs / "figures.json").write_text(json.dumps([*EMPTY, "联系 13812345678"]), encoding="utf-8")
    for _ in range(3):
        anew()
        with pytest.raises(InputError, match="mobile"):
            check_outgoing(outputs, LEDGER)


def test_the_same_value_under_a_header_that_announces_it_is_looked_at(looked):
    outputs, _, anew = looked
    value = "王小明"
    (outputs / "figures.json").write_text(json.dumps([*EMPTY, {"school": value}]), encoding="utf-8")
    check_outgoing(outputs, LEDGER)
    anew()
    (outputs / "figures.json").write_text(json.dumps([*EMPTY, {"姓名": value}]), encoding="utf-8")
    with pytest.raises(InputError, match="name"):
        check_outgoing(outputs, LEDGER)


@pytest.mark.parametrize("change", [lambda content: content[:-7], lambda content: content[:-1] + b"\0", lambda _: b""])
def test_what_is_damaged_is_not_believed(looked, change):
    outputs, texts, anew = looked
    check_outgoing(outputs, LEDGER)
    (path,) = kept_texts._folder(kept_looks.KIND, 4000, str(outputs.parent / "caches")).iterdir()
    path.write_bytes(change(path.read_bytes()))
    anew()
    check_outgoing(outputs, LEDGER)
    assert set(EMPTY) <= set(texts)


def test_other_code_and_a_scan_look_for_themselves(looked, monkeypatch):
    outputs, texts, anew = looked
    check_outgoing(outputs, LEDGER)
    anew()
    scanning.scan(outputs)
    assert set(EMPTY) <= set(texts)
    anew()
    monkeypatch.setattr(kept_looks, "_made_by", lambda: "0" * 64)
    check_outgoing(outputs, LEDGER)
    assert set(EMPTY) <= set(texts)


def test_too_many_are_not_kept_for_ever(looked, monkeypatch):
    outputs, texts, anew = looked
    check_outgoing(outputs, LEDGER)
    monkeypatch.setattr(kept_looks, "MOST", 70)
    others = [f"第{number}个县区" for number in range(60)]
    (outputs / "figures.json").write_text(json.dumps(others), encoding="utf-8")
    check_outgoing(outputs, LEDGER)
    (outputs / "figures.json").write_text(json.dumps([*EMPTY, *others]), encoding="utf-8")
    anew()
    check_outgoing(outputs, LEDGER)
    assert set(texts) >= set(EMPTY)
    assert not set(texts) & set(others)
