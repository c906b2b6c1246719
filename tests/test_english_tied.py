"""English prose: each number is tied where all of the text is understood, and none where anything else stands in it."""

import pytest
from test_judged_texts import GREEN, WRONG, statuses

from zt_analysis.errors import InputError
from zt_analysis.office import Office
from zt_analysis.tying.english import english

RETURNED = "As of 8 November, 1,915 students had been persuaded back to school."


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"{RETURNED[:-1]}, 823 were taught at home and 1,208 at a distance.", 3),
        ("The primary out-of-school rate fell from 0.09% on 20 September to 0.06% on 8 November.", 2),
        ("The junior secondary out-of-school rate stood at 1.59% on 8 November, down from 1.91% on 20 September.", 2),
        (
            "In the spring term, aid was paid to 488,235 students, of whom 327,802 came from registered-poor "
            "households.",
            2,
        ),
        ("Nutrition-plan spending in the spring term came to 284.96 million yuan for 743,740 students.", 2),
        ("On 20 September 2018, 5,765 children were out of school.", 1),
    ],
)
def test_a_text_that_is_understood_is_tied(text, numbers):
    found = [status for _, status in statuses(text) if status != "excused"]
    assert len(found) == numbers
    assert set(found) <= set(GREEN)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        (RETURNED.replace("1,915", "1,916"), "1,916"),
        ("In the spring term, aid was paid to 488,253 students.", "488,253"),
        ("Nutrition-plan spending in the spring term came to 248.96 million yuan.", "248.96"),
    ],
)
def test_another_number_is_wrong(text, surface):
    assert dict(statuses(text))[surface] in WRONG


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        RETURNED.replace("had been", "had not been"),
        RETURNED.replace("had been", "will be"),
        RETURNED.replace("students", "teachers"),
        RETURNED.replace("As of", "Before"),
        RETURNED.replace("November,", "November 2017,"),
        RETURNED.replace("1,915", "about 1,915"),
        RETURNED.replace("school.", "school in Xuanwei."),
        f"In Xuanwei, {RETURNED}",
        f"Plans\n\n{RETURNED}",
        f"{RETURNED} These are the figures of Xuanwei.",
        f"{RETURNED}\n会泽县数据。",
        f"以下为会泽县数据。\n{RETURNED}",
        "The primary out-of-school rate rose from 0.09% on 20 September to 0.06% on 8 November.",
        "In the spring term, aid was paid to 488,235 students, of whom 823 were taught at home.",
        "In the autumn term, aid was paid to 488,235 students.",
    ],
)
def test_a_text_of_which_a_word_is_not_understood_proves_nothing(text):
    assert not {status for _, status in statuses(text)} & {*GREEN, *WRONG}


def test_a_line_that_cannot_be_read_is_named(tmp_path):
    file = tmp_path / "words" / "texts" / "english.csv"
    file.parent.mkdir(parents=True)
    file.write_text("kind,words,says,of\nstatement,students were taught,上门送教#人,\n", encoding="utf-8")
    with Office(tmp_path).active(), pytest.raises(InputError, match=r"english\.csv line 2"):
        english("12 students.", [], None)
