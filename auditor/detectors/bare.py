"""Names of people that stand in a sentence without a label: with a title (`김은하님`, `นายกิตติ วงศ์ทอง`, `王晓明先生`), or alone (`김은하 / 010-…`).

Only those are found that are hardly anything else (`spoken.sure`), and they count only where something else is personal too.
"""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.names import TH_TITLES, full_name
from auditor.detectors.spoken import likely, name_of, romanised, sure, thai_words
from auditor.detectors.told import THAI
from auditor.model.noun import noun

TITLES: Final = "고객|회원|어머님|아버님|어르신|할머니|할아버지|사장|대표|이사|부장|차장|과장|대리|주임|사원|팀장|실장|선생|변호사|환자|학생|사용자|유저|배상|드림|올림|앞"
_HANGUL_TITLED: Final = re.compile(
    rf"(?<![가-힣])(?P<name>[가-힣]{{2,4}}?)(?: ?(?:고객|회원))?(?: ?(?P<title>님|귀하)| (?P<spaced>씨|{TITLES})(?![가-힣]{{3}}))(?![가-힣]{{3}})"
)
_HAS_TITLE: Final = re.compile(f"님|귀하| (?:씨|{TITLES})")
_THAI_TITLED: Final = re.compile(rf"(?P<title>{TH_TITLES})[ ]?(?P<name>[ก-๙]{{2,20}} {{1,2}}[ก-๙]{{2,25}})")
_HAN_TITLED: Final = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,3})[ ]?(?P<title>先生|女士|小姐)")
_LATIN_TITLED: Final = re.compile(
    r"(?<![A-Za-z])(?P<title>M(?:r|rs|s|iss)\.?|Khun) (?P<name>(?:[A-Z][A-Za-z'’-]{1,20} ){1,2}[A-Z][A-Za-z'’-]{1,20})(?![A-Za-z])"
)
_HANGUL: Final = re.compile(r"(?<![가-힣])[가-힣]{3,9}(?![가-힣])")
_LATIN: Final = re.compile(
    r"(?<![\w.@/-])[A-Z][A-Za-z'’-]{1,20},? (?:[A-Z][A-Za-z'’-]{1,20} )?[A-Z][A-Za-z'’-]{1,20}(?![\w@])"
)
_BESIDE: Final = r"[ \t]*(?:[/,|;·、，\t(（]|$)"
_HAN: Final = re.compile(rf"(?:^|[/,|;·、，\t)）>.：:])[ ]?(?P<name>[\u4e00-\u9fff]{{2,4}})(?={_BESIDE})")
_THAI: Final = re.compile(rf"(?:^|[/,|;·\t)>:]|[0-9][.)] )[ ]?(?P<name>[ก-๙]{{2,20}} [ก-๙]{{2,25}})(?={_BESIDE})")
_LISTED: Final = re.compile(rf"(?:^|[/|;·\t)>:]|[0-9][.)] )[ ]?(?P<name>[가-힣]{{2}})(?={_BESIDE})")
_LEAST_LATIN: Final = 7
"""Characters, of names that no label tells: shorter ones are words too often (`So Ha`)."""
_HAN_WORDS: Final = re.compile(
    "(?:管理|时间|费用|金额|安全|高级|方便|应用|解决|成功|关闭|单位|程序|车辆|支付|常用|温馨|鲁|郑重|包裹|全部|查询|计算|安装|麻烦|项目|华东|华南|华北|白色|黄色|金色|"
    "万元|平台|时候|房间|门店|路由|权限|曾用|单号|管道|马上|高峰|余额|卡号|向导|顾客|司机|文件|文本|江苏|江西|云南|海南|贺卡|纪念|强制|毛利|米色|祝您|党员|符号|宣传|充值)"
)
_HAN_NOBODY: Final = frozenset(
    (
        "石榴 文学 牛奶 成都 武汉 黄山 高铁 江南 周边 马桶 毛豆 白菜 史学 米饭 任务 温州 石头 时尚 包装 康复 金融 马达 牛肉 米粉 米线 梅子 安徽 宁夏 石家庄 成品 成本 成人 "
        "童装 童鞋 毛衣 毛巾 白酒 黄酒 单价 时长 时段 易碎 常规 常见 常温 车票 车位 车型 路线 路口 古镇 古董 温泉 温度 左侧 向上 项链 游戏 游泳 武术 万能 方案 方式 方法 方向 "
        "安检 于是 关于 连接 计划 商品 商场 商务 商家 文具 文化 文档 燕麦 景区 景点 解答 苗圃 车间 强化 全国 全职 谷物 柴油 纪录 席位 卫生 卫衣 储值 储蓄 储物 祝福 曲奇 宫保 "
        "屠宰 何时 何地 任何 许可 许多 高中 高考 高温 高速 高端 林业 林区 郑州 唐装 唐诗 宋词 白糖 申通 龙虾 熊猫 金鱼 孔雀 马匹 牛羊 雷达 雷雨 段落 段子 钱包 钱币 汤圆 汤面 "
        "常州 徐州 杭州 苏州 莫名 房屋 房产 房租 房型 路灯 路面 路费 江河 江景 江边 史料 顾问 万人 万家 龙头 龙井 武装 武器 乔木 贺年 文书 文章 文科 庞大 兰花 兰州 施工 施肥 "
        "洪水 安心 安静 颜色 颜料 严重 严格 牛仔 温柔 芦荟 芦笋 季度 季节 章程 章节 葛根 申请 申报 申诉 尤其 毕业 毕竟 焦糖 焦点 柳树 岳阳 齐全 梅花 庄园 辛苦 管家 祝贺 左右 "
        "左边 谷歌 时刻 舒适 舒服 单据 单独 单身 关节 关注 关税 苗木 凌晨 费率 纪律 盛大 童话 童年 欧洲 欧美 甄选"
    ).split()
)
"""Words that begin with a surname, as such a list of words would have them: `商品、颜色`."""


