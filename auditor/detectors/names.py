"""What names look like: full names of people, reserved mail domains, file suffixes behind an `@`."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

# The 100 most common surnames cover over 99 % of the population (Statistics Korea, 2015 census).
KR_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형계피두감음빈동온호범좌"
)
KR_SURNAMES_TWO: Final = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방")
CN_SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申"
    "尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁"
    "柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦"
    "酆岑湛狄茅麻危骆虞昝裘缪宗贲杭诸钮嵇荣荀於惠芮羿储汲邴糜巫乌弓隗宓蓬郗仲伊仇钭厉祖束幸韶蓟印蒲邰鄂咸籍蔺阴胥苍闻莘贡劳"
    "逄扶郦雍郤璩桑濮寿扈郏浦尚戈庾暨衡匡寇禄阙沃蔚夔巩晁敖訾阚那鞠丰巢蒯荆竺逯桓亓仝佟佘冼卓佀哈岩帅揣晋智曦朴檀母沐洛润"
    "粟练缑肇肖腾茆药菅虎褟覃谌谯账赫轩邝郇银雒闫仉代仵"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許呂蘇盧蔣賈魏葉閻鍾譚鄒陸龍萬錢湯賴龔蘭嚴蘆韋畢聶叢齊莊塗時關費紀盧歐項衛單寧閔車邊饒"
)
CN_SURNAMES_TWO: Final = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "长孙",
    "宇文",
    "司徒",
)
_TH_TITLES: Final = ("นางสาว", "นาย", "นาง", "น.ส.", "ด.ช.", "ด.ญ.", "เด็กชาย", "เด็กหญิง", "คุณ", "ดร.")
TH_DOTTED_TITLES: Final = tuple(title for title in _TH_TITLES if "." in title)
TH_TITLES: Final = "|".join(map(re.escape, _TH_TITLES))
"""As an expression, longer ones before what they begin with."""
TH_TITLE: Final = re.compile(rf"(?:{TH_TITLES})\s*[ก-๙]{{2,}}(?:\s+[ก-๙]{{2,}})*")
TH_TWO_WORDS: Final = re.compile(r"[ก-๙]{2,20}\s+[ก-๙]{2,25}(?:\s+[ก-๙]{2,25})?")
_LATIN: Final = re.compile(r"(?!(?:The|New|Test|My|No|All)\b)[A-Z][A-Za-z'’.-]*(?:,?\s+[A-Z][A-Za-z'’.-]*){1,3}")
_LATIN_UPPER: Final = re.compile(r"[A-Z]{2,}(?:[ -][A-Z]{2,}){1,3}")
_COMPANY: Final = re.compile(
    r"(?i)\b(?:inc|corp|ltd|llc|gmbh|co|company|team|group|bank|university|school|store|service|system|project|api|server|app|"
    r"foundation|contributors|authors|street|road|city|admin|default|name|user|test)\b"
)
KR_NOT_NAMES: Final = re.compile(
    r"(?:이름|성명|이메일|이용자|이미지|이벤트|전화|전체|전송|주소|주문|주민|정보|정상|정지|정책|조회|조건|장소|장바구니|고객|고객님|공지|공통|구분|구매|기타|기본|사용자|"
    r"사용|사진|서비스|서버|설정|선택|성별|성공|수정|신청|신청자|신규|안내|여부|연락처|오류|오전|오후|유저|유효|유형|인증|제목|제품|지역|지점|진행|한국|현재|회원|"
    r"남성|여성|남자|여자|부서|부장|대표|담당|담당자|관리자|방문|배송|변경|금액|국가|동의|문의|문자|모두|모바일|목록|임시|임직원|직원|강남|강북|강원|경기|경북|경남|"
    r"부산|제주|전남|전북|인천|서울|강좌|강의|조직|조직도|정의|정렬|편집|표시|도움말|하위|허용|예약|예시|예제|고정|공유|권한|노출|노트|도서|마감|명칭|모델|반품|"
    r"방법|변수|복사|봉사|사업자|상품|상태|선물|소개|소스|손님|송금|송장|연도|연동|연락|원본|원격|위치|위험|유니코드|음료|음악|인기|인사|전자|전자책|제조사|"
    r"주의|지도|지갑|차단|차량|천원|추가|추천|태그|통계|하루|한글|한식|함수|형식|호출|홍보|황금)"
)


def full_name(text: str) -> Literal["native", "latin", ""]:
    """Whether a whole field value looks like one person's full name."""
    value = " ".join(text.split())
    if not 2 <= len(value) <= 60 or any(c in '{}<>$%=|/\\;_@#"' or c.isdigit() for c in value):
        return ""
    if "가" <= value[0] <= "힣":
        return "native" if _korean(value) else ""
    if "ก" <= value[0] <= "๙":
        return "native" if TH_TITLE.fullmatch(value) or TH_TWO_WORDS.fullmatch(value) else ""
    if "\u4e00" <= value[0] <= "\u9fff":
        return "native" if _chinese(value) else ""
    if (_LATIN.fullmatch(value) or _LATIN_UPPER.fullmatch(value)) and not _COMPANY.search(value):
        return "latin"
    return ""


