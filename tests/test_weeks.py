"""A week left alone, in short; ``nox -s weeks`` simulates thirteen."""

import pytest
import weeks


@pytest.mark.thorough
@pytest.mark.slow
def test_no_rows_then_a_late_county(project):
    """The circular of W46: nothing is published from nothing; then without a county, then with it."""
    path = project / "params" / "2018-11.yml"
    text = path.read_text(encoding="utf-8").replace("2018-11-08", "2018-12-27").replace("2018-11-15", "2018-12-28")
    path.write_text(text, encoding="utf-8")  # an issue that still counts asks for nothing in these weeks
    office = weeks.Office(project)
    weeks.nothing_then_a_late_county(office)
    assert office.published() == {"2018-W46": "agrees"}
