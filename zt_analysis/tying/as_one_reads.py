"""A text as its reader reads it: traditional characters as the simplified ones, and no blanks between single ones.

Words are declared in simplified characters. Only characters that stand for one simplified character are read as it;
what is printed stays as it is, since each is replaced by one and the way back to the document is kept.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import cache

import zt_analysis.expressions as re
from zt_analysis.documents import Document
from zt_analysis.documents.prose import OFFSET_TYPE, Prose

# pairs: the traditional character, then the simplified one
PAIRS = (
    "國国學学復复勸劝輟辍門门遠远資资發发計计營营養养劃划進进縣县區区鎮镇鄉乡鄰邻陽阳魯鲁達达額额萬万億亿餘余個个戶户員员師师兒儿業业義义務务貧贫檔档貼贴費费補补貸贷"
    "償偿機机構构關关單单報报導导總总數数據据統统約约僅仅還还將将與与為为爲为從从對对這这該该後后裏里裡里過过來来時时間间頭头開开現现無无沒没於于們们會会議议動动運运"
    "輸输轉转長长漲涨減减邊边點点選选優优歲岁歷历曆历級级組组織织結结網网絡络線线綫线終终給给續续編编縮缩績绩綜综紀纪經经標标準准幫帮廣广應应當当處处體体檢检測测試试"
    "驗验證证認认識识說说説说話话請请誰谁課课調调談谈講讲論论設设訪访許许訴诉詢询詳详誤误讀读變变讓让責责負负財财貢贡賬账購购貨货質质賴赖贏赢趕赶跡迹車车輛辆較较輔辅"
    "輪轮辦办農农連连週周遲迟適适遺遗郵邮醫医釋释針针鐘钟鎖锁錄录錢钱錯错鍵键鑒鉴鋪铺閱阅隊队階阶際际陸陆險险隨随難难雙双雜杂離离電电靈灵靜静響响頁页項项順顺須须預预"
    "領领頻频題题顏颜願愿類类顧顾顯显風风飛飞飯饭館馆馬马驅驱驚惊鬥斗魚鱼鹽盐麗丽麥麦黃黄齊齐龍龙龜龟亞亚產产産产儀仪價价兩两冊册凍冻別别則则剛刚創创劇剧勞劳勢势勵励"
    "勝胜勻匀協协卻却參参嚴严喪丧圍围圖图團团圓圆執执場场塊块壓压壞坏壽寿夠够夢梦奪夺獎奖婦妇孫孙寧宁實实審审寫写寬宽專专尋寻層层屬属島岛崗岗帶带幹干庫库廠厂廳厅張张"
    "強强彈弹彌弥彙汇匯汇徑径徵征態态慣惯憂忧懷怀戰战戲戏擇择擔担擴扩擾扰攝摄攜携損损換换敗败敵敌斷断曉晓東东條条極极樂乐樓楼樣样樹树橋桥歡欢歸归殘残殺杀氣气決决溝沟"
    "滿满滯滞漢汉潔洁澤泽濟济灣湾熱热爭争爾尔牆墙狀状獨独獲获環环瑣琐療疗盡尽監监盤盘眾众衆众確确禮礼稅税種种稱称穩稳窮穷競竞筆笔節节範范築筑簡简籌筹簽签糧粮紅红純纯"
    "紙纸細细紹绍絕绝綱纲緊紧縱纵繼继纔才罰罚羅罗習习聯联聲声職职聽听肅肃腦脑臨临舉举舊旧艱艰藝艺蘇苏虧亏號号蟲虫術术衛卫裝装製制規规視视親亲覺觉覽览觀观觸触訂订訓训"
    "記记評评詞词誠诚誼谊豐丰貴贵買买賞赏賠赔躍跃軍军軟软載载轄辖遞递鄭郑鄧邓釐厘銷销鋼钢鏡镜閉闭閑闲聞闻隱隐雲云霧雾頂顶飽饱駐驻驟骤鮮鲜鳥鸟鳳凤麼么齡龄佔占併并係系"
    "傳传傷伤債债僑侨儘尽兇凶凈净淨净啟启啓启嘆叹壯壮妝妆孃娘屆届岡冈幣币幾几廢废彥彦戀恋掃扫採采揮挥搶抢撥拨撫抚擁拥攔拦敘叙昇升暫暂棄弃棟栋槍枪槓杠歐欧毀毁氫氢湯汤"
    "溫温滅灭漁渔潛潜澇涝濃浓瀾澜烏乌煙烟燈灯牽牵犧牺獻献畝亩畢毕異异癥症皺皱盜盗矚瞩碼码磚砖禍祸穀谷穫获竊窃筍笋糾纠緣缘縫缝繳缴纖纤罷罢聖圣聰聪脈脉臟脏艦舰莊庄華华"
    "蓋盖蔣蒋虛虚虜虏褲裤複复訊讯託托詐诈誌志誇夸謀谋謊谎謝谢謠谣譽誉讚赞貫贯賓宾賤贱贓赃贖赎趙赵蹤踪軌轨輯辑輝辉遊游違违遷迁鄔邬釣钓鈔钞銀银閃闪陰阴陳陈韋韦頒颁頓顿"
    "飄飘飢饥駁驳騙骗驛驿髮发鬆松鴻鸿黨党綏绥"
)
# 县（市、区）, 县（市）区, 县、市、区
DIVISIONS = re.compile(r"(?<=县)[（(]市[、/／]?区[）)]|(?<=县)[（(]市[）)](?=区)|(?<=县)、市、(?=区)")
SPACED = re.compile(r"(?<![一-龥] )(?<![一-龥])(?:[一-龥] ){3,}[一-龥](?![一-龥])")


def simplified(text: str) -> str:
    """``text`` with traditional characters as the simplified ones, each as one character.

    >>> simplified("勸返復學1915人")
    '劝返复学1915人'
    """
    return text.translate(_simplified())


def of_a_table(text: str) -> str:
    """A caption as the prose beside it is read: 各县(市、区) is one word.

    >>> of_a_table("各縣(市、区)情况")
    '各县市区情况'
    """
    return DIVISIONS.sub(lambda one: re.sub("[^市区]", "", one[0]), simplified(text))


def unspaced(document: Document) -> Document:
    """The document read without the blanks that part single characters: 全 市 劝 返 复 学 1915 人.

    And without the signs in 县（市、区）, which is one word.
    """
    text = document.prose.text
    dropped = [
        place for run in SPACED.finditer(text) for place in range(run.start() + 1, run.end(), 2)
    ]  # each second character is a blank
    divided = (range(*found.span()) for found in DIVISIONS.finditer(text)) if "县" in text else ()
    signs = {place for each in divided for place in each if text[place] not in "市区"}
    dropped = sorted({*dropped, *signs}) if signs else dropped
    if not dropped:
        return document
    pieces, origin, since = [], array(OFFSET_TYPE), 0
    for place in (*dropped, len(text)):
        pieces.append(text[since:place])
        origin.extend(document.prose.origin[since:place])
        since = place + 1
    return replace(document, prose=Prose("".join(pieces), origin))


@cache
def _simplified() -> dict[int, str]:
    return {ord(old): new for old, new in zip(PAIRS[::2], PAIRS[1::2], strict=True) if old != new}
