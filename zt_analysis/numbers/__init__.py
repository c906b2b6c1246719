"""Numbers in Chinese prose: every mention with its span, value, unit, bounds, kind and role.

The grammar is our own and of the standard library: the readers compared found 31 to 92 of 100 figures of public
education texts, and none gave noun units or 余, 多, 近, 以上.

What it decides where a form allows more than one reading (``docs/numbers.md`` has a line for each form):

- 八成 is 8 成, 百分之三十 is 30 %, 千分之五 is 5 ‰; 三分之一 and 一半 are exact ratios of unit 1.
- 几十 is 20 to 90, 十几 is 11 to 19, 七八个 is 7 to 8: ranges, approximate. 上百 is at least 100.
- 翻一番 is × 2, 翻两番 × 4; 增长1.5倍 is a rise of × 1.5; 是去年的2.5倍 is a rate.
- 以上, 以下, 以内, 不超过, 至少 include their bound; 超过, 不足, 余, 多 do not.
- A month without a year stays ``--09`` unless its sentence printed a year; what the issue's date makes of it is in
  ``resolved``. A day takes the issue's year, in January to March the year before for October to December.
- 近五年 is a period of exactly five years unless something lasted (历时近五年).
- Names that contain a numeral are mentioned with role ``name``; look-alikes (统一, 四川) are not mentioned.
"""

from __future__ import annotations

from zt_analysis.numbers.mention import Mention
from zt_analysis.numbers.reading import read_numbers

__all__ = ["Mention", "read_numbers"]
