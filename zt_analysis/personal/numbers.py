"""Numbers that name a person: their check digits and the dates in them."""

from __future__ import annotations

from datetime import date

# the first two digits of a resident's number: a province (GB/T 2260), or a residence permit of Hong Kong, Macao, Taiwan
PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
OLDEST = 1880
RESIDENT = 18
# issuers whose cards do not begin with 62
ISSUERS = ("62", "9558", "9559", "4367", "4563", "6013", "6222")


def is_resident(digits: str) -> bool:
    """Whether 18 characters are a resident's number by GB 11643: province, day of birth and check character."""
    # 20 ms, and only a text that has eighteen such digits needs it
    from stdnum.iso7064 import mod_11_2

    fits = len(digits) == RESIDENT and digits[:2] in PROVINCES and _is_day(digits[6:14])
    return fits and bool(mod_11_2.is_valid(digits.upper()))


def is_old_resident(digits: str) -> bool:
    """Whether 15 digits are a resident's number as given out until 1999."""
    return digits[:2] in PROVINCES and _is_day("19" + digits[6:12])


def is_student(digits: str) -> bool:
    """Whether what follows the letter of a pupil's national number has the form of a resident's number."""
    return digits[:2] in PROVINCES and _is_day(digits[6:14])


def is_card(digits: str, *, named: bool = False) -> bool:
    """Whether the digits are a bank card by Luhn's sum, of a known issuer unless it is ``named`` a card."""
    from stdnum import luhn

    return (named or digits.startswith(ISSUERS)) and len(set(digits)) > 2 and bool(luhn.is_valid(digits))


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return OLDEST <= day.year <= date.today().year
