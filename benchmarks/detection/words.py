"""Names, nicknames, addresses and mailboxes of made-up people in three countries."""

from __future__ import annotations

from random import Random

KR_SURNAMES = "김김김김이이이박박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염석선설마길"
KR_GIVEN = "민서준지우하은도윤시현주예진수아영호성재훈소연유나태경동건희라온별솔찬빈혁규선미정숙자옥순기철용석"
KR_DOUBLE = ("남궁", "황보", "제갈", "선우", "독고")
TH_TITLES = ("นาย", "นาง", "นางสาว", "น.ส.", "ด.ช.", "")
TH_FIRST = (
    "สมชาย",
    "สมหญิง",
    "ประเสริฐ",
    "วิไล",
    "ณัฐพล",
    "กัญญารัตน์",
    "ธนากร",
    "พิมพ์ชนก",
    "อนุชา",
    "สุภาพร",
    "ชัยวัฒน์",
    "ปวีณา",
    "จิราพร",
    "กิตติพงษ์",
)
TH_LAST = ("ใจดี", "รักไทย", "ศรีสุข", "วงศ์สวัสดิ์", "แก้วมณี", "ทองดี", "บุญมี", "พงษ์ไพบูลย์", "สุขใจ", "จันทร์เพ็ญ", "อินทรชัย", "มั่นคง")
CN_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
CN_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉红建国志鹏飞雪梅浩宇欣怡梓涵子轩雨桐思远"
KR_ADJECTIVES = (
    "배부른",
    "춤추는",
    "파란",
    "심심한",
    "귀여운",
    "시크한",
    "행복한",
    "느린",
    "번개같은",
    "하품하는",
    "졸고있는",
)
KR_NOUNS = (
    "판다",
    "붕어빵",
    "고등어",
    "펭귄",
    "라떼",
    "단무지",
    "토끼",
    "곰돌이",
    "햇살",
    "도토리",
    "문어",
    "식빵",
    "왕자",
    "집사",
    "오리",
    "소나기",
)
TH_NICKS = ("น้องมะลิ", "พี่บอย", "ต้นไม้", "ข้าวปั้น", "หมูหวาน", "ฟ้าใส", "แบงค์", "มิ้นท์", "เจ้าสัว", "กุ้งเต้น")
CN_NICKS = (
    "小鱼儿",
    "夜猫子",
    "奶茶不加糖",
    "一只咸鱼",
    "隔壁老王",
    "星空下的猫",
    "快乐小狗",
    "追风少年",
    "柠檬不酸",
    "大橙子",
)
LATIN_NICKS = (
    "blue",
    "cat",
    "sky",
    "dev",
    "coin",
    "king",
    "lazy",
    "bear",
    "jelly",
    "hodl",
    "zero",
    "mint",
    "kimchi",
    "ddabong",
    "sunny",
    "panda",
)
EMOJI = "🐼🍞🦆🌈⚡🐙"
DOMAINS = (
    "podomail-nowhere.kr", "gureum-post.co.kr", "haetsal-mailbox.com", "dalbit-letters.net", "thai-talat-mail.co.th", "mangrove-box.in.th",
    "qingfeng-youxiang.cn", "yueguang-mail.com.cn",
)  # fmt: skip
MAIL_WORDS = (
    "panda",
    "sky",
    "minji",
    "jh",
    "coffee",
    "river",
    "zzang",
    "somsak",
    "ploy",
    "xiaoyu",
    "wang",
    "leaf",
    "moon",
    "hana",
)

