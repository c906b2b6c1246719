"""The reader of numbers: a corpus with its score, each form by itself, arbitrary text."""

import copy
import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    wrong += [f"{'missed':9} {one['surface']!r} = {one['value']}" for span, one in expected.items() if span not in right]
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
    assert result["precision"] >= 0.98
    assert result["recall"] >= 0.98
    assert result["attributes"] >= 0.95
