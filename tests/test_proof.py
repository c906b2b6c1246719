import pytest
from proof_sentences import SENTENCES

from zt_analysis.documents.plain import read_markdown
from zt_analysis.proof import prove


def proved(text):
    return prove(read_markdown(text, "draft.md"))


CASES = [
    (kind, holds, text)
    for kind, both in SENTENCES.items()
    for holds, texts in zip((True, False), both, strict=True)
    for text in texts
]


@pytest.mark.parametrize(("kind", "holds", "text"), CASES)
def test_what_agrees_is_told_from_what_does_not(kind, holds, text):
    found = proved(text)
    assert (not found.contradictions) is holds, found.findings
    assert holds or kind in {one.kind for one in found.contradictions}, found.findings
