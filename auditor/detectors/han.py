"""Names of people in Chinese sentences, which put no space around them: `与吴怡（电话…）`, `客户宋雪强的身份证件`, `周勇的快件`.

A name begins with a surname. Between two marks that is enough; among other characters the one before it must be able to stand
before a name, the one behind it after one, and its own characters must be such as names are made of.
"""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.names import CN_SURNAMES, CN_SURNAMES_TWO, full_name

_ANY: Final = re.compile("[\u4e00-\u9fff]")
_GIVEN: Final = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰华玉红建国文辉力志永健世广义兴良海山仁波宁贵福生龙元全胜学祥才武新利清飞彬富顺信子昌康星光天达安岩"
    "茂进林坚彪博诚先敬震振壮思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固翰朗伯宏若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士家致树炎德泰盛雄琛钧冠策腾"
    "楠榕风航弘淑惠珠翠雅芝萍娥玲芬燕彩春菊凤洁梅琳素云莲真环雪荣爱香月莺媛瑞凡佳嘉琼勤珍贞莉叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓仪"
    "荷丹蓉眉君琴蕊薇菁梦岚苑筠柔竹凝晓欢霄枫芸菲寒欣滢伊亚宜可舒影荔育婧雨轩宇梓涵诗琪萱诺墨语桐依沐宸俊皓睿晟煜懿烨烁熙琰恒钰铭鑫森焱昊昕晗晔朔桦柏"
    "小大兵冬夏虎豹帅财福喜双巧银玺洲港航凌峻岭岳川沛淼涌润泉溪湘沁潇渊澜欧弟妞囡嫒婕蕙兮若羽翎鹤雁鹃燕鸽松柳桃李杏橙苹蒙苇蓝茹菊薛"
    "柯栩桓楚毅逸远迪连运迎轶金钢铁锋锐镇阳隆雷霖霆韬韵驰骏骁魁麟黎默龄珂珍琛珏瑜璇蕾苗荟茵蔓露霏婕嫣姝娣妮妙妤甜慧悦忆恬恩惜愉慈征彤彦御循德心必忠"
)
"""Characters of which most given names are made."""
_SHORT: Final = 2
_BETWEEN: Final = "的与和及跟等因于在来要需说称持已未将把被向对交也又是为从收取打并后前名同委以之系转办申反投表到给由请帮替让找问还退付寄送这那有没不"
"""Characters of sentences that hardly any given name holds."""
_LEFT: Final = "与和及跟给由托到是系叫对向至为的替帮请把被让问找收送寄付还退因经人者主户客员方生友属方亲"
_SURNAME: Final = f"(?:{'|'.join(sorted(CN_SURNAMES_TWO))}|[{''.join(sorted(CN_SURNAMES))}])"
TITLES: Final = "先生|女士|小姐|同学|妈妈|爸爸|家长|奶奶|爷爷|小朋友|老师|师傅|医生|阿姨|叔叔|大爷|大妈|老人|业主|住户"
_TITLED: Final = re.compile(
    rf"(?P<name>{_SURNAME}(?:[\u4e00-\u9fff]{{1,2}}?(?=[ ]?(?:先生|女士|小姐))|[{_GIVEN}]{{1,2}}))[ ]?(?P<title>{TITLES})"
)
_MARKED: Final = re.compile(
    r"(?:^|[/,|;·、，\t)）>.：:。；】])[ ]?(?P<name>[\u4e00-\u9fff]{2,4})(?=[ \t]*(?:[/,|;·、，。；\t(（【]|$)|[ ][(（+]?[0-9])"
)
"""Between marks, or before a number."""
_WITHIN: Final = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[{_LEFT}]))(?P<name>{_SURNAME}[{_GIVEN}]{{1,2}})(?=[^\u4e00-\u9fff]|$|[{_BETWEEN}]|女士|先生|本人|身份|电话|手机|申请|要求|反映|联系|家)"
)
_WORDS: Final = re.compile(
    "(?:管理|时间|费用|金额|安全|高级|方便|应用|解决|成功|关闭|单位|程序|车辆|支付|常用|温馨|鲁|郑重|包裹|全部|查询|计算|安装|麻烦|项目|华东|华南|华北|白色|黄色|金色|"
    "万元|平台|时候|房间|门店|路由|权限|曾用|单号|管道|马上|高峰|余额|卡号|向导|顾客|司机|文件|文本|江苏|江西|云南|海南|贺卡|纪念|强制|毛利|米色|祝您|党员|符号|宣传|充值)"
)
_NOBODY: Final = frozenset(
    (
        "石榴 文学 牛奶 成都 武汉 黄山 高铁 江南 周边 马桶 毛豆 白菜 史学 米饭 任务 温州 石头 时尚 包装 康复 金融 马达 牛肉 米粉 米线 梅子 安徽 宁夏 石家庄 成品 成本 成人 "
        "童装 童鞋 毛衣 毛巾 白酒 黄酒 单价 时长 时段 易碎 常规 常见 常温 车票 车位 车型 路线 路口 古镇 古董 温泉 温度 左侧 向上 项链 游戏 游泳 武术 万能 方案 方式 方法 方向 "
        "安检 于是 关于 连接 计划 商品 商场 商务 商家 文具 文化 文档 燕麦 景区 景点 解答 苗圃 车间 强化 全国 全职 谷物 柴油 纪录 席位 卫生 卫衣 储值 储蓄 储物 祝福 曲奇 宫保 "
        "屠宰 何时 何地 任何 许可 许多 高中 高考 高温 高速 高端 林业 林区 郑州 唐装 唐诗 宋词 白糖 申通 龙虾 熊猫 金鱼 孔雀 马匹 牛羊 雷达 雷雨 段落 段子 钱包 钱币 汤圆 汤面 "
        "常州 徐州 杭州 苏州 莫名 房屋 房产 房租 房型 路灯 路面 路费 江河 江景 江边 史料 顾问 万人 万家 龙头 龙井 武装 武器 乔木 贺年 文书 文章 文科 庞大 兰花 兰州 施工 施肥 "
        "洪水 安心 安静 颜色 颜料 严重 严格 牛仔 温柔 芦荟 芦笋 季度 季节 章程 章节 葛根 白云山 连云港 全家福 高兴 安宁 万达 江山 夏天 于明 金山 万科 安康 白云 白雪 黄河 黄海 来信 来电 来函 申请 申报 申诉 尤其 毕业 毕竟 焦糖 焦点 柳树 岳阳 齐全 梅花 庄园 辛苦 管家 祝贺 左右 "
        "左边 谷歌 时刻 舒适 舒服 单据 单独 单身 关节 关注 关税 苗木 凌晨 费率 纪律 盛大 童话 童年 欧洲 欧美 甄选"
    ).split()
)
"""Words that begin with a surname, as such a list of words would have them: `商品、颜色`."""


def usual(name: str) -> bool:
    """Whether a name is made of characters of which most names are."""
    return all(character in _GIVEN for character in name[2 if name.startswith(CN_SURNAMES_TWO) else 1 :])


def han_titled(line: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, title) of each name with a title behind it."""
    for m in _TITLED.finditer(line) if _ANY.search(line) else ():
        if full_name(m["name"]) and m["name"] not in _NOBODY:
            yield (*m.span("name"), m["title"])


def han_names(line: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each."""
    if not _ANY.search(line):
        return
    for m in (*_MARKED.finditer(line), *_WITHIN.finditer(line)):
        start, end = m.span("name")
        if end - start > _SHORT and line[end - 1] in _BETWEEN:  # `徐子收`: for whom it is
            end -= 1
        name = line[start:end]
        if (len(name) == _SHORT or line[end : end + 1] == " ") and not usual(name):
            continue
        if full_name(name) and not _WORDS.match(name) and name not in _NOBODY:
            yield start, end
