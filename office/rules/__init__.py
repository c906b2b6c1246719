"""Its rules, as predicates over rows."""
