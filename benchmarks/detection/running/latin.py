"""Names of the three countries in Latin letters, as passports and English mails write them."""

from __future__ import annotations

from benchmarks.detection import words


def _spelt(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i")  # fmt: skip
FINALS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t")  # fmt: skip
SURNAMES = {"김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho", "임": "Lim", "오": "Oh", "신": "Shin", "권": "Kwon", "안": "Ahn",
            "우": "Woo", "유": "Yoo", "주": "Joo", "노": "Noh", "문": "Moon", "전": "Jeon", "서": "Seo", "구": "Koo"}  # fmt: skip
PINYIN = _spelt(
    "王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 赵:Zhao 黄:Huang 周:Zhou 吴:Wu 徐:Xu 孙:Sun 胡:Hu 朱:Zhu 高:Gao 林:Lin 何:He 郭:Guo 马:Ma 罗:Luo 梁:Liang 宋:Song "
    "郑:Zheng 谢:Xie 韩:Han 唐:Tang 冯:Feng 于:Yu 董:Dong 萧:Xiao 程:Cheng 曹:Cao 袁:Yuan 邓:Deng 许:Xu 傅:Fu 沈:Shen 曾:Zeng 彭:Peng 吕:Lyu 苏:Su 卢:Lu 蒋:Jiang 蔡:Cai "
    "贾:Jia 丁:Ding 魏:Wei 薛:Xue 叶:Ye 阎:Yan 伟:Wei 芳:Fang 娜:Na 敏:Min 静:Jing 丽:Li 强:Qiang 磊:Lei 军:Jun 洋:Yang 勇:Yong 艳:Yan 杰:Jie 娟:Juan 涛:Tao 明:Ming "
    "超:Chao 秀:Xiu 霞:Xia 平:Ping 刚:Gang 桂:Gui 英:Ying 华:Hua 玉:Yu 红:Hong 建:Jian 国:Guo 志:Zhi 鹏:Peng 飞:Fei 雪:Xue 梅:Mei 浩:Hao 宇:Yu 欣:Xin 怡:Yi 梓:Zi "
    "涵:Han 子:Zi 轩:Xuan 雨:Yu 桐:Tong 思:Si 远:Yuan"
)
THAI = _spelt(
    "สมชาย:Somchai สมหญิง:Somying ประเสริฐ:Prasert วิไล:Wilai ณัฐพล:Nattapol กัญญารัตน์:Kanyarat ธนากร:Thanakorn พิมพ์ชนก:Pimchanok อนุชา:Anucha "
    "สุภาพร:Supaporn ชัยวัฒน์:Chaiwat ปวีณา:Paweena จิราพร:Jiraporn กิตติพงษ์:Kittipong ใจดี:Jaidee รักไทย:Rakthai ศรีสุข:Srisuk วงศ์สวัสดิ์:Wongsawat "
    "แก้วมณี:Kaewmanee ทองดี:Thongdee บุญมี:Boonmee พงษ์ไพบูลย์:Pongpaiboon สุขใจ:Sukjai จันทร์เพ็ญ:Chanpen อินทรชัย:Intharachai มั่นคง:Mankong"
)


def korean_parts(name: str) -> tuple[str, str]:
    """Surname and given name of a Korean name."""
    cut = 2 if name[:2] in words.KR_DOUBLE else 1
    return name[:cut], name[cut:]


def syllable(letter: str) -> str:
    """One Hangul syllable in the revised romanisation."""
    code = ord(letter) - 0xAC00
    return INITIALS[code // 588] + VOWELS[code % 588 // 28] + FINALS[code % 28]


def bare_thai(name: str) -> str:
    """A Thai name without its title."""
    for title in sorted(filter(None, words.TH_TITLES), key=len, reverse=True):
        if name.startswith(title):
            return name.removeprefix(title)
    return name


def latin(name: str, country: str) -> tuple[str, str]:
    """Surname and given names, syllables parted by blanks: ("Kim", "Eun Ha"), ("Wang", "Xiao Ming"), ("Jaidee", "Somchai")."""
    if country == "th":
        first, last = bare_thai(name).split(" ")
        return THAI[last], THAI[first]
    if country == "cn":
        return PINYIN[name[0]], " ".join(PINYIN[letter] for letter in name[1:])
    surname, given = korean_parts(name)
    known = SURNAMES.get(surname) or "".join(map(syllable, surname)).capitalize()
    return known, " ".join(syllable(letter).capitalize() for letter in given)
