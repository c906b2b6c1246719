"""Personal data in text: found by its form or by what its column says, and masked wherever a value is shown."""

from zt_analysis.personal.forms import Hit, counted, find
from zt_analysis.personal.headers import column_kind, header_kind, is_amount
from zt_analysis.personal.masking import mask, masked, masked_cell

__all__ = ["Hit", "column_kind", "counted", "find", "header_kind", "is_amount", "mask", "masked", "masked_cell"]
