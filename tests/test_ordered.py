"""Keys proved by the order of their rows: never of rows that repeat one, and of files as they are written."""

import random
from types import SimpleNamespace

import duckdb
import pytest
from sweeps import one_in

from zt_analysis.sources import ordered
from zt_analysis.sources.descriptor import Column

COLUMNS = [Column("number", "integer", {}), Column("part", "string", {}), Column("word", "string", {})]
TABLE = SimpleNamespace(name="rows", columns=COLUMNS)
KEY = ("part", "number")


@pytest.fixture
def proved(monkeypatch):
    """Whether ``key`` is proved of rows that are held in this order."""
    monkeypatch.setattr(ordered, "FEW_ROWS", 1)
    connection = duckdb.connect()

    def ask(rows, key):
        connection.execute("CREATE OR REPLACE TABLE rows (number BIGINT, part VARCHAR, word VARCHAR)")
        if rows:
            given = [value for row in rows for value in row]
            connection.execute(f"INSERT INTO rows VALUES {', '.join(['(?, ?, ?)'] * len(rows))}", given)
        return ordered.in_order(lambda sql: connection.execute(sql).fetchall(), TABLE, key)

    return ask


def interleaved(parts=("a", "b"), files=3, groups=4, size=20):
    """Numbers as files of several counties hold them: each rises within its groups, which lie among the others'."""
    rows = []
    for file in range(files):
        for group in range(groups):
            base = group * 1_000_000 + file * 1_000
            rows += [(base + 7 * at, part, "x") for at in range(size) for part in parts]
    return rows


@pytest.mark.parametrize("key", [("number",), KEY], ids=["one column", "two columns"])
def test_files_of_which_each_rises_are_proved(proved, key):
    rows = interleaved(parts=("a",) if len(key) == 1 else ("a", "b"))
    assert proved(rows, key)


@pytest.mark.part(3)
@pytest.mark.parametrize("key", [("number",), KEY], ids=["one column", "two columns"])
@pytest.mark.parametrize("seed", one_in(3, range(15)))
def test_a_key_that_is_there_twice_is_never_proved(proved, key, seed):
    chance = random.Random(seed)
    rows = interleaved(parts=("a",) if len(key) == 1 else ("a", "b"))
    twin = chance.choice(rows)
    # before or after the other, at the edge of a run, or anywhere
    place = rows.index(twin) + chance.choice([0, 1, 2]) if seed % 3 else chance.randrange(len(rows) + 1)
    rows.insert(place, twin)
    assert not proved(rows, key)


@pytest.mark.parametrize("seed", one_in(3, range(1, 31)))
def test_what_is_proved_is_unique(proved, seed):
    """Rows as they come: a proof may be missed, and is never of keys that repeat or are empty."""
    chance = random.Random(seed)
    far = chance.choice([3, 40, 2**61, 2**62])
    numbers = sorted(chance.randrange(-far, far) for _ in range(chance.randrange(1, 12)))
    rows = [(number, chance.choice("ab"), "x") for number in numbers]
    if seed % 2:
        chance.shuffle(rows)
    if seed % 5 == 0:
        rows.append(chance.choice([(None, "a", "x"), (1, None, "x")]))
    for key in (("number",), KEY):
        keys = [tuple(row[("number", "part").index(name)] for name in key) for row in rows]
        if proved(rows, key):
            assert len({*keys}) == len(keys)
            assert not any(None in one for one in keys)


def test_what_is_no_number_or_too_far_apart_is_counted(proved):
    assert not proved([(1, "b", "y"), (2, "a", "x")], ("part", "word"))
    assert not proved([(2**62, "a", "x"), (-(2**62), "a", "x")], ("number",))
    assert not proved([(at, str(at), "x") for at in range(ordered.MOST_GROUPS + 1)], KEY)


def test_parts_that_hold_quotes_and_zeros_are_each_looked_at(proved):
    rows = [(at, part, "x") for part in ("it's", "a\0b", "a", "", "é") for at in (5, 6, 7)]
    assert proved(rows, KEY)
    assert not proved([*rows, (6, "a\0b", "x")], KEY)


def test_runs_beyond_what_is_looked_at_are_counted(proved, monkeypatch):
    rows = interleaved()
    assert proved(rows, KEY)
    monkeypatch.setattr(ordered, "MOST_RUNS", 12)
    assert not proved(rows, KEY)
