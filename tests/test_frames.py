"""What stands around a true statement is looked past by kind and position, and only whole and in its place."""

import pytest
from test_judged_texts import GREEN, statuses

from zt_analysis.documents import read_plain

SAID = "截至11月8日，全市劝返复学1915人。"


def of_it(text):
    return [status for surface, status in statuses(text) if surface == "1915人"]


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        f"工作小结：{SAID}",
        f"亮点3：{SAID}",
        f"【数据速递】{SAID}",
        f"存在问题：{SAID}",
        f"督导组反馈，{SAID}",
        f"经逐户核查，{SAID}",
        f"记者从市教育局获悉，{SAID}",
        f"本报讯（记者 李明）{SAID}",
        f"昭通新闻网讯　{SAID}",
        f"面对点多、线长、面广的实际，全市上下攻坚克难，{SAID}",
        f"在市委、市政府的坚强领导下，{SAID}",
        f"市财政局：\n{SAID}\n特此函告。\n昭通市教育局\n2018年11月15日",
        f"尊敬的委员：您好！您提出的提案收悉，现答复如下：{SAID}",
        f"关于市政协第12号提案的答复\n{SAID}",
        f"对市四届人大二次会议第18号建议的答复\n{SAID}",
        f"会议纪要\n出席：各县区教育局局长\n记录：办公室\n{SAID}",
        f"请示\n市人民政府：\n{SAID}\n妥否，请批示。",
        "截至11月8日，全市劝返复学1915人，请各县区高度重视，尽快报送整改方案。",
    ],
)
def test_a_frame_changes_nothing(text):
    assert of_it(text)
    assert set(of_it(text)) <= set(GREEN)


@pytest.mark.part(3)
@pytest.mark.parametrize(
    "text",
    [
        f"工作目标：{SAID}",
        f"问题数据：{SAID}",
        f"曲靖快讯：{SAID}",
        f"督导组要求，{SAID}",
        f"某自媒体消息，{SAID}",
        f"据不完全统计，{SAID}",
        f"经核实并非如此，{SAID}",
        f"毕节新闻网讯　{SAID}",
        f"在教师中，{SAID}",
        f"以户为单位，{SAID}",
        f"宣威市教育局报送：{SAID}",
        f"网友：\n{SAID}",
        "脱贫攻坚打响以来，劝返复学1915人。",
        "截至11月8日，全市劝返复学1915人，请更正。",
        "截至11月8日，全市劝返复学1915人，请重新核实上报。",
        f"审核：不同意\n{SAID}",
        f"教育大事记（10月）\n{SAID.removeprefix('截至11月8日，')}",
    ],
)
def test_what_looks_like_a_frame_stays(text):
    assert of_it(text) == ["unproven"]


def test_a_county_that_reports_is_whose_number_it_is():
    assert ("189人", "agree") in statuses("彝良县教育局11月12日报告，截至11月8日，劝返复学189人。")
    # of which city is not said
    assert ("39人", "unproven") in statuses("水富市教育局报送：截至11月8日，全市劝返复学39人。")


@pytest.mark.parametrize(
    ("above", "under"),
    [
        ("关于学生资助工作有关情况的说明", "2018年春季学期，全市受助学生488235人。"),
        ("昭教函〔2018〕45号", "关于报送控辍保学情况的函"),
        ("出席：各县区教育局局长", "列席：各科室负责人"),
        ("记录：办公室", "会议通报了进展。"),
    ],
)
def test_a_text_is_no_rest_of_its_title(above, under):
    assert f"{above}\n{under}" in read_plain(f"{above}\n{under}", "text").prose.text
