"""What vendors call a field: English words in every case style, public-sector abbreviations, Korean, Thai, Chinese.

Beyond the names listed in the facts on purpose: the test is of names nobody has told the auditor.
"""

from __future__ import annotations

from random import Random

from benchmarks.detection import fresh

LATIN: dict[str, tuple[str, ...]] = {
    "ci": (
        "ci",
        "user ci",
        "cust ci",
        "member ci",
        "mbr ci val",
        "ci value",
        "auth ci",
        "ipin ci",
        "conn info",
        "nice ci",
        "ci no",
        "verified ci",
        "pass ci",
    ),
    "di": ("di", "dup info", "user di", "mbr di", "di value", "cert di"),
    "rrn": (
        "rrn",
        "jumin no",
        "jumin",
        "resident no",
        "user jumin no",
        "ihidnum",
        "ssn",
        "resident registration number",
        "rr no",
    ),
    "frn": ("frn", "alien reg no", "foreigner no", "foreign reg no", "alien registration number"),
    "name": (
        "name",
        "user name kr",
        "mbr nm",
        "cust nm",
        "customer name",
        "real name",
        "full name",
        "emp nm",
        "cstmr nm",
        "receiver name",
        "applicant nm",
        "holder name",
        "usr nm",
    ),
    "nick": (
        "nickname",
        "nick name",
        "nick",
        "nick nm",
        "usr nick nm",
        "user nick",
        "member nickname",
        "display nickname",
        "mbr nick",
        "ncknm",
        "chat nickname",
    ),
    "phone": (
        "phone",
        "mobile",
        "phone no",
        "hp no",
        "cell phone",
        "mobile number",
        "mbtlnum",
        "tel no",
        "mobile phone no",
        "contact",
        "hp",
        "rcv hp no",
        "phone number",
    ),
    "email": ("email", "e mail", "email addr", "user email", "contact email", "mail"),
    "birth": (
        "birth",
        "birth date",
        "birthday",
        "brth dt",
        "birth ymd",
        "date of birth",
        "dob",
        "brthdy",
        "user birth",
        "birth day",
    ),
    "address": (
        "address",
        "addr",
        "home addr",
        "road addr",
        "delivery address",
        "rdnmadr",
        "shipping address",
        "cust addr",
        "full address",
    ),
    "account": (
        "account no",
        "acct no",
        "bank account",
        "acnt no",
        "refund account no",
        "bank acct no",
        "account number",
        "deposit account",
    ),
    "card": ("card no", "card number", "credit card no", "pay card no", "card num"),
    "passport": ("passport no", "passport", "passport number", "pspt no"),
    "licence": ("driver license no", "license no", "driver licence", "dl no"),
    "plate": ("car no", "vehicle no", "plate number", "car plate no"),
    "brn": ("biz no", "business reg no", "brn", "bizr no"),
    "wallet": ("wallet address", "wallet", "wallet addr", "eth address", "nft wallet", "klaytn address", "btc address"),
    "tnin": (
        "citizen id",
        "national id",
        "id card",
        "id card no",
        "thai id",
        "cid",
        "idcard no",
        "identification number",
    ),
    "laser": ("laser code", "laser id"),
    "cnid": ("id card", "id no", "cert no", "sfz", "sfzh", "id card no", "zjhm", "identity card"),
    "cnpass": ("passport no", "passport"),
    "iban": ("iban", "iban code", "beneficiary iban"),
    "ip": ("ip", "client ip", "login ip", "remote addr", "reg ip"),
    "device": ("adid", "gaid", "idfa", "advertising id"),
}
LOCAL: dict[str, dict[str, tuple[str, ...]]] = {
    "kr": {
        "ci": ("연계정보", "CI", "연계정보(CI)", "CI값", "본인인증 CI"),
        "di": ("중복가입확인정보", "DI", "중복가입확인정보(DI)", "DI값"),
        "rrn": ("주민등록번호", "주민번호", "주민등록 번호", "주민번호(전체)"),
        "frn": ("외국인등록번호", "외국인 등록번호"),
        "name": ("이름", "성명", "고객명", "회원명", "신청자명", "예금주", "수령인", "담당자명", "가입자 성명"),
        "nick": ("닉네임", "별명", "대화명", "회원 닉네임", "활동명", "별칭"),
        "phone": (
            "휴대폰",
            "휴대폰번호",
            "연락처",
            "핸드폰",
            "휴대전화",
            "전화번호",
            "휴대폰 번호",
            "비상연락처",
            "휴대전화번호",
        ),
        "email": ("이메일", "이메일주소", "메일", "E-mail", "전자우편"),
        "birth": ("생년월일", "생일", "출생일", "생년월일(8자리)"),
        "address": ("주소", "자택주소", "도로명주소", "배송지", "배송지 주소", "거주지"),
        "account": ("계좌번호", "환불계좌", "입금계좌번호", "계좌", "환불 계좌번호"),
        "card": ("카드번호", "신용카드번호", "결제카드번호"),
        "passport": ("여권번호", "여권 번호"),
        "licence": ("운전면허번호", "면허번호"),
        "plate": ("차량번호", "차량 번호"),
        "brn": ("사업자등록번호", "사업자번호"),
        "wallet": ("지갑주소", "지갑 주소", "가상자산 지갑주소"),
        "ip": ("접속IP", "IP"),
        "device": ("광고식별자", "광고ID"),
    },
    "th": {
        "name": ("ชื่อ-นามสกุล", "ชื่อ สกุล", "ชื่อลูกค้า", "ชื่อผู้สมัคร"),
        "nick": ("ชื่อเล่น",),
        "phone": ("เบอร์โทร", "เบอร์โทรศัพท์", "โทรศัพท์มือถือ", "เบอร์มือถือ"),
        "email": ("อีเมล", "อีเมล์"),
        "birth": ("วันเกิด", "วันเดือนปีเกิด"),
        "address": ("ที่อยู่", "ที่อยู่ปัจจุบัน", "ที่อยู่จัดส่ง"),
        "account": ("เลขที่บัญชี", "เลขบัญชี"),
        "card": ("หมายเลขบัตรเครดิต", "เลขบัตรเครดิต"),
        "tnin": ("เลขประจำตัวประชาชน", "เลขบัตรประชาชน", "เลขที่บัตรประชาชน", "บัตรประชาชน"),
        "laser": ("เลขหลังบัตร", "รหัสหลังบัตรประชาชน"),
    },
    "cn": {
        "name": ("姓名", "真实姓名", "客户姓名", "联系人", "收货人"),
        "nick": ("昵称", "用户昵称", "会员昵称"),
        "phone": ("手机号", "手机", "手机号码", "联系电话", "联系方式"),
        "email": ("邮箱", "电子邮箱"),
        "birth": ("出生日期", "生日"),
        "address": ("地址", "住址", "收货地址", "家庭住址", "联系地址"),
        "card": ("银行卡号", "卡号", "信用卡号"),
        "cnid": ("身份证号", "身份证", "身份证号码", "证件号码", "证件号"),
        "cnpass": ("护照号", "护照号码"),
    },
}
STYLES = ("snake", "camel", "kebab", "upper", "pascal", "space", "local")


def style_name(words: str, style: str) -> str:
    """`cust ci` as cust_ci, custCi, cust-ci, CUST_CI, CustCi, Cust Ci."""
    parts = words.split()
    match style:
        case "camel":
            return parts[0] + "".join(p.title() for p in parts[1:])
        case "pascal":
            return "".join(p.title() for p in parts)
        case "kebab":
            return "-".join(parts)
        case "upper":
            return "_".join(parts).upper()
        case "space":
            return " ".join(p.title() for p in parts)
        case _:
            return "_".join(parts)


def header(chance: Random, attribute: str, country: str, style: str, *, judging: bool = False) -> str:
    """A field's name, `judging` from `fresh.py`. `local` falls back to snake where the country has no word for it."""
    latin, local = (fresh.LATIN, fresh.LOCAL) if judging else (LATIN, LOCAL)
    if style == "local" and attribute in local[country]:
        return chance.choice(local[country][attribute])
    return style_name(chance.choice(latin[attribute]), style)
