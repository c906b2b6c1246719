"""Split a whole number by shares so that the parts are whole and add up (largest remainder, Hare quota)."""

from __future__ import annotations

from collections.abc import Sequence


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` split in proportion to ``weights``: each part within 1 of its quota; ties go to the earlier part.

    >>> largest_remainder(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError(f"cannot split {total} by {list(weights)}: expected a total >= 0 and weights with a sum > 0")
    parts = [total * weight // whole for weight in weights]
    rests = [total * weight % whole for weight in weights]
    for index in sorted(range(len(weights)), key=lambda one: (-rests[one], one))[: total - sum(parts)]:
        parts[index] += 1
    return parts


def at_least(total: int, weights: Sequence[int], minimum: int) -> list[int]:
    """As ``largest_remainder``, but every part is at least ``minimum``.

    >>> at_least(10, [98, 1, 1], 2)
    [6, 2, 2]
    """
    rest = largest_remainder(total - minimum * len(weights), weights)
    return [minimum + part for part in rest]