KR_ROADS = (
    ("서울특별시 마포구", "월드컵북로"), ("서울 강남구", "테헤란로"), ("경기도 성남시 분당구", "판교역로"), ("부산광역시 해운대구", "센텀중앙로"), ("대전 유성구", "대학로"),
    ("제주특별자치도 제주시", "첨단로"), ("인천광역시 연수구", "송도과학로"), ("경상남도 창원시 성산구", "중앙대로"), ("강원특별자치도 춘천시", "퇴계로"), ("전북 전주시 완산구", "홍산남로"),
    ("세종특별자치시", "한누리대로"), ("충청북도 청주시 흥덕구", "가로수로"),
)  # fmt: skip
KR_LOTS = (
    ("부산 해운대구", "우동"),
    ("경기 용인시 수지구", "죽전동"),
    ("전라남도 담양군 담양읍", "백동리"),
    ("대구광역시 수성구", "범어동"),
    ("서울시 은평구", "응암동"),
)
TH_PLACES = (
    ("ต.บางพูด", "อ.ปากเกร็ด", "จ.นนทบุรี", "11120"), ("ตำบลสุเทพ", "อำเภอเมือง", "จังหวัดเชียงใหม่", "50200"), ("แขวงคลองตัน", "เขตคลองเตย", "กรุงเทพมหานคร", "10110"),
    ("ต.หนองปรือ", "อ.บางละมุง", "จ.ชลบุรี", "20150"), ("แขวงลาดยาว", "เขตจตุจักร", "กทม.", "10900"), ("ต.ในเมือง", "อ.เมืองขอนแก่น", "จ.ขอนแก่น", "40000"),
)  # fmt: skip
CN_PLACES = (
    ("浙江省杭州市西湖区", "文三路"), ("北京市朝阳区", "建国路"), ("上海市浦东新区", "张杨路"), ("广东省深圳市南山区", "科苑路"), ("四川省成都市武侯区", "天府大道中段"),
    ("江苏省苏州市昆山市", "前进中路"), ("湖北省武汉市洪山区", "珞喻路"),
)  # fmt: skip


def name(chance: Random, country: str) -> str:
    """A person's name in the country's script."""
    if country == "th":
        return f"{chance.choice(TH_TITLES)}{chance.choice(TH_FIRST)} {chance.choice(TH_LAST)}"
    if country == "cn":
        return chance.choice(CN_SURNAMES) + "".join(chance.choices(CN_GIVEN, k=chance.choice((1, 2, 2))))
    if chance.random() < 0.02:
        return chance.choice(KR_DOUBLE) + "".join(chance.choices(KR_GIVEN, k=2))
    return chance.choice(KR_SURNAMES) + "".join(chance.choices(KR_GIVEN, k=1 if chance.random() < 0.04 else 2))


def nickname(chance: Random, country: str, *, emoji: bool) -> str:
    """Hangul, Thai, Chinese, Latin, mixed; digits behind it, now and then an emoji or only digits."""
    local = {
        "kr": chance.choice(KR_ADJECTIVES) + chance.choice(KR_NOUNS),
        "th": chance.choice(TH_NICKS),
        "cn": chance.choice(CN_NICKS),
    }[country]
    latin = chance.choice(LATIN_NICKS) + chance.choice(("", "_", ".", "-")) + chance.choice(LATIN_NICKS)
    style = chance.random()
    if style < 0.45:
        return local if chance.random() < 0.5 else f"{local}{chance.randint(1, 9999)}"
    if style < 0.75:
        return latin + (str(chance.randint(1, 999)) if chance.random() < 0.6 else "")
    if style < 0.90:
        return f"{chance.choice(LATIN_NICKS)}{local}"
    if style < 0.94:
        return str(chance.randint(1000, 9_999_999))
    if style < 0.97 and emoji:
        return f"{chance.choice(EMOJI)}{local}"
    return f"{local} {chance.choice(LATIN_NICKS)}"


def email(chance: Random) -> str:
    """At a made-up domain that is not a reserved example domain."""
    box = chance.choice(MAIL_WORDS) + chance.choice((".", "_", "", "-", "+")) + chance.choice(MAIL_WORDS)
    return f"{box}{chance.randint(1, 99999)}@{chance.choice(DOMAINS)}"


def address(chance: Random, country: str) -> str:
    """A whole postal address in one string."""
    if country == "th":
        tambon, amphoe, province, code = chance.choice(TH_PLACES)
        return f"{chance.randint(1, 999)}/{chance.randint(1, 99)} หมู่ {chance.randint(1, 12)} {tambon} {amphoe} {province} {code}"
    if country == "cn":
        place, road = chance.choice(CN_PLACES)
        return f"{place}{road}{chance.randint(1, 999)}号{chance.randint(1, 30)}栋{chance.randint(101, 2803)}室"
    if chance.random() < 0.3:
        place, lot = chance.choice(KR_LOTS)
        return f"{place} {lot} {chance.randint(1, 1500)}-{chance.randint(1, 40)}"
    place, road = chance.choice(KR_ROADS)
    flat = chance.choice(
        (
            "",
            f", {chance.randint(101, 120)}동 {chance.randint(101, 2504)}호",
            f" {chance.randint(2, 25)}층",
            f" ({chance.choice(KR_LOTS)[1]})",
        )
    )
    return f"{place} {road} {chance.randint(1, 700)}{flat}"
