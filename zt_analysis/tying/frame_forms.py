"""Forms of what stands around a statement, made of declared words: labels, who says it, a newspaper's first words."""

from __future__ import annotations

from functools import cache

import zt_analysis.expressions as re
from zt_analysis.numbers import Mention
from zt_analysis.office import Office, current
from zt_analysis.terms import labels
from zt_analysis.tying.excuses import Excuse
from zt_analysis.tying.letters import NAME
from zt_analysis.tying.vocabulary import either

_N = r"[一二三四五六七八九十\d①-⑳]{1,3}"
# what may stand before a label: 一、, （二）, a bullet
_NUMBERED = rf"(?:[（(]?{_N}[、.．)）]|[#*>•●■◆▲★☆\-—·]+)?\s*"
_NAMES = rf"{NAME}(?:[、，,\s]+{NAME})*"
_BYLINE = (
    r"(?:(?:本报|本台|本网|本刊|见习|实习|融媒体?)?(?:记者|通讯员|撰稿人?|特约记者|作者|文|图)"
    rf"[\s：:]*{_NAMES}[\s，,、/]*)+"
)
BYLINE = re.compile(rf"\s*[（(]\s*{_BYLINE}[）)]\s*")
# 现将…情况报告如下：
INTRODUCED = re.compile(
    r"\s*(?:现|兹|特|谨)?(?:将|就|把)(?P<of>(?:[^，,。；;：:\d]|\d{1,2}月\d{1,2}日){0,30}?)(?:向[大会组织各位领导]{1,6})?"
    r"(?:报告|汇报|通报|公布|公示|说明|介绍|答复|回复|函复|函告|通知|反馈|报送|呈报|综述|总结|梳理|通告|公告|摘录|摘编|归纳|播报|简述|概述)(?:如[下次]|于[后下])[：:。，,]"
)
# 关于学生资助的说明：: what it is about governs, that it is told does not
TOLD_OF = re.compile(
    r"\s*关于(?P<of>[^，,。；;：:\d]{2,20}?)的?(?:有关|相关)?(?:情况)?(?:说明|通报|汇报|报告|解释|解答|答复|回复|公示|通告|简讯|简报)[：:]"
)


@cache
def label(office: Office) -> re.Pattern[str]:
    """小结：, 【工作动态】, 亮点二：."""
    ends = rf"(?:{either('label_of', 'label')})*(?:{either('label')})|(?:主要|存在的?|突出)?(?:{either('label_alone')})"
    said = rf"(?:{ends})(?:之?{_N}|[（(]{_N}[）)])?"
    closed = r"(?(a)】|(?(b)〗|(?(c)\]|[：:])))"
    opened = r"(?:(?P<a>【)|(?P<b>〖)|(?P<c>\[))?"
    return re.compile(rf"\s*{_NUMBERED}{opened}\s*(?:{said})\s*{closed}\s*")


def of_label(mention: Mention, text: str) -> Excuse | None:
    """The number that counts a label, in the text as it is printed: 亮点1：."""
    if mention.unit or mention.kind != "count" or text[mention.end : mention.end + 1] not in tuple("：:】"):
        return None
    begins = max(text.rfind(one, 0, mention.start) for one in "\n。！？!?") + 1
    return Excuse(labels("tie_ordinal")) if _labelled(current()).fullmatch(text, begins, mention.start) else None


@cache
def _labelled(office: Office) -> re.Pattern[str]:
    return re.compile(rf"\s*{_NUMBERED}[【〖\[]?\s*(?:{either('label_of', 'label')})*(?:{either('label')})[之第]?\s*")


@cache
def line(office: Office, places: tuple[str, ...]) -> re.Pattern[str]:
    """云岭新闻网讯, 本报讯（记者 李明）."""
    of = r"(?:本|新闻|教育|日报|晚报|广播|电视|人民|融媒体?中心|融媒|发布|在线|党报|政务|微信|公众号|客户端|新)"
    return re.compile(
        rf"\s*(?:{'|'.join(places)})?(?:本报|本网|本台|本刊|本站|{of}{{0,3}}(?:报|网|台|社|站|刊|发布|中心|在线|日报)?)(?:讯|消息|电)"
        rf"(?:\s*[（(]\s*{_BYLINE}[）)]\s*|\s*[：:，,]|\s+(?=\S)|(?=截[至止]))\s*"
    )