def _korean(value: str) -> bool:
    name = value.replace(" ", "")
    spread = value.count(" ") == len(name) - 1
    if not spread and value.endswith((" 님", " 씨", " 귀하")):
        return False
    if (
        (value.count(" ") > 1 and not spread)
        or any(not "가" <= c <= "힣" for c in name)
        or KR_NOT_NAMES.fullmatch(name)
    ):
        return False
    if name.startswith(KR_SURNAMES_TWO) and 3 <= len(name) <= 4:
        return True
    return 2 <= len(name) <= 4 and name[0] in KR_SURNAMES and (len(name) < 4 or " " in value or name[0] in "김이박최정")


def _chinese(value: str) -> bool:
    if any(not "\u4e00" <= c <= "\u9fff" and c != "·" for c in value):
        return False
    if "·" in value:  # of peoples whose names are written by sound: 阿依古丽·买买提
        parts = value.split("·")
        return 2 <= len(parts) <= 4 and all(1 < len(part) <= 8 for part in parts)
    return (value.startswith(CN_SURNAMES_TWO) and 3 <= len(value) <= 4) or (
        2 <= len(value) <= 3 and value[0] in CN_SURNAMES
    )


# RFC 2606 and RFC 6761, and the placeholders every sample uses.
# `.local` is left out: directories of companies use it for their mailboxes (`user@hr.bank.local`).
_RESERVED_TOP: Final = frozenset({"example", "test", "invalid", "localhost", "localdomain"})
_RESERVED_SECOND: Final = frozenset(
    {"example", "yourdomain", "yourcompany", "mydomain", "domain", "email", "users.noreply.github"}
)
_FILE_SUFFIXES: Final = frozenset(
    (
        "png jpg jpeg gif webp svg ico bmp css scss less js mjs cjs ts tsx jsx json html htm xml yml yaml md txt map "
        "vue py rb go rs service socket target timer mount slice device path scope swap automount conf sh so dll exe "
        "zip gz tgz tar jar whl lock internal2x woff woff2 ttf eot mp3 mp4 pdf java kt class"
    ).split()
)


_NUMBERED: Final = frozenset(
    (number, top) for number in ("163", "126", "139", "189", "188", "263") for top in ("com", "net", "cn")
)
"""Mail providers of China whose names are numbers, as pictures' sizes are."""


def reserved_domain(labels: Sequence[str]) -> bool:
    """Whether a mail domain is one that documentation uses (RFC 2606, RFC 6761), so that nobody reads mail there."""
    if len(labels) < 2 or labels[-1] in _RESERVED_TOP:
        return True
    name = labels[-2]
    return (
        name in _RESERVED_SECOND and len(labels) == 2 and labels[-1] in ("com", "org", "net", "edu", "kr", "th", "cn")
    )


def file_suffix(labels: Sequence[str]) -> bool:
    """Whether what follows the `@` is a file's name: `icon@2x.png`, `sshd@.service`, `left-pad@1.3.0.tgz`."""
    if tuple(labels[-2:]) in _NUMBERED:
        return False
    return labels[-1] in _FILE_SUFFIXES or not labels[-1].isalpha() or labels[0].removesuffix("x").isdigit()
