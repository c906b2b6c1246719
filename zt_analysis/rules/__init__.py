"""The 26 rules of the bulletin as predicates over rows."""

from zt_analysis.rules.definition import Applied, Reading, Rule
from zt_analysis.rules.evaluating import RULES, Breaches, apply_rules, by_county, find_rule

__all__ = ["RULES", "Applied", "Breaches", "Reading", "Rule", "apply_rules", "by_county", "find_rule"]