@cache
def spoken(office: Office, places: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """督导组指出，, 据市教育局统计，, 经核实，, 值得一提的是，: each form, and what stands in each text of it.

    One by one, since they are long to compile and few texts hold any.
    """
    place = rf"(?:{'|'.join(places)})?"
    speaker, rank = either("speaker"), either("rank")
    where_said = rf"(?:(?:日前|近日|今日|今天|昨日|当天|随后)?[在于]?(?:{either('venue')})(?:上|中|时|期间)?)?"
    day = r"(?:\d{1,2}月\d{1,2}日|日前|近日|今日|今天|昨日|当天|上午|下午)?"
    how = (
        r"(?:[还也再又都均]|再次|首先|其次|最后|分别|一致|普遍|着重|重点|简要|如实|及时|专门|联合|共同|公开|当场|详细"
        r"|一并|统一|集中|书面|口头|现场|接着|随后|另外)?"
    )
    to = r"(?:[向对](?:记者|笔者|大会|会议|大家|各位|与会人员|媒体|社会|公众|委员|代表|组织)们?)?"
    # 市政府教育督导室, 市人民政府网站
    body = (
        r"(?:市|全市|我市|市级|政府|人民|教育|体育|财政|扶贫|统计|民政|人社|发改|审计|宣传|督查|督导|学生|资助|管理|营养"
        r"|改善|计划|脱贫|攻坚|基础|义务"
        rf"|{either('office_field')}){{1,6}}"
        r"(?:局|办公室|办|室|中心|科|股|专班|领导小组|指挥部|委员会|部门|系统|委|政府|网站|官网|门户网站|公众号|微信公众号"
        r"|微博|客户端|平台)+"
    )
    speaker = rf"(?:{speaker}|{body})"
    ours = rf"{place}(?:{speaker})?(?:{rank})?"
    who = rf"(?:{place}(?:{speaker})?(?:的?(?:{rank}))(?:\s?{NAME})?|{place}(?:{speaker})|{'|'.join(places)})?"
    says = (
        rf"(?:{either('speaks')})(?:了|道|说|到|称)?"
        r"(?:(?P<of>[^，,。；;：:\d]{0,20}?)(?:有关|相关)?(?:情况|消息|进展|工作|汇报|报告|精神|讲话|文件|通知|成效))?"
    )
    after = (
        r"(?:[，,：:]|(?=截[至止]|全[市县区]|我[市县]|(?:19|20)\d\d年|[春秋]季学期"
        rf"|{'|'.join(places[:-1]) or '(?!)'}))"
    )
    from_ = rf"(?:从{place}(?:{either('speaker', 'venue')})(?:处|方面|那里|上|中)?)?"
    told = rf"(?:据{ours}(?:最新|汇总|集中)?(?:{either('source')})(?:显示|表明|结果显示|数据显示)?)"
    proved = (
        rf"(?:经(?:过)?{ours}(?:逐[一户校人级项]|认真|反复|现场|实地|全面|再次|多次|深入|仔细|严格|联合|集中)*"
        rf"(?:{either('checked')})(?:和|与|、|并)?(?:{either('checked')})?(?:后|确认|汇总|统计)?)"
    )
    sent = rf"(?:来自{place}(?:{speaker})?的(?:最新)?(?:消息|数据|统计|统计数据|报告|通报|信息)(?:显示|表明|称)?)"
    # 督查组查阅台账发现，, 督查人员核对资金文件后确认，: out of which papers
    papers = rf"(?:{either('presented')}|{either('office_field')}|[、和与的])"
    read = rf"(?:(?:查阅|核对|抽查|走访|比对|调阅|翻阅|核查|查看|清点|复核)了?{papers}{{0,4}})"
    outcome = rf"(?:发现|确认|认定|核定|查明|了解到|看到|得出|{either('checked')})"
    found = (
        rf"(?:{place}(?:{speaker})(?:[在对到](?:{place[3:-2]}))?{how}"
        rf"(?:(?:{read}(?:[、，]{read})*(?:后|时)?|(?:{either('checked')})|对{papers}{{1,5}}(?:作了|进行了|予以|作出))"
        rf"{outcome}?|{outcome}))"
    )
    # a meeting that stresses something may demand it
    stressed = (
        rf"(?:{place}(?:{speaker})?(?:新闻)?(?:发言人|负责人|负责同志){how}"
        r"(?:强调|举例说|算了一?笔账|补充(?:说|道)?))"
    )
    fixed = rf"(?:{either('opener')})"
    said = f"{who}{where_said}{day}{from_}{how}{to}{says}"
    forms = (
        (either("speaks"), said), ("据", told), ("经", proved), ("来自", sent), (either("opener"), fixed),
        ("[查核对算定认]|走访|清点|翻阅", found), ("强调|举例|笔账|补充", stressed),
    )  # fmt: skip
    return tuple((re.compile(holds), re.compile(rf"\s*{day}[，,]?(?:{form}){after}\s*")) for holds, form in forms)
