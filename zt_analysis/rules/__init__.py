"""Rules: policies as predicates over rows, and what breaks them."""

from zt_analysis.rules.evaluating import (
    Breaches,
    apply_rules,
    by_part,
    by_part_of_each,
    every_rule,
    find_rule,
    refuse_no_part,
)
from zt_analysis.rules.policy import Applied, Rule, rule

__all__ = [
    "Applied",
    "Breaches",
    "Rule",
    "apply_rules",
    "by_part",
    "by_part_of_each",
    "every_rule",
    "find_rule",
    "refuse_no_part",
    "rule",
]
