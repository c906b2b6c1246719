"""Lines that say of the text what its numbers are: 供稿人注：, 补充说明：, 又记：, 稿子是从旧文件里抄来的。

Who writes a note and what the office calls it have no end, so a label is known by how it ends. A note is understood
word by word, whatever it says, unless it is about something of its own (``subjects``).
"""

from __future__ import annotations

import zt_analysis.expressions as re
from zt_analysis.office import current
from zt_analysis.tying.closed import blank
from zt_analysis.tying.frame_forms import label as frame_label
from zt_analysis.tying.signed import CONTACT, REFERS, SENT_TO, signer
from zt_analysis.tying.subjects import KNOWN
from zt_analysis.tying.vocabulary import pattern

_ENDS = (
    r"(?:[备附夹旁补小校脚尾眉加]?注|注[释解明记]|附[注言记笔]|[补又再后另附追杂手题札]记|说明|声明|[编作笔译]?[者家]?按语?|提[示醒]|意见|批[语注示复]|审[核签批阅定](?=\s*[：:](?!\s*[一-龥]{1,2}\s?[一-龥]{1,2}(?:[\s、]|$)))|会签|签批|[阅拟]办|阅[处示]|处理笺|附言"
    r"|后记|前言|后话|备考|的话|附识|自述|[又再补]及|注意|题外话|更[新正]|订正|勘误|启事|小贴士|留言|回复|反馈|交代|解释)"
)
LABEL = re.compile(rf"[\s（(\[【*—－-]*[一-龥]{{0,6}}?{_ENDS}\d{{0,2}}[】\])）]?\s*[：:]")
# the text itself, as who handles it calls it
TEXT = re.compile(
    r"[\s（(\[【*—－\-“”]*(?:[一-龥]{0,4}?[的份篇期页]?)?(?:[文原初草底来供样清定送手旧新此本该]?稿[子件本]?(?![费酬])|材料|文[档本件]|底本|抄件|此[文件])"
    r"(?=[一-龥“”，,]{2})(?!费)"
)
# 统计时间：2018年11月8日
STAMP = re.compile(r"(?:统计|截[止至]|数据|填报|上报|报送|制表|更新)(?:时间|日期|时点)[：:为]?")
# 记者 李明 通讯员 王强
_NAME = r"[一-龥]{1,2}\s?[一-龥]{1,2}"
SIGNED = re.compile(
    rf"[\s（(]*(?:(?:本报|本刊|本台)?(?:记者|通讯员|撰稿|供稿|编辑|责编|审核|摄影|联系人)[\s：:]+{_NAME}(?:[、\s]+{_NAME})*[\s，、]*)+[。）)\s]*"
)
LABELLED = re.compile(r"\s*[一-龥]{1,6}[：:]")
# what a note may be made of and change nothing
NOTED = (*KNOWN, "narrative")


def without_label(text: str) -> str:
    """A sentence with the label of a note, or of its date, blanked."""
    text = STAMP.sub(blank, text)
    labelled = LABEL.match(text)
    return " " * labelled.end() + text[labelled.end() :] if labelled else text


def is_written_on(text: str) -> bool:
    """Whether a line opens with a label that is none of a form, a list or of who signs: 批示：数字不对。"""
    if LABELLED.match(text) is None:  # asked first: nearly no line has one, and the rest takes longer
        return False
    known = frame_label(current()).match(text) or pattern("onward").match(text.strip())
    plain = any(one.match(text) for one in (SENT_TO, CONTACT, REFERS))
    return not known and not plain and not signer(text)
