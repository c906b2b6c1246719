"""The 4,119 labelled numbers of fourteen yearly communiqués of the shared folder: at most three read otherwise."""

import json
import re
from decimal import Decimal

import pytest
from real_tables import shared

from zt_analysis.numbers import read_numbers

SCALES = {"万": 10**4, "亿": 10**8}


def meant(label):
    """The value of a label in base units, without its sign, and its unit."""
    unit = label["unit"] or ""
    scale = SCALES.get(unit[:1], 1)
    unit = unit[1:] if scale > 1 else unit
    return abs(Decimal(str(label["value"])) * scale), "百分点" if unit == "个百分点" else unit


def is_read(label, mentions):
    value, unit = meant(label)
    digits = re.search(r"[\d.,]*\d", label["raw"]).group()  # 6.47（其中职业初中1019所）万所 is of 6.47
    return any(
        digits in one.surface and abs(one.value) == value and unit in ("", one.unit)
        for one in mentions
        if isinstance(one.value, Decimal)
    )


@pytest.mark.needs("communiques")
def test_labelled_numbers():
    labels, wrong = 0, []
    for path in sorted((shared() / "communiques").glob("*.json")):
        for statement in json.loads(path.read_text(encoding="utf-8"))["statements"]:
            mentions = read_numbers(statement["text"])
            # ratios are labelled without a value
            wanted = [one for one in statement["values"] if one["value"] is not None]
            labels += len(wanted)
            wrong += [(path.name, one["raw"], one["unit"]) for one in wanted if not is_read(one, mentions)]
    assert labels > 4000
    assert len(wrong) <= 3, wrong


def test_a_wrong_label_is_noticed():
    mentions = read_numbers("全国共有幼儿园25.50万所")
    assert is_read({"raw": "25.50", "value": 25.5, "unit": "万所"}, mentions)
    for wrong in ({"value": 25.6}, {"unit": "所"}, {"unit": "万人"}):
        assert not is_read({"raw": "25.50", "value": 25.5, "unit": "万所"} | wrong, mentions)
