"""Names of fields and sentences for the judging seeds (100 and above) only: nobody who works on rules is shown their failures.

The developing seeds (below 100) draw from `headers.py` and `prose.py`, whose failures are printed name by name; an auditor
that learned those names by heart fails here. Once failures of these seeds have been handed to anybody, write new ones.

The vocabulary of 22 November 2026, fourth of that day: it replaces three that were spent. No name or sentence is in the third,
in the one committed before it, or in the developing vocabulary; its author had read neither `rules/` nor `auditor/detectors/` nor any list of failures.

Where names come from: the projects such vendors do (bank NFT wallets, claims, clinics, delivery, schools, recruiting, donors, car
sharing, tickets, hotels, used goods; Thai clinics, lenders, condominiums, LINE shops; Chinese property management, travel, mini
programs), named as is usual there: mostly a plain word or one with its owner before it, few odd. `LATIN` is spelt in the table's style,
`LOCAL` as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

LATIN: dict[str, tuple[str, ...]] = {
    "ci": ("ci val", "ci key", "ci data", "mbr ci", "customer ci", "user ci val", "connecting info", "holder ci", "toss ci", "applicant ci", "person ci", "verify ci", "auth ci value"),
    "di": ("di val", "di key", "member di", "cust di", "customer di", "duplication info", "auth di", "nice di", "user di val", "applicant di"),
    "rrn": ("jumin number", "resident reg no", "resident registration no", "user rrn", "cust rrn", "member rrn", "emp rrn", "emp jumin no", "cust jumin no", "applicant rrn", "ssn no", "rsdnt no"),
    "frn": ("foreigner reg no", "foreigner registration number", "foreign registration no", "alien no", "alien reg number", "foreigner id no", "cust frn", "foreigner id number", "foreigner card no", "member frn", "alien registration card no"),
    "name": ("user name", "user nm", "member name", "cust name", "emp name", "recipient name", "applicant name", "donor name", "buyer name", "guest name", "driver name", "recv name", "customer nm", "borrower name"),
    "nick": ("user nickname", "member nick", "mem nickname", "mbr nick nm", "kakao nickname", "wx nickname", "writer nickname", "seller nickname", "customer nickname", "display name", "line display name", "buyer nickname"),
    "phone": ("mobile phone", "user phone", "customer phone", "cust mobile", "member phone", "user mobile no", "tel", "tel number", "cell no", "contact no", "contact phone", "receiver phone"),
    "email": ("cust email", "member email", "mail addr", "mail address", "user mail", "applicant email", "buyer email", "work email", "emp email", "user email addr"),
    "birth": ("user birthday", "user birth date", "member birth", "cust birth", "customer birthday", "cust birth date", "emp birth date", "applicant birth", "patient dob", "guest dob", "brth ymd"),
    "address": ("addr1", "address1", "user addr", "user address", "customer address", "member addr", "recipient address", "delivery addr", "receiver addr", "base addr", "road address", "mailing address", "address line1"),
    "account": ("bank account no", "acct num", "account num", "refund account", "refund acct no", "payout account no", "withdraw account no", "settlement account no", "cust acct no", "receiver account no"),
    "card": ("credit card", "card nbr", "pay card number", "payment card no", "cust card no", "user card no", "billing card no", "debit card number", "registered card no", "bank card no"),
    "passport": ("guest passport no", "customer passport no", "cust passport no", "passenger passport no", "applicant passport no", "passport nbr", "member passport number", "emp passport no", "booker passport no", "companion passport no"),
    "licence": ("driver license", "drivers license no", "driving licence no", "driving license number", "license number", "license num", "lic no", "user license no", "renter license no", "drv license no"),
    "plate": ("license plate no", "vehicle plate no", "vehicle num", "user car no", "owner car no", "user vehicle no", "my car no", "customer car no", "member car no"),
    "brn": ("biz reg no", "biz number", "business registration number", "biz regist no", "biz license no", "company biz no", "partner biz no", "store biz no"),
    "wallet": ("user wallet", "user wallet address", "member wallet address", "nft wallet address", "my wallet address", "owner address", "recipient wallet", "receiver wallet address", "withdraw wallet address", "external wallet", "polygon address"),
    "tnin": ("national id number", "citizen id no", "citizen number", "thai id number", "customer citizen id", "customer id card", "patient cid", "member id card", "tenant id card", "borrower id card no"),
    "laser": ("laser code no", "card laser code", "idcard laser id", "user laser code", "customer laser id", "citizen laser code", "member laser code", "tenant laser code", "applicant laser code", "citizen laser id"),
    "cnid": ("identity no", "identity number", "identity card number", "id number", "cert number", "cert num", "certificate no", "guest id card no", "owner id card no", "parent id card"),
    "cnpass": ("customer passport", "applicant passport", "student passport number", "passenger passport number", "user passport", "member passport", "tourist passport", "passport card no", "child passport no", "emp passport"),
    "iban": ("iban account", "iban acc no", "receiver iban", "recipient iban", "agent iban", "bank account iban", "user iban", "client iban", "customer iban", "merchant iban", "settle iban"),
    "ip": ("user ip", "ip address", "last login ip", "connect ip", "cust ip", "req ip", "login ip addr", "user ip address", "client ip addr", "last ip", "last access ip", "register ip", "member ip addr"),
    "device": ("device uid", "udid", "user device uuid", "mobile uuid", "app device id", "customer device id", "advertise id", "device unique id", "member device id", "advertisement id"),
}  # fmt: skip
LOCAL: dict[str, dict[str, tuple[str, ...]]] = {
    "kr": {
        "ci": ("고객CI", "회원CI값", "CI번호", "본인확인 연계정보", "회원 연계정보", "고객 연계정보", "휴대폰인증 CI", "사용자 CI", "신청자 CI", "연계정보_CI", "본인인증 CI정보", "가입자 CI값"),
        "di": ("고객DI", "회원DI값", "DI정보", "DI(중복가입확인정보)", "중복가입정보", "사용자 DI", "고객DI값", "회원 중복가입확인정보", "고객 중복가입확인정보", "DI번호"),
        "rrn": ("고객 주민번호", "고객주민등록번호", "회원 주민번호", "근로자 주민등록번호", "신청인 주민등록번호", "기부자 주민등록번호", "예금주 주민번호", "임차인 주민번호", "본인 주민번호", "주민등록번호(13자리)", "실명확인번호"),
        "frn": ("외국인등록번호(ARC)", "고객 외국인등록번호", "직원 외국인등록번호", "임차인 외국인등록번호", "신청인 외국인등록번호", "국내거소신고번호", "회원 외국인등록번호", "본인 외국인등록번호", "외국인등록번호(전체)", "외국인고객 등록번호"),
        "name": ("회원 이름", "회원 성명", "고객 이름", "고객성명", "신청인", "기부자명", "지원자명", "직원명", "임차인 성명", "받는사람", "구매자 이름", "봉사자명", "운전자명"),
        "nick": ("사용자 닉네임", "유저 닉네임", "고객 닉네임", "프로필 닉네임", "카카오 닉네임", "판매자 닉네임", "구매자 닉네임", "참가자 닉네임", "회원 별칭", "닉네임(별명)", "필명"),
        "phone": ("핸드폰번호", "고객 연락처", "고객 휴대폰", "고객전화번호", "회원 휴대폰번호", "신청자 연락처", "예약자 연락처", "입주자 연락처", "휴대폰(본인)", "모바일"),
        "email": ("고객 이메일", "회원 이메일", "신청자 이메일", "지원자 이메일", "기부자 이메일", "수신 이메일", "계정 이메일", "회사 이메일", "예약자 이메일", "직원 이메일"),
        "birth": ("고객 생년월일", "고객생일", "회원 생년월일", "신청자 생년월일", "지원자 생년월일", "예약자 생년월일", "직원 생년월일", "운전자 생년월일", "본인 생년월일", "임차인 생년월일"),
        "address": ("고객 주소", "회원주소", "배달주소", "현주소", "거주지 주소", "실거주지", "주소1", "기본주소", "주소(도로명)", "주민등록상 주소", "신청인 주소", "임차인 주소"),
        "account": ("은행계좌", "은행 계좌번호", "입금계좌", "급여계좌", "정산계좌", "출금계좌", "환급계좌", "고객 계좌번호", "지급계좌번호", "보증금 반환계좌", "CMS 계좌번호"),
        "card": ("결제카드", "카드 번호(16자리)", "본인 카드번호", "후원 카드번호", "자동이체 카드번호", "결제수단 카드번호", "고객 신용카드번호", "회원 신용카드번호", "신용카드번호(필수)", "예약자 카드번호"),
        "passport": ("고객 여권번호", "회원 여권번호", "신청인 여권번호", "여행객 여권번호", "동반자 여권번호", "본인 여권번호", "여권번호(필수)", "직원 여권번호", "관광객 여권번호"),
        "licence": ("자동차면허번호", "회원 면허번호", "이용자 면허번호", "고객 운전면허번호", "예약자 운전면허번호", "배달기사 면허번호", "회원 운전면허번호", "본인 운전면허번호", "운전자 운전면허번호"),
        "plate": ("자동차번호", "방문객 차량번호", "회원 차량번호", "주차 차량번호", "소유차량번호", "번호판", "고객 자동차번호", "본인 차량번호", "직원 차량번호", "방문자 차량번호", "배송 차량번호"),
        "brn": ("업체 사업자번호", "회사 사업자번호", "고객사 사업자번호", "대리점 사업자번호", "협력사 사업자등록번호", "점포 사업자번호", "사업자번호(필수)", "가입자 사업자번호", "매장 사업자등록번호", "개인사업자 등록번호"),
        "wallet": ("고객 지갑주소", "개인지갑 주소", "코인지갑", "블록체인 지갑주소", "클레이튼 지갑주소", "이더리움 주소", "보유자 지갑주소", "수령지갑", "구매자 지갑주소", "지갑주소(수령용)"),
        "ip": ("IP주소", "접속자 IP", "최종로그인 IP", "회원 IP", "고객 IP", "신청자 IP", "회원 접속 IP", "최근 로그인 IP", "사용자 IP주소"),
        "device": ("기기 UUID", "기기 식별자", "기기 고유번호", "단말 식별자", "디바이스 UUID", "회원 기기ID", "모바일 기기 ID", "기기 아이디", "사용자 기기ID", "고객 광고식별자"),
    },
    "th": {
        "name": ("ชื่อ", "ชื่อ-สกุล", "ชื่อ นามสกุล", "ชื่อและนามสกุล", "ชื่อคนไข้", "ชื่อผู้เช่า", "ชื่อผู้กู้", "ชื่อผู้รับ", "ชื่อเจ้าของห้อง", "ชื่อนักเรียน", "ชื่อเจ้าของร้าน"),
        "nick": ("ชื่อไลน์", "ชื่อ LINE", "ชื่อในไลน์", "ชื่อโปรไฟล์ LINE", "ชื่อเล่นคนไข้", "ชื่อเล่นผู้เช่า", "ชื่อเล่นลูกบ้าน", "ชื่อไลน์ลูกค้า", "ชื่อเล่นผู้จอง", "ชื่อเล่นผู้เรียน"),
        "phone": ("เบอร์", "หมายเลขโทรศัพท์", "เบอร์โทรติดต่อ", "เบอร์ที่ติดต่อได้", "เบอร์ลูกค้า", "เบอร์คนไข้", "เบอร์โทรผู้เช่า", "เบอร์โทรผู้จอง", "เบอร์มือถือลูกค้า", "เบอร์โทรผู้รับ", "เบอร์โทรพนักงาน", "โทรศัพท์ลูกค้า"),
        "email": ("อีเมลผู้ใช้", "อีเมลสมาชิก", "อีเมลผู้จอง", "อีเมลผู้เช่า", "อีเมล์ลูกค้า", "ที่อยู่อีเมล์", "E-mail ลูกค้า", "อีเมลคนไข้", "อีเมลผู้ติดต่อ"),
        "birth": ("วัน/เดือน/ปีเกิด", "วันเกิดคนไข้", "วันเกิดพนักงาน", "วันเกิดผู้กู้", "วันเดือนปีเกิดลูกค้า", "วันเดือนปีเกิดผู้สมัคร", "วันเกิดผู้เช่า", "วันเดือนปีเกิดพนักงาน", "วันเดือนปีเกิดคนไข้", "วันเกิดผู้สมัคร"),
        "address": ("ที่อยู่ในการจัดส่ง", "ที่อยู่ตามบัตร", "ที่อยู่คนไข้", "ที่อยู่ผู้เช่า", "ที่อยู่พนักงาน", "ที่อยู่สมาชิก", "ที่อยู่ผู้สั่งซื้อ", "ที่อยู่ผู้กู้", "ที่อยู่จัดส่งลูกค้า", "ที่อยู่ปัจจุบันของลูกค้า"),
        "account": ("หมายเลขบัญชี", "บัญชีรับเงิน", "เลขที่บัญชีเงินเดือน", "เลขบัญชีลูกค้า", "เลขบัญชีพนักงาน", "เลขบัญชีผู้กู้", "เลขบัญชีคืนเงินประกัน", "เลขที่บัญชีลูกค้า", "เลขที่บัญชีพนักงาน", "บัญชีธนาคารลูกค้า"),
        "card": ("บัตรเครดิต", "เลขบัตรเดบิต", "เลขบัตรเครดิต/เดบิต", "บัตรเครดิตลูกค้า", "หมายเลขบัตรเครดิตผู้จอง", "บัตรเครดิต/เดบิต", "หมายเลขบัตรเครดิตลูกค้า", "เลขที่บัตรเครดิตลูกค้า", "เลขบัตรเครดิตสมาชิก"),
        "tnin": ("เลขบัตรประจำตัวประชาชน", "หมายเลขบัตรประจำตัวประชาชน", "รหัสบัตรประชาชน", "เลขประชาชน", "เลขที่บัตร ปชช.", "เลขบัตรประชาชนผู้เช่า", "เลขบัตรประชาชนพนักงาน", "บัตรประชาชนผู้กู้", "เลขบัตรประชาชนสมาชิก", "เลขบัตรประชาชนคนไข้", "เลขประจำตัวประชาชนลูกค้า"),
        "laser": ("หมายเลขหลังบัตรประชาชน", "รหัสเลเซอร์ (Laser Code)", "Laser ID หลังบัตร", "เลขหลังบัตรลูกค้า", "เลขหลังบัตรประชาชนลูกค้า", "เลขหลังบัตรประชาชนผู้กู้", "รหัสหลังบัตรประชาชนลูกค้า", "เลขหลังบัตร (Laser)", "รหัสเลเซอร์หลังบัตร", "รหัสเลเซอร์ลูกค้า"),
    },
    "cn": {
        "name": ("名字", "用户姓名", "业主姓名", "游客姓名", "新娘姓名", "持卡人姓名", "司机姓名", "预约人", "租户姓名", "本人姓名", "报名姓名", "订房人姓名"),
        "nick": ("微信名", "客户昵称", "学员昵称", "小程序昵称", "微信用户昵称", "评价人昵称", "花名", "顾客昵称", "家长昵称"),
        "phone": ("电话", "电话号码", "客户电话", "客户手机", "联系手机号", "收货人电话", "业主电话", "家长电话", "员工手机号", "预约手机号", "绑定手机号", "租户电话"),
        "email": ("邮箱地址", "电子邮件地址", "用户邮箱", "绑定邮箱", "公司邮箱", "邮箱账号", "会员邮箱", "联系人邮箱", "员工邮箱", "家长邮箱"),
        "birth": ("出生年月", "出生日", "用户生日", "客户生日", "学生生日", "宝宝生日", "公历生日", "员工出生日期", "游客出生日期"),
        "address": ("现居地址", "常住地址", "配送地址", "收件人地址", "上门地址", "寄件地址", "业主住址", "用户地址", "客户住址", "联系人地址", "租户住址"),
        "card": ("银行卡", "银行卡号码", "付款银行卡号", "员工银行卡号", "提现银行卡", "退款卡号", "客户银行卡号", "会员银行卡号", "退款银行卡号", "提现银行卡号"),
        "cnid": ("居民身份证号码", "客户身份证号", "会员身份证", "员工身份证号", "业主身份证号", "游客身份证号", "入住人身份证号", "监护人身份证号", "司机身份证号", "证件编号", "有效证件号码"),
        "cnpass": ("护照", "因私护照号", "本人护照号", "客户护照号", "游客护照号", "旅客护照号码", "员工护照号码", "护照证件号", "护照号（必填）"),
        "iban": ("IBAN号", "IBAN账户", "收款方IBAN", "代理商IBAN", "海外账户IBAN", "付款方IBAN", "合作方IBAN", "海外收款IBAN", "收款账号IBAN", "银行IBAN号"),
    },
}  # fmt: skip

#: messengers, mails, notes; what has no shape of its own (a name, an address) ends its line, or stands in quotes
LINES: dict[str, tuple[str, ...]] = {
    "kr": (
        "배송 기사님이 {phone} 번으로 세 번 걸었는데 안 받으셨대요", "[상담이력] 고객 요청으로 {phone} 에 약관 URL 문자 발송함", "번호 바뀌셨답니다. 기존 번호 지우고 {phone} 로 수정해주세요", "예약자 연락처 {phone} / 금요일 2시 초진 / 주차 문의", "당첨자 {phone} 기프티콘 미수신 → 재발송 완료",
        "메일은 {email} 여기로 보내주세요", "견적서 {email} 로 부탁드려요!", "회원탈퇴 요청 접수 ({email}) 14일 내 파기 예정", "RE: 로그인 오류 - 계정 {email} 비밀번호 초기화했습니다", "위임장 접수함. 위임인 주민등록번호 {rrn}, 신분증 사본 확인",
        "기부금영수증 때문에 주민등록번호 여쭤보니 {rrn} 불러주심", "팩스 신청서에 주민번호가 {rrn} 라고 적혀 있는데 맞나요?", "원천징수 대상자 주민번호 {rrn} 입력 오류 (PAY-130)", "외국인 고객 개통 건, 외국인등록번호 {frn} 체류기간 만료 확인 필요", "외국인등록증 번호 {frn} 로 실명확인 실패",
        "민팅 대상자 확인 부탁드립니다. CI: {ci}", "본인인증 다시 했는데 연계정보가 다르게 나옵니다 (이전값 {ci})", "UPDATE member SET ci = '{ci}' WHERE member_id = 20481; -- 수동 보정", "DI 중복 조회 결과 1건, DI : {di}", "환불 계좌 {account} (본인명의) 로 입금 부탁드립니다", "보증금 반환 계좌번호 {account} 맞는지 통화 완료",
        "정기후원 카드 변경 - 새 카드번호 {card}, 유효기간은 따로 받음", "결제 오류 문의, 고객이 불러준 카드번호 {card}", "체크인 때 여권번호 {passport} 로 등록했습니다", "해외송금 신청 여권번호 {passport} 사진 흐림, 재요청", "카셰어링 가입 보류. 면허번호 {licence} 이름 불일치", "운전면허번호 {licence} 진위확인 성공",
        "방문차량 등록해 주세요 {plate} 오늘 저녁까지요", "차량번호 {plate} 이중주차 민원 들어왔습니다", "세금계산서 발행 요청 / 사업자번호 {brn} / 3월분", "NFT 안 들어왔어요 제 지갑 주소는 {wallet} 입니다", "에어드랍 누락자 지갑 {wallet} 수동 전송했어요", "동일 IP {ip} 에서 쿠폰 40회 사용", "푸시 안 오는 테스트 단말 광고식별자 {device}",
        "문의자 닉네임: {nick}", "신고 접수, 판매자 닉네임 '{nick}'", "예약자 성함: {name}", "신청인 : {name}", "고객명 - {name}", "고객 생년월일 : {birth}", "배송지 변경 요청, 새 주소: {address}", "방문 주소 : {address}",
    ),
    "th": (
        "ลูกค้าแจ้งเปลี่ยนเบอร์เป็น {phone} แล้วค่ะ", "โทรยืนยันนัดพรุ่งนี้ 10 โมง {phone}", "โอนแล้วค่ะแอดมิน เบอร์ {phone} ส่งเคอรี่นะคะ", "ส่งใบเสร็จไปที่ {email} แล้วครับ", "ลูกบ้านห้อง 12/45 อีเมล {email} ขอรหัสเข้าแอปใหม่", "ทำสัญญาเช่า เลขบัตรประชาชนผู้เช่า {tnin}",
        "เช็คเครดิตบูโร เลขบัตรประชาชน {tnin} ผ่าน", "คนไข้ใหม่ บัตรประชาชน {tnin} สิทธิประกันสังคม", "ยืนยันตัวตนไม่ผ่าน Laser Code {laser} ไม่ตรง", "เลขหลังบัตรประชาชน {laser} ลูกค้าส่งรูปมาใหม่แล้ว", "ชื่อผู้จอง: {name}", "ชื่อ-สกุล : {name}", "ชื่อเล่นคนไข้: {nick}", "ที่อยู่จัดส่ง : {address}",
        "ลูกค้าขอแก้ที่อยู่: {address}", "คืนเงินมัดจำ เลขบัญชี {account} กรุงไทย", "โอนค่าคอมเข้าบัญชีเลขที่ {account} แล้ว", "ลูกค้าขอยกเลิกตัดบัตรเครดิต {card}", "วันเกิดสมาชิก : {birth}",
    ),
    "cn": (
        "业主电话 {phone} 厨房漏水报修，下午上门", "客户说旧号停了，新手机号 {phone}", "试课预约 {phone} 周六上午", "合同扫描件已发到 {email}", "邮箱 {email} 一直收不到验证码", "入园实名登记，身份证号 {cnid}", "报名表里身份证号码 {cnid} 末位填错了", "司机身份证 {cnid} 已备案", "select id from t_order where id_card = '{cnid}';",
        "客户姓名：{name}", "新娘姓名：{name}", "微信昵称：{nick}", "评论用户昵称“{nick}”申请删除", "地址填错了，改寄到收货地址：{address}", "家庭地址：{address}", "报销款打到银行卡 {card} 了吗", "收款卡号 {card} 户名不一致被退回", "签证材料：护照号 {cnpass} 缺照片页", "出票失败，护照号码{cnpass}已过期", "会员生日：{birth}",
        "尾款请付到 IBAN {iban}",
    ),
}  # fmt: skip
#: nobody's data, among them
IDLE: dict[str, tuple[str, ...]] = {
    "kr": (
        "내일 CI 서버 점검이라 배포 못 합니다", "닉네임 중복확인 버튼이 모바일에서 안 눌립니다", "연락처 필드 하이픈 자동입력 넣어주세요", "이메일 템플릿 시안 3번으로 확정", "주민번호 수집 동의 문구 법무 검토 중", "생일 쿠폰 발송 배치는 매일 오전 9시", "카드 등록 화면 QA 12건 남음", "계좌 실명조회 수수료 건당 50원",
        "여권 스캔 앱 iOS 18 대응 필요", "차량 진입 시 LPR 카메라 3번 고장", "사업자 휴폐업 조회 API 일 1,000건 제한", "지갑 생성 평균 2.3초 걸리네요", "주소 검색 팝업 크기 500x600", "고객명 컬럼 길이 50 → 100 으로 늘렸습니다", "IP 차단 정책은 보안팀이랑 협의하세요", "로그인 실패 5회면 잠금 30분",
        "select count(*) from member where ci is not null; -- 48,210", "면허 인증 연동은 2차 오픈 범위입니다",
    ),
    "th": (
        "ระบบจองคิวล่มตั้งแต่ 9:15", "ฟอร์มสมัครให้กรอกเบอร์โทร 10 หลักเท่านั้น", "แก้คำว่าชื่อเล่นในหน้าโปรไฟล์ด้วย", "ค่าส่วนกลางเดือนนี้ 2,450 บาท", "เครื่องรูดบัตรสัญญาณหลุดบ่อย", "ส่งอีเมลโปรโมชันรอบเดือนเกิดแล้ว 318 ฉบับ", "เลขที่สัญญา LN-2568-00412 ค้าง 2 งวด",
        "ตัวอย่างบัตรประชาชนในคู่มือต้องเบลอ", "ปิดปรับปรุงแอปคืนนี้ 01.00-03.00 น.",
    ),
    "cn": (
        "小程序昵称授权接口下线了，改头像昵称填写", "手机号校验正则要支持 19 段", "物业费账单 4 月 10 日出", "订单 20250418-0093 改期到周日", "身份证 OCR 余额不足 500 次", "银行卡四要素认证涨价了", "护照有效期校验改成 6 个月", "收货地址选择器省市区数据更新", "生日弹窗只弹一次",
        "邮箱服务器迁移，今晚停 20 分钟",
    ),
}  # fmt: skip
#: messages of a service's log; a time and a host are put before them
LOGS: dict[str, tuple[str, ...]] = {
    "kr": (
        'member.join request userNm="{name}" memberPhone={phone} memberEmail={email}', "PassAuthService result ok ciData={ci} diKey={di}", "iamport certification imp_uid=imp_402918340217 unique_key={ci} unique_in_site={di}", "WARN duplicated member ci={ci} existingMemberId=20481", "MemberRepository.findByCi miss ciVal={ci}",
        "alimtalk send receiverPhone={phone} templateCode=ORDER_DONE result=K000", "sms.send fail userPhone={phone} code=4400", "login success memberEmail={email} userIp={ip}", "password reset mail queued to={email}", "java.sql.SQLIntegrityConstraintViolationException: Duplicate entry '{email}' for key 'users.uk_user_mail'",
        "org.hibernate.orm.jdbc.bind : binding parameter [3] as [VARCHAR] - [{email}]", "claim.create residentRegNo={rrn} claimType=OUTPATIENT", "donation.receipt.issue custRrn={rrn} year=2025 result=OK", "immigration.check foreignerRegNo={frn} result=VALID", "mint requested userWalletAddress={wallet} tokenId=1182", "nft.transfer submitted recipientWallet={wallet} gas=25gwei",
        "refund.request refundAcctNo={account} bank=088 amount=39000", "billing key issue failed cardNbr={card} msg=한도초과", "rental.verify driversLicenseNo={licence} result=MATCH", "gate.open licensePlateNo={plate} lot=B2", "hometax.status bizRegNo={brn} taxType=01", "booking.confirm guestPassportNo={passport} room=1204", "push.token.save userDeviceUuid={device} os=iOS",
        "rate limit exceeded userIp={ip} path=/api/coupon", 'nickname.change userNickname="{nick}" memberId=20481', 'order.created recipientName="{name}" deliveryAddr="{address}" orderId=88213', 'member.profile.update userBirthDate="{birth}" memberId=20481',
    ),
    "th": (
        "appointment.create contactPhone={phone} slot=10:30", "patient.lookup citizenIdNo={tnin} found=1", "dopa.verify citizenIdNo={tnin} laserCodeNo={laser} result=4", 'line.profile.sync lineDisplayName="{nick}" follow=true', 'booking.new guestName="{name}" memberPhone={phone}', "mail.sent custEmail={email} template=booking_confirm",
        'flash.create_order receiverAddr="{address}" weight=1.2', "payroll.export payoutAccountNo={account} bank=KTB", "omise.charge payCardNumber={card} failure=insufficient_fund", 'member.update memberBirth="{birth}" tier=SILVER', "otp.request mobilePhone={phone} ref=KXWQ",
    ),
    "cn": (
        "realname.verify identityNo={cnid} result=1", "pms.checkin guestIdCardNo={cnid} room=0806", "aliyun SendSms customerPhone={phone} Code=OK", "### Error updating database.  Cause: Duplicate entry '{phone}' for key 'uk_user_phone'", 'express.create recipientName="{name}" recipientAddress="{address}"', "mail.send 失败 userEmailAddr={email} 550 user not found",
        "pay.withdraw bankCardNo={card} status=FAIL", "visa.apply customerPassport={cnpass} step=2", "settle.overseas receiverIban={iban} currency=EUR", 'comment.add userNickname="{nick}" score=5', 'student.save userBirthday="{birth}" class=3',
    ),
}  # fmt: skip
IDLE_LOGS = (
    "HikariPool-1 - Pool stats (total=10, active=2, idle=8, waiting=0)", "ci.pipeline finished status=success duration=312s", "nickname.validator loaded patterns=214", "mail.queue size=0 worker=idle", "Started MemberApplication in 8.412 seconds (process running for 9.1)", "phone.verification.cleanup expired=37",
    "card.company.sync updated=0 skipped=24", "address.geocode cache hit=0.93 size=20000", "o.s.web.servlet.DispatcherServlet : Completed initialization in 2 ms", "wallet.balance.job done wallets=1520 elapsed=41s", "birthday.point.batch targets=118 success=118", "ip.blacklist refreshed entries=842",
    "passport.reader heartbeat ok", "redis.clients.jedis.exceptions.JedisConnectionException: Could not get a resource from the pool", "account.transfer.limit loaded rules=6",
)  # fmt: skip
#: who talks in a messenger's export
TALKERS: dict[str, tuple[str, ...]] = {
    "kr": ("상담1팀", "개발 박대리", "제휴사 담당"),
    "th": ("แอดมิน 1", "P'Nan", "นิติบุคคล"),
    "cn": ("客服小美", "技术支持", "物业前台"),
}


def _stamp(chance: Random) -> str:
    return f"20{chance.randint(19, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} {chance.randrange(24):02}:{chance.randrange(60):02}:00"


#: class → (Latin names, local names by country, how a value is made): fields named after personal data, and holding none
DECOYS: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]], Callable[[Random], str]]] = {
    "count": (
        ("phone change count", "email send count", "nickname change count", "address change cnt", "registered card count", "wallet count", "passport scan count", "ip block count"),
        {"kr": ("등록카드수", "이메일 발송건수"), "th": ("จำนวนการโทร", "จำนวนบัตรที่ผูก"), "cn": ("绑卡数量",)},
        lambda r: str(r.randint(0, 60)),
    ),
    "yes or no": (
        ("ci auth yn", "email verified yn", "phone verify yn", "account verified yn", "passport verified yn", "birthday coupon yn", "default address yn", "wallet verified", "foreigner yn"),
        {"kr": ("본인인증여부", "외국인여부", "기본배송지여부", "계좌인증여부"), "th": ("ยืนยันเบอร์แล้ว", "ยืนยันอีเมลแล้ว"), "cn": ("是否实名", "手机是否验证", "是否默认地址")},
        lambda r: r.choice(("Y", "N")),
    ),
    "moment": (
        ("email verified at", "ci verified at", "address updated at", "card registered at", "wallet created at", "last device check at"),
        {"kr": ("본인인증일시", "닉네임 수정일시", "카드 등록일시"), "th": ("วันที่ยืนยันอีเมล", "วันที่แก้ไขที่อยู่"), "cn": ("手机绑定时间", "实名认证时间", "地址更新时间")},
        _stamp,
    ),
    "day": (
        ("passport expiry date", "passport issue date", "license expire date", "license issue date", "card issue date", "contract start date"),
        {"kr": ("카드 발급일",), "th": ("วันที่ออกบัตร",), "cn": ("身份证有效期至",)},
        lambda r: _stamp(r)[:10],
    ),
    "type": (
        ("phone type", "account type", "id card type", "card type cd", "name type", "identity type"),
        {"kr": ("카드종류코드", "신분증 종류"), "cn": ("证件类型",)},
        lambda r: f"{r.randint(1, 9):02}",
    ),
    "issuer": (("card company", "card issuer", "card company name"), {"kr": ("카드사", "카드사명"), "th": ("ธนาคารผู้ออกบัตร",), "cn": ("发卡行",)}, lambda r: r.choice(("SHINHAN", "KB", "HYUNDAI", "KTC", "ICBC", "CMB"))),
    "bank": (("bank code", "refund bank code", "account bank name"), {"kr": ("환불은행", "입금은행"), "th": ("ธนาคาร", "ชื่อธนาคาร"), "cn": ("开户行",)}, lambda r: r.choice(("WOORI", "NH", "BBL", "KTB", "CCB", "ABC"))),
    "carrier": (("mobile carrier", "telecom"), {"kr": ("이동통신사",), "cn": ("运营商",)}, lambda r: r.choice(("SKT", "KT", "LGU", "AIS", "TRUE", "CMCC"))),
    "thing": (
        ("hotel name", "course name", "campaign name", "clinic name", "plan name", "room name"),
        {"kr": ("상품이름", "강좌명", "캠페인명", "요금제명"), "th": ("ชื่อแพ็กเกจ", "ชื่อสาขา", "ชื่อโครงการ"), "cn": ("课程名称", "套餐名称", "小区名称")},
        lambda r: r.choice(("Basic Plan", "Summer Sale 2025", "Riverside", "Standard Twin", "Yoga Starter", "5G Basic")),
    ),
    "post code": (("zip code", "postal code", "post no", "receiver zip code"), {"kr": ("우편번호", "배송지 우편번호"), "th": ("รหัสไปรษณีย์",)}, lambda r: f"{r.randint(1000, 63999):05}"),
    "age": (("age", "user age", "guest age"), {"kr": ("나이", "연령", "만나이"), "th": ("อายุ",), "cn": ("年龄",)}, lambda r: str(r.randint(14, 82))),
    "sex": (("gender", "sex", "gender cd"), {"kr": ("성별", "고객 성별"), "th": ("เพศ",), "cn": ("性别",)}, lambda r: r.choice(("M", "F"))),
    "number": (
        ("member no", "customer no", "employee no", "student no", "patient no"),
        {"kr": ("회원번호", "고객번호", "사번", "학번", "환자번호"), "th": ("รหัสสมาชิก", "รหัสพนักงาน"), "cn": ("会员编号", "学号", "工号")},
        lambda r: str(r.randint(100_000, 899_999)),
    ),
    "picture": (
        ("profile image url", "license photo url", "id card image"),
        {"kr": ("신분증 사진", "여권 사본 경로"), "th": ("รูปบัตรประชาชน",), "cn": ("身份证照片", "头像地址")},
        lambda r: f"/upload/{r.randint(2021, 2026)}/{r.randint(1, 12):02}/{r.randint(1000, 99_999)}.jpg",
    ),
    "model": (("phone model", "device name"), {"kr": ("단말기 모델", "휴대폰 기종"), "th": ("รุ่นโทรศัพท์",)}, lambda r: r.choice(("SM-S928N", "iPhone 15", "SM-A546E", "Redmi Note 13", "iPhone 13 mini"))),
    "car": (("car model", "vehicle type", "car name"), {"kr": ("차종", "차량모델명"), "th": ("รุ่นรถ",), "cn": ("车型",)}, lambda r: r.choice(("SONATA", "K5", "MODEL 3", "CIVIC", "YARIS", "BYD HAN"))),
    "wallet kind": (("wallet type", "wallet provider", "wallet network"), {"kr": ("지갑종류", "지갑 네트워크"), "cn": ("钱包类型",)}, lambda r: r.choice(("METAMASK", "KLIP", "KAIKAS", "POLYGON", "ETH"))),
    "domain": (("email domain", "mail domain"), {"kr": ("이메일 도메인", "메일 서비스"), "cn": ("邮箱域名",)}, lambda r: r.choice(("naver.com", "gmail.com", "hotmail.com", "qq.com", "163.com"))),
    "nation": (("nationality", "passport nation", "nation cd"), {"kr": ("국적", "국적코드"), "th": ("สัญชาติ",), "cn": ("国籍",)}, lambda r: r.choice(("KOR", "THA", "CHN", "USA", "VNM", "JPN"))),
}  # fmt: skip
DECOY_RATE = 0.35
"""How many of the judging seeds' tables with names have one such column."""
JUDGING = 100
"""The first judging seed."""


def decoy(chance: Random, country: str, style: str) -> tuple[str, str, Callable[[Random], str]]:
    """A class, a name (words still, if Latin) and what makes its values."""
    kind = chance.choice(list(DECOYS))
    latin, local, make = DECOYS[kind]
    return kind, chance.choice(local[country] if style == "local" and country in local else latin), make
