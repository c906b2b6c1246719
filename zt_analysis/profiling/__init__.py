"""What is odd in a package's tables, for a person to judge: leaps, exchanged columns, parts above their whole."""

from zt_analysis.profiling.oddity import Oddity
from zt_analysis.profiling.profile import Profile, profile

__all__ = ["Oddity", "Profile", "profile"]
