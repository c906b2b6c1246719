"""Bounds on how long a thing takes that a busy or slow machine does not break."""

import time
from contextlib import contextmanager

# processor seconds of the fixed work on the machine for which the bounds below are written
USUAL = 0.04


def _fixed_work():
    begun = time.process_time()
    sum(number * number % 7 for number in range(700_000))
    return time.process_time() - begun


def slowed(seconds):
    """So many processor seconds of the usual machine, on this one as slow as it is just now."""
    return seconds * max(1.0, _fixed_work() / USUAL)


@contextmanager
def within(seconds):
    """What is done inside takes at most so many processor seconds of the usual machine; waiting does not count."""
    begun = time.process_time()
    yield
    check(time.process_time() - begun, seconds)


def check(taken, seconds):
    """Hold processor seconds against a bound; only what is above it asks how slow the machine is just now."""
    allowed = seconds if taken < seconds else seconds * max(1.0, _fixed_work() / USUAL)
    assert taken < allowed, f"took {taken:.1f} s of processor time; expected under {allowed:.1f} s"