@noun
class Bare:
    """A name and where it stands. `title` is what stands beside it; empty for one that stands alone."""

    start: int
    end: int
    title: str = ""


def bare(line: str) -> Iterator[Bare]:
    """The names of one line, those with a title first."""
    if "M" in line or "Khun" in line:
        for m in _LATIN_TITLED.finditer(line):
            yield Bare(start=m.start("name"), end=m.end("name"), title=m["title"])
    native = not line.isascii()
    thai = native and THAI.search(line) is not None
    if native:
        yield from _titled(line, thai=thai)
    for m in _LATIN.finditer(line):
        if romanised(m[0]) and len(m[0]) >= _LEAST_LATIN:
            yield Bare(start=m.start(), end=m.end())
    if not native:
        return
    for m in _HANGUL.finditer(line):
        if (name := name_of(m[0])) and sure(name):
            yield Bare(start=m.start(), end=m.start() + len(name))
    for m in _LISTED.finditer(line):
        if full_name(m["name"]) and likely(m["name"]):
            yield Bare(start=m.start("name"), end=m.end("name"))
    for m in _HAN.finditer(line):
        if full_name(m["name"]) and not _HAN_WORDS.match(m["name"]) and m["name"] not in _HAN_NOBODY:
            yield Bare(start=m.start("name"), end=m.end("name"))
    if thai:
        for m in _THAI.finditer(line):
            if not thai_words(m["name"]):
                yield Bare(start=m.start("name"), end=m.end("name"))


def _titled(line: str, *, thai: bool) -> Iterator[Bare]:
    if _HAS_TITLE.search(line):
        for m in _HANGUL_TITLED.finditer(line):
            if likely(m["name"]):
                yield Bare(start=m.start("name"), end=m.end("name"), title=m["title"] or m["spaced"])
    if thai:
        for m in _THAI_TITLED.finditer(line):
            if not thai_words(m[0]):
                yield Bare(start=m.start("name") if m["title"] == "คุณ" else m.start(), end=m.end(), title=m["title"])
    if "先生" in line or "女士" in line or "小姐" in line:
        for m in _HAN_TITLED.finditer(line):
            start, end = m.span("name")
            first = next((at for at in (end - 3, end - 2) if at >= start and full_name(line[at:end])), end)
            if first < end:
                yield Bare(start=first, end=end, title=m["title"])
