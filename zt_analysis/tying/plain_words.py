"""Words for which a plainer one says the same: 由1.91%回落到1.59% as 由1.91%降到1.59%, 三地加起来 as 三地合计.

Nothing is left out that could be said of a number, and every word of the plain sentence has to be understood as it has
of any other. Only sentences that are not read as they stand are read so.
"""

from __future__ import annotations

from dataclasses import replace

import zt_analysis.expressions as re
from zt_analysis.indicators import find
from zt_analysis.tying.case import Case
from zt_analysis.tying.forms import DAY, HERE, N, Said, named_of

_COUNT = rf"(?:{HERE}|\d[\d,.]*\s*万?[人名户件所个])"
# 失辍学人数居前的县区有
_FIRST = r"(?:居|排在?|靠)(?:全市)?前[列面]?的(?:县区|县市区|县|地方)?(?:主要|依次|分别)?(?:是|为|有)[：:]?"
_ITEM = r"[一-龥]{2,8}?"
SAME = tuple(
    (re.compile(form), plain)
    for form, plain in (
        # a change of a level
        (rf"(?:攀升|跃升|提升|扩大)(?:到|至)(?=约?(?:{DAY}的?)?{N})", "增至"),
        (rf"(?:回落|压减|压降|压缩|缩减|收窄)(?:到|至|为)(?=约?(?:{DAY}的?)?{N})", "减至"),
        # 受助由9月20日的30人攀升至56人，失辍学同期由394人: since the same day
        (
            rf"(?P<said>[由从自](?P<day>{DAY})[^。；;]*[一-龥])同期(?P<from>[由从])(?={N})",
            r"\g<said>\g<from>\g<day>的",
        ),
        (rf"(?<=[一-龥])同期(?=[由从]{DAY}的?{N})", ""),
        (rf"^(?P<said>(?:(?!{DAY})[^。])*[一-龥])同期(?=[由从]{N})", r"\g<said>"),
        (rf"(?<={DAY[-1]})(?:期间|之间)(?=[，,])", ""),
        (rf"(?<=[人名户件所元%％{HERE}])变(?:为|成|作)?(?={N})", "减至"),
        (rf"(?:回落|收窄)了?(?={N})", "下降"),
        (r"(?:相应地?|随之|同步)(?=[由从升降])", ""),
        # a sum
        (rf"两种(?:方式|办法|形式|渠道)(?:共|合计|共计|一共)(?:覆盖|惠及|服务)?(?:学生)?(?={N})", "两项合计"),
        (
            r"最[多高]的(?P<list>[一-龥、和与及]{4,40}?)(?P<n>[两二三四五六七八九])(?:地|个?县(?:市?区|市)?)(?=共|合计|总计)",
            r"前\g<n>位的\g<list>\g<n>地",
        ),
        (rf"(?:加起来|加在一起|加到一起|相加)(?:为|是|有|共|达|得)?(?={N})", "合计"),
        (rf"之和(?:为|是|达到?)(?={N})", "合计"),
        (r"(?:合起来|合在一起|加总)(?=[一-龥])", "合计"),
        (r"合占(?=[一-龥])", "占"),
        (
            rf"(?P<of>[两二三四五六七八九](?:地|个?县(?:市?区|市)?))(?:合计|共计|一共|共|合共)(?P<name>[一-龥]{{2,12}}?)(?:有|达)?(?={N})",
            r"\g<of>\g<name>合计",
        ),
        (rf"(?:同为|同是|都是|皆为|皆是)(?=约?{N})", "均为"),
        (r"(?<=中央[和与、]省)两级(?=合计|共|下达)", "级"),
        (r"收到(?:上级|上面)?(?=下达)", ""),
        (r"(?:共|已|又)*(?:收到|获得?)(?:上级|(?=中央|省))(?=[一-龥、]{2,10}资金)", "下达"),
        # several figures together
        (
            rf"通过(?P<list>{_ITEM}(?:、{_ITEM}[、和与及]{_ITEM}(?=三)|[、和与及]{_ITEM}(?=两)))[两三](?:种|类|个)"
            rf"(?:途径|方式|形式|渠道)(?:落实|解决|保障|实现|安排)?了?(?:就学|入学|上学|学生|的)*(?={N})",
            r"\g<list>合计",
        ),
        (
            rf"(?P<list>{_ITEM}(?:、{_ITEM}[、和与及]{_ITEM}(?=三)|[、和与及]{_ITEM}(?=两)))[两三]项(?=合计|共计|一共|总计)",
            r"\g<list>",
        ),
        # what money is for, and a label that names a figure
        (r"用于(?:开展|实施|保障)?(?P<of>[一-龥]{2,12}?)的(?P<v>支出|投入|开支|花费)", r"\g<of>\g<v>"),
        (r"用于(?P<of>[一-龥]{2,10}?学生)的(?P<v>资助资金|资助)", r"发放\g<of>\g<v>"),
        (
            r"(?<![一-龥])(?P<ahead>[一-龥]{0,8}?)在(?P<of>[一-龥]{4,12}?)(?:上|方面)(?=支出|投入|花费|下达|发放)",
            r"\g<ahead>\g<of>",
        ),
        (r"^【(?P<of>[一-龥]{2,12})】(?=[一-龥\d])", r"\g<of>："),
        (r"以(?P<who>[一-龥]{2,8}?)为(?P<most>最[高低多少大小])(?=[，,。；;])", r"以\g<who>\g<most>"),
        (r"(?<=人均|生均)水平(?=[：:，,]|为)", ""),
        (rf"(?<=[，,；;])(?:其中)?[，,]?(?P<of>[一-龥]{{2,4}})部分(?:为|是|达|有)?(?={N})", r"其中\g<of>"),
        (rf"(?P<day>{DAY})之?前[，,]?已", r"截至\g<day>，已"),
        # whether they do is asked of the order (``order_said``)
        (
            r"(?P<said>[从由按][高多大]到[低少小]依次[^。；;]*)[，,]其[他余]各?县(?:市?区)?(?:均|都|依次)?"
            r"(?:在其后|在后|排在其后|列其后|位居其后|紧随其后)(?=。?$)",
            r"\g<said>",
        ),
        # a level
        (rf"普遍(?:落|稳定|维持|保持)?(?:在|为|是)?(?=约?{N})", "均为"),
        (rf"分列(?=约?{N})", "分别为"),
        # of whom
        (r"(?<=学生|资金|人数)里(?:面|头)?(?=[，,]?[一-龥])", "中"),
        (r"(?<=[，,；;])(?:这)?当中[，,]?(?=[一-龥])", "其中"),
        (r"(?:近期)?(?:[一-龥]{2,6}工作)?主要(?:数据|指标|情况)如下[：:]", ""),
        (rf"(?<=[人名户\0])(?:的?(?:学生|儿童|孩子))?[当之]?中(?=[一-龥]{{2,8}}(?:有|占|为)?{_COUNT})", "，其中"),
        (r"(?<=卡户)所占(?:的)?比(?:例|重)(?=为|是|达)", "占比"),
        # how a list is told
        (r"(?:对象|情况)?按(?:学段|县区?|项目)(?:来)?(?:划分|分布|列示|排列|分|看|统计)(?:情况)?[，,：:为]", "："),
        (r"(?<=[一-龥])的?各?(?:县区|学段|项目)(?:分布|构成)(?:如下|情况|为|是)*[：:]", "："),
        (r"(?<=[一-龥])分学段(?=[一-龥]{1,4}为)", ""),
        (rf"^从(?P<of>{DAY}[一-龥]{{2,12}}?)(?:上)?来?看[，,：:](?=[一-龥]{{2,5}}(?:\0|\d))", r"\g<of>："),
        # a comparison
        (rf"(?P<how>[高低]于)(?P<of>全[市县省])的?(?P<n>{N})的(?:总体|平均|整体|一般)?水平", r"\g<how>\g<of>的\g<n>"),
        (rf"(?P<how>[高低多少]于)(?P<of>全[市县省区])(?:平均)?(?:水平)?[（(](?P<n>{N})[）)]", r"\g<how>\g<of>的\g<n>"),
        (rf"(?<=人数|金额)[（(](?P<n>{N})[）)](?=[多少高低]于)", r"\g<n>"),
        (r"(?<=[\d\0人名件户元])(?=[多少高低]于[一-龥])", "，"),
        (rf"实际(?=(?:发放|支出|下达|拨付|到位)约?{N})", ""),
        # when: 11月8日劝返复学人数比9月20日增长87.7%
        (rf"^(?P<day>{DAY})(?=(?!的)[一-龥]{{3,16}}[比较]{DAY})", r"\g<day>，"),
        (
            rf"^(?P<said>[^（(]*)[（(](?P<time>(?:(?:19|20)\d\d年)?[春秋]季?学期|截[至止]到?{DAY})[）)](?P<ends>。?\s*)$",
            r"\g<time>，\g<said>\g<ends>",
        ),
        (
            rf"(?:对比|比较|对照)(?P<day>{DAY})[和与、及]{DAY}的?(?:[这两]?[两二](?:次|个))?(?:统计|时点|通报)?(?:的?(?:结果|数据|情况|数))?[，,]",
            r"与\g<day>相比，",
        ),
        (rf"(?<=[率数人])(?:整体|总体)(?:上)?(?=[由从](?:{DAY}的?)?{N})", ""),
        (rf"(?P<day>{DAY})(?:的时候|那时候?|当时|那天)(?=[，,])", r"\g<day>"),
        (rf"以(?P<day>{DAY})(?:的?[人户件]?数)?[为作](?:基数|基准|起点|参照)[，,]", r"与\g<day>相比，"),
        (rf"比起(?P<day>{DAY})[，,]", r"与\g<day>相比，"),
        (
            rf"^(?P<said>[^（(]*)[（(](?:与|较|比|同)(?P<day>{DAY})(?:相?比较?|相比)?[）)](?P<ends>[。；]?\s*)$",
            r"与\g<day>相比，\g<said>\g<ends>",
        ),
        (rf"(?<=[一-龥])净?减(?=了?{N})", "减少"),
        (rf"(?<=[一-龥])净?增(?=了?{N})", "增加"),
        (r"(?<=分别|依次)(?:还|仍|尚|共|各)?有(?=约?\d|\0)", "为"),
        (r"[由从]少到多(?:来看|排列|排序|看)?[，,]?(?:(?:排|居)在?前面?的?)?(?:依次)?(?:是|为|有)[：:]?", "最少的是"),
        (r"[由从]低到高(?:来看|排列|排序|看)?[，,]?(?:(?:排|居)在?前面?的?)?(?:依次)?(?:是|为|有)[：:]?", "最低的是"),
        (rf"(?<=率){_FIRST}", "最高的是"),
        (_FIRST, "最多的是"),
        (r"(?<=[一-龥])的?(?:学段|县区|地区|区域|类别)?(?:分布|构成|组成)(?:情况)?[为是]?(?=[：:])", ""),
        (r"(?<=[一-龥])的(?=学生[当之]?中[，,])", ""),
        (r"(?:[由从][高多大]到[低少小])?排(?:下来|列如下|序如下)(?=[：:，,])", ""),
        # a list
        (r"(?<=[%％人名件户元\0）])[／/](?=[一-龥\d\0])", "、"),
        (rf"(?<=[（(])(?P<day>{DAY})[：:](?={N})", r"\g<day>为"),
        (r"(?<=日)的?那次(?:统计|通报)(?:时|中)?[，,]?", "，"),
        (r"本年(?!级|度)(?=[一-龥])", "今年"),
        (r"(?:按人头|按人数|平均下来|人均下来)(?:来?算|计算|计|看)?[，,](?=[^，。]*(?:每|人均|生均))", ""),
        # what a table or account says
        (rf"(?<=[支出达放额助])(?:列|计列|列支|录得|折合|合)(?:为|计)?(?={N})", "为"),
        # a share, and where it is
        (r"(?<=人数|金额|额度)[也均都同样]+(?=[居列排])", ""),
        (r"另(?=支出|发放|下达)", ""),
        (r"再次之(?=[，,。；;])", "居第三"),
        (r"(?P<how>不足|不到)(?P<of>全[市县省区])(?:总数|总量)?的(?=(?:\d|\0))", r"占\g<of>的\g<how>"),
        (
            rf"^(?P<of>[一-龥]{{3,12}}?)按(?P<day>{DAY})的?(?:台账|数据|统计)(?:排列|排序|排名|来看)[，,：:]",
            r"\g<day>\g<of>",
        ),
        (r"(?:集中|分布|落)在(?=[一-龥]{2,6}(?:[，,。；;]|$))", "在"),
        (r"(?:即|就|便|却|仅|只|已|还|竟)占(?=[一-龥\d\0])", "占"),
        (rf"(?<=其中)([一-龥]{{2,6}}?)占(?={_COUNT})", r"\1"),
        (r"(?<=[，,])([一-龥]{2,6}?)占(?=(?:\d[\d,.]*\s*)[人名户])", r"\1"),
        # a difference
        (r"(?:仅|只|显著|(?<=[，,])[均都])(?=[高低多少]于)", ""),
        # what it is in, what was paid
        (r"处于(?P<of>[一-龥]{2,6})状态", r"\g<of>"),
        (rf"(?:花费?|支)了(?=(?:{HERE}|[\d.]+万?亿?元))", "支出"),
        # held against the places before it (``order_said``)
        (
            r"[，,](?:人数|数量|规模|占比|总量|总体|金额|体量)?(?:均|都|也|仍|相对)*(?:较|偏)[多高大少低小](?=[，,。；;]|$)",
            "",
        ),
        # in what respect a list is told
        (r"^从(?P<of>[一-龥]{2,12}?)(?:上)?来?看[，,：:](?=[一-龥]{2,5}(?:\0|\d))", r"\g<of>："),
    )
)
LOWERED = re.compile(rf"(?:压|落|掉|收|缩)(?:降|减|窄)?(?:到了?|至|在)(?=约?{N})")
# 两次统计之间新立案798件: since the base date
BETWEEN = re.compile(
    r"(?<![一-龥])(?:在)?(?:这)?两(?:次|个)(?:统计|通报|核查|时点|日期)之?(?:间|内|期间)[，,]?|(?<![一-龥])(?:本|统计)?期内[，,]?(?=[新立销])"
)
LEFT = re.compile(
    r"(?:剩余|剩下|余下|现存|留存)的(?=(?P<name>[一-龥]{3,10}?)(?:学生|人数)?(?:[当之]?中|里|[，,为有\d\0]))"
)
ONE = re.compile(r"一[县区市地](?!一)(?=[一-龥])")


def in_plain_words(said: Said) -> Said | None:
    """The sentence in plain words; None where it has no other."""
    text = said.text
    for form, plain in SAME:
        text = form.sub(plain, text)
    if said.mention.unit == "%":  # what is counted may have risen: 掉到1208人
        text = LOWERED.sub("降至", text)
    base = said.case.paper.period.base_on
    text = BETWEEN.sub(f"{base.month}月{base.day}日以来，", text)
    text = _without_one(_without_rest(text, said.case), said.case)
    return replace(said, text=text) if text != said.text and text.count(HERE) == 1 else None


def _without_rest(text: str, case: Case) -> str:
    """剩余的失辍学学生中，初中占93% without what says that they are left, as all are that there are at a time."""
    found = LEFT.search(text)
    of = named_of(found["name"], case) if found else ""
    return f"{text[: found.start()]}{text[found.end() :]}" if found and of and find(of).stock else text


def _without_one(text: str, case: Case) -> str:
    """东川一县劝返复学… without what says that it is one."""
    for one in reversed(case.parts.named(text)):
        found = ONE.match(text, one.end) if len(one.values) == 1 and one.dimension in case.parts.places else None
        if found:
            text = f"{text[: one.end]}{text[found.end() :]}"
    return text
