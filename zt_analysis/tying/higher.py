"""What an office above the paper's own counts, says or passes on: 省教育厅数据, 据教育部通报, 全国教育大会精神."""

from __future__ import annotations

import zt_analysis.expressions as re

# 我省, 全省 are where the paper's own lies
_OFFICE = r"(?:(?<![全我本])省(?:委|政府)?|国家|全国|中央|教育部|国务院|财政部)"
_SAYS = r"(?:通报|公布|发布|报告|统计|公报|显示|介绍|透露|认为|指出|称|说|反馈|核定)"
_NUMBERS = r"(?:数据|数字|口径)"
# in a heading: whose numbers they are
NUMBERS = re.compile(rf"{_OFFICE}[一-龥]{{0,8}}{_NUMBERS}")
# in a clause, at its beginning: who says it
SAYS = re.compile(rf"\s*据?{_OFFICE}[一-龥]{{0,8}}(?:{_SAYS}|{_NUMBERS})")
# what was passed on says nothing of a number
PASSED_ON = re.compile(rf"(?:全省|{_OFFICE})(?:教育厅)?(?=[一-龥]{{0,16}}(?:会议|讲话|文件|通知|精神|指示|决策))")
