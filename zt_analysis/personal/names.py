"""Names of persons: by surname and length, with the common words that begin like a surname taken out."""

from __future__ import annotations

import re

# the hundred most frequent surnames (Ministry of Public Security, 2020), and those frequent in the north-east of Yunnan
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤申耿卯虎禄撒锁锏晏阮"
)
COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯"
# what begins like a name and is none
LIKE_NAMES = """
高中 高职 高一 高二 高三 高校 高等 高考 高级 高于 高度 高低 方面 方案 方式 方法 方向 金额 钱款 任务
任教 任课 任何 任职 常规 常住 常年 常态 程度 于是 白天 白班 江苏 江西 江城 石林 夏季 万元 万人 万户
万里 向学 向上 武装 马上 马关 黄色 江川 严重 严格 严禁 孔洞 叶子 毛坯 罗平 苏州 金平 钟点 余额 余下
余人 余元 史料 石头 田间 熊猫 雷电 龙头 金融 贺信 陶瓷 汤类 文山 水富 段落 莫名 胡同 郭家 何时 何处
何种 何人 林业 林场 林地 许可 宋体 曾经 田地 董事 蔡家 程序 于今 万分 高中阶段 高等教育 高职院校
任务完成 方案一 常住人口 金额合计 余额合计 许可证 万元整 程序员 林业局 马铃薯 白水江 周边 周末 周报
周次 周期 周岁 周一 周二 周三 周四 周五 周六 周日 周通报 黄牛 白族 马匹 白酒 金牛 石灰 夏令营 武术
高粱 江边 任课教师 万里行 毛巾 龙门 唐朝 汪洋 申请 申报 申诉 申请人 申请中 申报表 付款 付清 付讫
付款方 范围 范文 秦岭 石油
"""
WORDS = frozenset(LIKE_NAMES.split())
# a place, a unit or a count ends so, and a person's name hardly ever does
ENDS = "县区市乡镇村组校园班级部局科年月日元人次率数类型费款表册期号省州路街寨"
HAN = "\u4e00-\u9fff"
GIVEN = rf"[{HAN}·]{{1,2}}"
PERSON = rf"(?:(?:{COMPOUND}){GIVEN}|[{SURNAMES}]{GIVEN})"
_WHOLE = re.compile(rf"(?:(?:{COMPOUND})[{HAN}]{{1,2}}|[{SURNAMES}][{HAN}]{{1,2}}|[{HAN}]{{1,8}}·[{HAN}]{{1,8}})")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ ,]+[A-Z][a-z]+){1,2}|[A-Z][a-z]+, ?[A-Z][a-z]+")


def is_name(text: str, *, latin: bool = False) -> bool:
    """Whether the whole of ``text`` looks like the name of a person.

    >>> is_name("张小明"), is_name("高中"), is_name("东河县"), is_name("Zhang San", latin=True)
    (True, False, False, True)
    """
    plain = "".join(text.split()) if not text.isascii() else text.strip()
    if latin and _LATIN.fullmatch(plain):
        return True
    return bool(_WHOLE.fullmatch(plain)) and plain not in WORDS and plain[:2] not in WORDS and plain[-1] not in ENDS
