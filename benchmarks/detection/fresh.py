"""Names of fields and sentences for the judging seeds (100 and above) only: nobody who works on rules is shown their failures.

The developing seeds (below 100) draw from `headers.py` and `prose.py`, whose failures are printed name by name; an auditor
that learned those names by heart fails here. Once failures of these seeds have been handed to anybody, write new ones.

The vocabulary of 22 November 2026, fifth of that day: it replaces four that were spent. No name is in the developing
vocabulary and at most a fifth in the fourth; all sentences are new. Its author had read neither `rules/` nor
`auditor/detectors/` nor any list of failures.

Where names come from: the projects such vendors do (bank NFT wallets, insurance, hospitals, deliveries, schools, recruiting,
charities, car sharing, events, tickets, hotels, used goods; Thai clinics, lenders, condominiums, LINE shops; Chinese schools,
logistics, property management, travel, mini programs), named as is usual there: mostly a plain word or one with its owner
before it, some abbreviated (`mem`, `usr`), a few of the public sector's standard terms. `LATIN` is spelt in the table's
style, `LOCAL` as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

LATIN: dict[str, tuple[str, ...]] = {
    "ci": ("mem ci", "usr ci", "user ci value", "cust ci val", "mem ci val", "mbr ci", "customer ci", "cert ci", "ci info", "ci code", "kcb ci", "conn info val", "self auth ci", "buyer ci"),
    "di": ("mem di", "usr di", "user di value", "cust di val", "di info", "di code", "dup info val", "user dup info", "nice di value", "ipin di", "kcb di", "member di"),
    "rrn": ("jumin num", "jumin bunho", "user jumin", "member jumin no", "cust jumin", "cust rrn", "emp ssn", "user ssn", "resident number", "resident regist no", "insured rrn", "patient rrn", "rrn no", "owner jumin no"),
    "frn": ("foreigner num", "foreigner number", "foreigner registration no", "foreigner regist no", "alien registration no", "alien regist no", "alien card no", "arc no", "arc number", "user frn", "emp frn", "patient frn", "foreigner reg no"),
    "name": ("user name", "cust name", "mem name", "mem nm", "employee name", "patient name", "student name", "client name", "receiver nm", "sender name", "contact name", "passenger name", "orderer name", "flnm"),
    "nick": ("user nickname", "mem nick", "mem nick nm", "usr nick", "user nick nm", "profile nickname", "author nickname", "writer nick", "friend nickname", "chat nick", "sender nickname", "reviewer nickname", "player nickname"),
    "phone": ("mobile no", "phone num", "mobile num", "mobile phone", "mobile phone number", "cell phone no", "contact number", "user hp", "cust hp no", "cust phone", "mem phone", "receiver mobile", "guest phone", "mbl telno"),
    "email": ("email address", "user email address", "mem email", "usr email", "customer email", "login email", "guest email", "student email", "mbr email", "mem mail", "receipt email", "eml addr"),
    "birth": ("birth dt", "user birthday", "bday", "user bday", "user dob", "mem birth", "mem birthday", "cust birthday", "child birth date", "student birth date", "patient birth date", "insured birth date", "driver birth date", "brdt"),
    "address": ("home address", "street address", "addr1", "recv addr", "receiver address", "shipping addr", "ship addr", "cust address", "mem addr", "residence address", "current address", "patient address", "full addr", "billing address"),
    "account": ("acc no", "bank account no", "bank account number", "bank acc no", "refund acc no", "refund bank account", "salary account no", "transfer account no", "payee account no", "deposit acct no", "seller account no", "emp account no", "actno"),
    "card": ("credit card number", "credit card num", "credit card", "cc number", "cc no", "card pan", "payment card number", "billing card number", "pay card num", "user card number", "customer credit card no", "auto pay card no"),
    "passport": ("passport num", "user passport no", "cust passport", "mem passport no", "traveler passport no", "tourist passport no", "guest passport no", "passenger passport number", "student passport no", "psprt no", "patient passport no"),
    "licence": ("driver license", "driver license number", "driver license num", "driver licence no", "driving license", "drive license no", "drv lic no", "driver lic no", "dl number", "rider license no", "user driver license no", "member driver license"),
    "plate": ("license plate", "license plate number", "plate no", "plate num", "car number", "car num", "vehicle number", "vehicle reg no", "car reg no", "visitor car no", "parking car no", "vhcl no", "user car no"),
    "brn": ("business no", "business number", "business reg number", "business license no", "biz num", "biz reg no", "biz reg number", "saupja no", "seller biz no", "shop biz no", "vendor biz no", "comp biz no", "brno"),
    "wallet": ("user wallet addr", "mem wallet addr", "crypto wallet address", "crypto address", "coin address", "blockchain address", "holder wallet address", "buyer wallet address", "to wallet address", "mint wallet address", "airdrop wallet address", "deposit wallet address", "user wallet address"),
    "tnin": ("id card number", "guarantor citizen id", "citizen id no", "citizen card no", "citizen id card", "national id no", "thai id no", "thai citizen id", "thai national id", "customer national id", "patient citizen id", "employee citizen id", "borrower citizen id", "tenant citizen id"),
    "laser": ("laser no", "laser number", "laser code no", "id card laser", "id card laser code", "laser id no", "id card back no", "id card back code", "customer laser code", "borrower laser code", "ekyc laser code", "dopa laser code"),
    "cnid": ("id card num", "id card number", "id num", "id number", "identity card no", "identity num", "sfzhm", "sfz no", "identity card num", "user id card", "user id card no", "customer id card no", "passenger id card", "emp id card"),
    "cnpass": ("passport num", "passport id", "guest passport number", "passenger passport", "traveler passport", "traveler passport no", "student passport", "customer passport no", "visa passport no", "contact passport no", "huzhao", "huzhao no"),
    "iban": ("iban no", "iban number", "bank iban", "account iban", "payee iban", "supplier iban", "vendor iban", "refund iban", "payout iban", "creditor iban", "customer iban", "beneficiary iban no"),
    "ip": ("ip addr", "access ip", "remote ip", "conn ip", "join ip", "signup ip", "login ip address", "client ip address", "request ip", "regist ip", "writer ip", "mem ip", "user ip", "x forwarded for"),
    "device": ("device uuid", "device id", "user device id", "mobile device id", "phone uuid", "device identifier", "google ad id", "google advertising id", "android ad id", "ios idfa", "idfv", "login device id", "mem device id"),
}  # fmt: skip
LOCAL: dict[str, dict[str, tuple[str, ...]]] = {
    "kr": {
        "ci": ("CI 정보", "회원CI", "고객 CI값", "사용자CI값", "CI(연계정보)", "연계정보 값", "본인확인 CI", "본인인증 CI값", "휴대폰 본인인증 CI", "가입자 CI", "이용자 CI", "CI코드", "고객CI"),
        "di": ("회원DI", "본인인증 DI", "본인인증 DI값", "가입자 DI", "이용자 DI", "DI코드", "중복확인정보", "중복확인정보(DI)", "중복가입확인값", "중복가입확인코드", "고객DI"),
        "rrn": ("주민등록번호(전체)", "주민등록번호(필수)", "주민번호 13자리", "직원 주민번호", "사원 주민등록번호", "계약자 주민번호", "피보험자 주민번호", "환자 주민번호", "소득자 주민등록번호", "대표자 주민번호", "세대주 주민번호", "수익자 주민등록번호", "고객 주민번호"),
        "frn": ("외국인번호", "외국인등록증번호", "외국인등록번호(필수)", "외국인 주민번호", "근로자 외국인등록번호", "환자 외국인등록번호", "가입자 외국인등록번호", "유학생 외국인등록번호", "사원 외국인등록번호", "계약자 외국인등록번호"),
        "name": ("성함", "주문자", "주문자명", "수취인명", "예약자명", "환자명", "학생 이름", "사원명", "계약자명", "입금자명", "대표자 성명", "당첨자명", "보호자 성명", "회원 이름"),
        "nick": ("작성자 닉네임", "커뮤니티 닉네임", "채팅 닉네임", "게임 닉네임", "활동 닉네임", "앱 닉네임", "리뷰어 닉네임", "멤버 닉네임", "당첨자 닉네임", "사용자 닉네임", "닉네임명"),
        "phone": ("핸드폰번호", "전화", "주문자 연락처", "수령인 연락처", "수취인 전화번호", "예약자 전화번호", "환자 연락처", "보호자 연락처", "학부모 연락처", "참가자 휴대폰", "직원 연락처", "휴대폰번호(-없이)", "연락처1", "고객 연락처"),
        "email": ("메일주소", "이메일(필수)", "이메일(ID)", "로그인 이메일", "가입 이메일", "담당자 이메일", "주문자 이메일", "사용자 이메일", "수강생 이메일", "환자 이메일", "참가자 이메일", "고객 이메일"),
        "birth": ("출생년월일", "출생일자", "생년월일(필수)", "생년월일(양력)", "회원생일", "환자 생년월일", "학생 생년월일", "자녀 생년월일", "계약자 생년월일", "피보험자 생년월일", "사원 생년월일", "고객 생년월일"),
        "address": ("집주소", "배송주소", "수령지 주소", "수취인 주소", "주문자 주소", "받는분 주소", "전체주소", "실거주 주소", "환자 주소", "직원 주소", "학생 주소", "우편물 수령주소", "고객 주소"),
        "account": ("본인 계좌번호", "급여 계좌번호", "정산 계좌번호", "출금 계좌번호", "자동이체 계좌번호", "수취계좌", "지급계좌", "통장번호", "판매자 계좌번호", "보험금 수령계좌", "보증금 환불계좌", "사원 급여계좌", "은행 계좌번호"),
        "card": ("등록카드번호", "정기결제 카드번호", "자동결제 카드번호", "체크카드번호", "법인카드번호", "신용/체크카드번호", "카드번호(전체)", "승인 카드번호", "보험료 결제카드번호", "예약보증 카드번호", "해외결제 카드번호"),
        "passport": ("여권 No", "여행자 여권번호", "탑승객 여권번호", "투숙객 여권번호", "예약자 여권번호", "참가자 여권번호", "학생 여권번호", "환자 여권번호", "계약자 여권번호", "전자여권번호", "고객 여권번호"),
        "licence": ("운전면허증번호", "자동차운전면허번호", "운전면허번호(필수)", "운전자 면허번호", "라이더 면허번호", "임차인 운전면허번호", "직원 운전면허번호", "차주 운전면허번호", "대여자 운전면허번호", "기사 운전면허번호", "회원 운전면허번호"),
        "plate": ("차번호", "자동차등록번호", "차량등록번호", "방문차량번호", "입주민 차량번호", "등록차량번호", "고객 차량번호", "렌트 차량번호", "정기주차 차량번호", "기사 차량번호", "내 차량번호", "자동차번호"),
        "brn": ("사업자등록번호(필수)", "사업자번호(10자리)", "사업자등록증번호", "개인사업자번호", "거래처 사업자번호", "가맹점 사업자번호", "판매자 사업자번호", "입점업체 사업자번호", "공급받는자 사업자번호", "병원 사업자번호", "회사 사업자번호"),
        "wallet": ("회원 지갑주소", "사용자 지갑주소", "NFT 지갑주소", "코인 지갑주소", "전자지갑 주소", "디지털지갑 주소", "암호화폐 지갑주소", "출금 지갑주소", "에어드랍 지갑주소", "당첨자 지갑주소", "민팅 지갑주소", "고객 지갑주소"),
        "ip": ("로그인IP", "가입IP", "등록IP", "작성자 IP", "클라이언트 IP", "접속 아이피", "최종 접속 IP", "이용자 IP", "요청 IP", "IP주소"),
        "device": ("기기ID", "단말기 ID", "단말기 고유번호", "단말기 식별번호", "단말 UUID", "휴대폰 UUID", "디바이스ID", "디바이스 고유값", "등록기기 ID", "구글 광고ID", "기기 식별자"),
    },
    "th": {
        "name": ("ชื่อ-สกุล", "ชื่อจริง-นามสกุล", "ชื่อเต็ม", "ชื่อผู้ป่วย", "ชื่อผู้จอง", "ชื่อสมาชิก", "ชื่อพนักงาน", "ชื่อผู้ติดต่อ", "ชื่อผู้เข้าพัก", "ชื่อผู้รับสินค้า", "ชื่อผู้ค้ำประกัน", "ชื่อผู้ปกครอง", "ชื่อลูกบ้าน"),
        "nick": ("ชื่อเล่นลูกค้า", "ชื่อเล่นพนักงาน", "ชื่อเล่นนักเรียน", "ชื่อเล่นสมาชิก", "ชื่อเล่นผู้ป่วย", "ชื่อเล่นผู้สมัคร", "ชื่อเล่นภาษาไทย", "ชื่อเล่นน้อง", "ชื่อเล่น (Nickname)", "ชื่อเล่นคนไข้"),
        "phone": ("โทร.", "โทรศัพท์", "มือถือ", "เบอร์ติดต่อ", "เบอร์โทรลูกค้า", "เบอร์โทรศัพท์มือถือ", "หมายเลขมือถือ", "เบอร์โทรสมาชิก", "เบอร์โทรคนไข้", "เบอร์ผู้รับ", "เบอร์โทรลูกบ้าน", "เบอร์ผู้ปกครอง", "หมายเลขโทรศัพท์"),
        "email": ("อีเมลติดต่อ", "อีเมลลูกค้า", "อีเมลพนักงาน", "อีเมลผู้สมัคร", "อีเมลผู้ป่วย", "อีเมลผู้เข้าพัก", "อีเมล์ติดต่อ", "อีเมล์สมาชิก", "ที่อยู่อีเมล", "อีเมล (E-mail)", "อีเมลผู้จอง"),
        "birth": ("วันที่เกิด", "ว/ด/ป เกิด", "ว.ด.ป. เกิด", "วัน-เดือน-ปีเกิด", "วันเกิดลูกค้า", "วันเกิดสมาชิก", "วันเกิดผู้ป่วย", "วันเกิดนักเรียน", "วันเดือนปีเกิดสมาชิก", "วันเดือนปีเกิดผู้ป่วย", "วันเดือนปีเกิดผู้กู้", "วัน/เดือน/ปีเกิด"),
        "address": ("ที่อยู่ตามบัตรประชาชน", "ที่อยู่ตามทะเบียนบ้าน", "ที่อยู่ลูกค้า", "ที่อยู่จัดส่งสินค้า", "ที่อยู่สำหรับจัดส่ง", "ที่อยู่ผู้รับ", "ที่อยู่บ้าน", "ที่อยู่ที่ติดต่อได้", "ที่อยู่ส่งเอกสาร", "ที่อยู่ผู้ป่วย", "ที่อยู่ผู้สมัคร", "ที่อยู่นักเรียน"),
        "account": ("เลขบัญชีธนาคาร", "เลขที่บัญชีธนาคาร", "หมายเลขบัญชีธนาคาร", "เลขบัญชีเงินเดือน", "เลขบัญชีรับเงิน", "เลขบัญชีคืนเงิน", "เลขบัญชีผู้รับโอน", "เลขบัญชีสมาชิก", "เลขที่บัญชีผู้รับเงิน", "เลขบัญชีร้านค้า", "หมายเลขบัญชี"),
        "card": ("เลขที่บัตรเครดิต", "หมายเลขบัตรเครดิต/เดบิต", "หมายเลขบัตรเดบิต", "เลขบัตรเครดิต 16 หลัก", "เลขบัตรเครดิตลูกค้า", "เลขบัตรเครดิตผู้จอง", "เลขบัตรเครดิตผู้เข้าพัก", "หมายเลขบัตรเครดิตสมาชิก", "หมายเลขบัตรที่ใช้ชำระเงิน", "บัตรเครดิต"),
        "tnin": ("หมายเลขบัตรประชาชน", "หมายเลขประจำตัวประชาชน", "เลขประจำตัวประชาชน 13 หลัก", "เลขบัตรประชาชน 13 หลัก", "เลขบัตร ปชช.", "เลข ปชช.", "เลขบัตรประชาชนลูกค้า", "เลขบัตรประชาชนผู้กู้", "เลขบัตรประชาชนผู้ป่วย", "เลขบัตรประชาชนผู้ค้ำ", "เลขประจำตัวประชาชนพนักงาน", "เลขบัตรประชาชนผู้เข้าพัก", "เลขบัตรประจำตัวประชาชน"),
        "laser": ("เลขหลังบัตรประชาชน", "รหัสหลังบัตร", "หมายเลขหลังบัตร", "เลขหลังบัตร ปชช.", "รหัสหลังบัตร ปชช.", "รหัสเลเซอร์", "รหัส Laser", "เลข Laser ID", "เลขเลเซอร์หลังบัตร", "เลเซอร์โค้ด", "หมายเลขหลังบัตรประชาชน"),
    },
    "cn": {
        "name": ("学生姓名", "家长姓名", "员工姓名", "会员姓名", "患者姓名", "乘客姓名", "收件人", "收货人姓名", "联系人姓名", "入住人姓名", "报名人姓名", "申请人", "寄件人姓名", "业主姓名"),
        "nick": ("微信昵称", "网名", "买家昵称", "卖家昵称", "粉丝昵称", "群昵称", "作者昵称", "发布人昵称", "账号昵称", "玩家昵称", "客户昵称"),
        "phone": ("用户手机号", "会员手机号", "注册手机号", "登录手机号", "预留手机号", "联系人电话", "联系人手机", "收货电话", "收件人手机号", "家长手机号", "业主手机号", "司机电话", "移动电话", "电话"),
        "email": ("电子邮件", "邮件地址", "联系邮箱", "注册邮箱", "客户邮箱", "个人邮箱", "企业邮箱", "接收邮箱", "学生邮箱", "常用邮箱", "Email地址", "员工邮箱"),
        "birth": ("出生年月日", "会员生日", "孩子生日", "生日日期", "生日（阳历）", "学生出生日期", "会员出生日期", "客户出生日期", "乘客出生日期", "儿童出生日期", "出生年月"),
        "address": ("详细地址", "家庭地址", "居住地址", "通讯地址", "户籍地址", "邮寄地址", "收件地址", "送货地址", "住宅地址", "客户地址", "员工住址", "学生家庭住址", "现住址"),
        "card": ("银行卡账号", "储蓄卡号", "借记卡号", "工资卡号", "收款银行卡号", "绑定银行卡号", "还款银行卡号", "结算银行卡号", "扣款银行卡", "业主银行卡号", "银行卡"),
        "cnid": ("身份证件号码", "公民身份号码", "居民身份证号", "本人身份证号", "学生身份证号", "家长身份证号", "租户身份证号", "乘客身份证号", "出行人身份证号", "报名人身份证号", "法人身份证号", "收货人身份证号", "客户身份证号"),
        "cnpass": ("护照编号", "护照No", "护照号码（选填）", "学生护照号", "乘客护照号", "出行人护照号", "申请人护照号", "入住人护照号", "会员护照号", "护照证件号码", "客户护照号"),
        "iban": ("IBAN账号", "IBAN号码", "IBAN码", "银行IBAN", "收款人IBAN", "受益人IBAN", "供应商IBAN", "客户IBAN", "境外账户IBAN", "国际银行账号(IBAN)", "IBAN号"),
    },
}  # fmt: skip

#: messengers, mails, notes; what has no shape of its own (a name, an address) ends its line, or stands in quotes
LINES: dict[str, tuple[str, ...]] = {
    "kr": (
        "기사님 연락 안 된다고 하셔서 고객님 번호 {phone} 전달드렸습니다", "부재중 2회, {phone} 오후 4시 이후 재통화 희망", "[문자발송] 수신 {phone} 내용 : 예약이 접수되었습니다", "중고거래 사기 신고 - 판매자 휴대폰 {phone} 로 등록된 계정 3개", "보호자 연락처 {phone} 로 하원 문자 안 간대요",
        "티켓 메일 못 받았다고 함. {email} 로 재발송했음", "지원서 접수 메일이 {email} 에서 반송됐어요 확인 부탁드려요", "계정 {email} 휴면 해제해 주세요", "입사서류 확인: 주민등록번호 {rrn} 등본이랑 일치", "실손 청구 건 피보험자 주민번호 {rrn} 전산 입력 완료", "4대보험 취득신고 반려됨, 주민번호 {rrn} 성명 상이",
        "외국인 환자 접수 - 외국인등록번호 {frn}, 건보 자격 없음", "알뜰폰 개통 문의. 외국인등록번호가 {frn} 인데 본인인증이 안 된다고 합니다", "이 CI로 가입된 계정 찾아주세요 {ci}", "운영 DB에서 CI={ci} 조회하니 탈퇴회원으로 나옵니다", "은행에서 넘겨준 CI {ci} 랑 우리쪽 값이 달라요", "select * from tb_user where ci = '{ci}';",
        "DI값 {di} 로 중복가입 막힌 건 풀어주세요", "취소 수수료 빼고 계좌번호 {account} 로 환불 예정", "강사료 입금 계좌 {account} 맞으시죠?", "정산계좌 변경 신청 {account} 통장사본 첨부", "노쇼 위약금 결제할 카드번호 {card} 받아뒀습니다", "자동결제 실패, 등록 카드 {card} 한도 초과라고 뜹니다",
        "항공권 이름 변경 요청, 여권번호 {passport} 동일", "단체관광 명단에 여권번호 {passport} 중복으로 들어가 있어요", "차량 대여 전 운전면허번호 {licence} 조회했는데 정지 상태", "라이더 등록 서류 중 면허번호 {licence} 식별 안 됨", "지하 2층에 {plate} 차량 라이트 켜져 있습니다", "정기주차 차량번호 변경 → {plate}", "입점 신청 업체 사업자번호 {brn} 휴업으로 조회",
        "현금영수증 지출증빙으로 사업자등록번호 {brn} 넣어주세요", "이벤트 당첨 NFT 이 주소로 보내주세요 {wallet}", "지갑주소 잘못 적었어요 {wallet} 로 바꿔주세요ㅠㅠ", "해외에서 로그인 시도 있었어요 IP {ip} 차단했습니다", "앱 강제종료 문의 기기ID {device} 로그 확인 부탁", "리뷰 신고 건 작성자 닉네임 : {nick}", "당첨자 닉네임 '{nick}'",
        "접수자명: {name}", "보호자 성함 : {name}", "입금자명 - {name}", "환자 생년월일: {birth}", "자녀 생년월일 : {birth}", "수거지 주소: {address}", "이사하셔서 우편물 주소 변경 : {address}",
    ),
    "th": (
        "คนไข้เลื่อนนัด รบกวนโทรกลับ {phone} ค่ะ", "ไรเดอร์โทรหาลูกค้าไม่ติด เบอร์ {phone}", "ลูกค้าใหม่ทักไลน์มา ขอใบเสนอราคา โทร {phone}", "ผู้ค้ำเปลี่ยนเบอร์มือถือเป็น {phone}", "ยืนยันการจองส่งไปที่อีเมล {email} เรียบร้อย", "ลูกค้าลืมรหัสผ่าน อีเมลที่สมัคร {email}", "เปิดบัตรใหม่ เลขบัตรประชาชน {tnin} มีประวัติเดิมอยู่แล้ว",
        "ขอวงเงินเพิ่ม เลขประจำตัวประชาชน {tnin} รออนุมัติ", "แขกเช็คอินห้อง 508 บัตรประชาชนเลขที่ {tnin}", "รหัสหลังบัตร {laser} ระบบแจ้งว่าไม่ถูกต้องครับ", "ลูกค้ากรอก Laser ID เป็น {laser} ลองใหม่แล้วผ่าน", "ชื่อผู้รับ : {name}", "ชื่อผู้ป่วย: {name}", "ชื่อลูกค้า - {name}", "น้องชื่อเล่น: {nick}", "ส่งของที่อยู่นี้นะคะ ที่อยู่: {address}",
        "ที่อยู่ออกบิล : {address}", "คืนเงินค่าทริปเข้าบัญชี {account} ไทยพาณิชย์", "เลขบัญชีร้าน {account} โอนแล้วส่งสลิปด้วยค่ะ", "จองโรงแรมตัดบัตร เลขบัตรเครดิต {card} วงเงินไม่พอ", "วันเกิดคนไข้ : {birth}",
    ),
    "cn": (
        "快递放驿站了，收件人手机 {phone} 打不通", "家长来电 {phone} 咨询暑假班退费", "租户换手机号了，改成{phone}", "司机电话 {phone}，预计下午三点到仓库", "【短信】发送失败 {phone} 停机", "电子发票重发到 {email}", "我的邮箱是 {email} ，麻烦发一下行程单", "学籍系统报错，身份证号 {cnid} 已存在", "门禁卡补办，业主身份证 {cnid}",
        "住客身份证号码 {cnid} 上传公安系统失败", "update t_user set id_card='{cnid}' where id=3307;", "联系人：{name}", "学生姓名：{name}", "投诉人姓名：{name}", "用户昵称：{nick}", "拼团团长昵称“{nick}”", "取件地址：{address}", "租户家庭住址：{address}", "离职结算，工资卡号 {card} 已注销", "客户提供的银行卡号 {card} 和户名对不上", "退押金到银行卡 {card} 三个工作日",
        "机票改签，护照号 {cnpass} 有误请核对", "护照 {cnpass} 的签证已经出了", "学生生日：{birth}", "供应商打款失败，IBAN：{iban}", "国外客户的 IBAN 是 {iban}",
    ),
}  # fmt: skip
#: nobody's data, among them
IDLE: dict[str, tuple[str, ...]] = {
    "kr": (
        "CI 빌드 오늘도 실패했네요 누가 좀 봐주세요", "닉네임 금칙어 목록 엑셀로 받았습니다", "휴대폰 인증 문자 단가 8.9원에서 9.2원으로 인상", "회원가입 페이지 이메일 입력칸 placeholder 수정", "주민번호 뒷자리 입력창 별표 처리해 주세요", "카드사 점검 3/14 00:30~03:00", "환불은 영업일 3~5일 걸린다고 안내했습니다", "여권 만료 6개월 전 알림은 2차에서",
        "주차 차단기 리셋했습니다", "사업자 회원 전환은 메뉴에서 직접 하시면 됩니다", "가스비 때문에 민팅 일정 하루 미룹니다", "도로명주소 API 키 갱신 완료", "고객 이름 순 정렬 기능 추가 요청", "생일자 쿠폰 4월분 1,284건 발송", "방화벽 IP 오픈 신청서 양식 공유 부탁드려요", "기기 변경 시 재로그인 안내 문구 확정",
        "운전면허 갱신 안내 배너 내려주세요", "alter table member modify nickname varchar(60);", "계약번호 2025-CT-00318 해지 접수",
    ),
    "th": (
        "พรุ่งนี้คลินิกหยุดนะคะ เปิดอีกทีวันจันทร์", "ช่องกรอกเบอร์โทรใส่ขีดไม่ได้ ฝากแก้ด้วย", "ยอดขายวันนี้ 48,250 บาท 63 ออเดอร์", "เลขพัสดุ TH0142857396 ยังไม่อัปเดต", "ลิฟต์ตึก B ซ่อมเสร็จบ่ายนี้", "ดอกเบี้ยงวดหน้า 1.25% ต่อเดือน", "ระบบตรวจบัตรประชาชนล่มตั้งแต่เช้า", "อย่าถ่ายรูปบัตรเครดิตลูกค้าเก็บไว้นะ",
        "หน้าเว็บแสดงชื่อเล่นซ้ำสองบรรทัด", "อีเมลระบบส่งช้าประมาณ 10 นาที",
    ),
    "cn": (
        "昵称过滤敏感词上线了", "手机号一键登录这周提审", "3 号楼电梯周四年检 9:00-11:00", "运单 SF1402857396018 派送中", "身份证读卡器驱动要装 64 位的", "银行卡限额调整通知发群里了", "护照阅读机返修中", "地址库更新到 2025 年 3 月版", "暑期班 7 月 6 日开课", "邮箱验证码 5 分钟有效", "会员生日双倍积分活动下线",
    ),
}  # fmt: skip
#: messages of a service's log; a time and a host are put before them
LOGS: dict[str, tuple[str, ...]] = {
    "kr": (
        'signup memName="{name}" mobileNo={phone} emailAddress={email}', "identity verification done userCi={ci} userDi={di} provider=KCB", "NiceAuthController decode success, CI={ci}", "find user by ci={ci} -> not found, create new", "WARN c.v.bank.OpenApiClient : member mismatch memCi={ci} code=E4031", "checkplus response DI={di} resultCode=0000",
        "bizm kakao talk sent phoneNum={phone} tmplId=RSV_001 code=success", "sms queue push to={phone} type=LMS bytes=132", "otp issued for {phone} ttl=180", "[LOGIN] id={email} ip={ip} success", "SMTP 550 5.1.1 mailbox unavailable rcpt={email}", "com.mysql.cj.jdbc: Duplicate entry '{phone}' for key 'member.uq_mobile'",
        "==> Parameters: {email}(String), 1(Integer)", "contract.save insuredRrn={rrn} productCd=H0231", "payroll.report juminNum={rrn} month=202503", "reception.foreigner alienRegistrationNo={frn} dept=IM", "airdrop send toWalletAddress={wallet} tokenId=77 status=PENDING", "wallet tx confirmed from={wallet} confirmations=12",
        "openbanking transfer bankAccountNo={account} bankCode=088 rsp=A0000", "nicepay billing cardNumber={card} resultCode=F112", "rent.reserve driverLicenseNumber={licence} carModel=AVANTE", "parking entry plateNo={plate} gate=N1", "nts.api validate businessNumber={brn} valid=01", "checkin kiosk passportNum={passport} room=0712", "fcm token refresh deviceId={device} platform=android",
        "403 blocked clientIpAddress={ip} rule=sqli", 'review.create userNickname="{nick}" star=4', 'delivery.assign receiverName="{name}" receiverAddress="{address}" rider=118', 'patient.update birthDt="{birth}" chartNo=40122',
    ),
    "th": (
        "booking.sms mobileNo={phone} sender=CLINIC status=sent", "loan.apply nationalIdNo={tnin} product=NANO", "ekyc.check thaiCitizenId={tnin} laserCode={laser} status=0", 'crm.customer.create customerName="{name}" contactNumber={phone}', 'student.update nickName="{nick}" class=P2', "receipt mail to={email} status=250", 'shipment.create receiverName="{name}" shippingAddr="{address}"',
        "scb.transfer bankAccountNumber={account} amount=3500.00", "2c2p payment creditCardNumber={card} respCode=05", 'patient.register dob="{birth}" hn=67-01182', "INSERT users failed: duplicate key (email)=({email})",
    ),
    "cn": (
        "idcard.verify name+idCardNum={cnid} 不一致", "hotel.report idNumber={cnid} policeResp=200", "短信发送成功 mobile={phone} templateCode=SMS_4417", "wx.login bindPhone={phone} openid=ok", 'waybill.create senderName="{name}" receiverAddress="{address}"', "MailSendException: 收件人 {email} 不存在", "salary.pay bankCard={card} result=户名不符",
        "flight.book passengerPassport={cnpass} pnr=KX7P2Q", "swift.pay payeeIban={iban} amount=1200.00 EUR", 'feed.publish authorNickname="{nick}" audit=pass', 'child.enroll birthDate="{birth}" course=ART2', "==> Parameters: {phone}(String), 2025(Integer)",
    ),
}  # fmt: skip
IDLE_LOGS = (
    "o.s.b.w.embedded.tomcat.TomcatWebServer : Tomcat started on port(s): 8080 (http)", "jenkins ci webhook received branch=release/2.4 build=1187", "email.template.reload count=36", "phone verification sms balance=18240", "scheduler PointExpireJob finished rows=904 took=2.1s", "nickname.banword cache refreshed size=1530", "card.acquirer ping 41ms",
    "address.search timeout after 3000ms, retry 1/3", "wallet.sync latestBlock=148220117 lag=2", "GC pause (G1 Evacuation Pause) 38.2M->21.0M(256.0M) 6.114ms", "birthday.coupon.job skipped reason=holiday", "passport.ocr model loaded version=1.8.2", "device.cleanup removed=58", "slow query 1.82s: select count(*) from orders where status = 'PAID'", "account.lock.release users=3",
    "ip whitelist loaded from config, 27 entries",
)  # fmt: skip
#: who talks in a messenger's export
TALKERS: dict[str, tuple[str, ...]] = {
    "kr": ("CS 매니저", "PM 최과장", "운영 2파트"),
    "th": ("ทีมขาย", "Clinic Admin", "ช่าง IT"),
    "cn": ("前台小李", "运维值班", "班主任"),
}


def _stamp(chance: Random) -> str:
    return f"20{chance.randint(19, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} {chance.randrange(24):02}:{chance.randrange(60):02}:00"


#: class → (Latin names, local names by country, how a value is made): fields named after personal data, and holding none
DECOYS: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]], Callable[[Random], str]]] = {
    "count": (
        ("sms send count", "email open count", "phone auth fail count", "login fail count", "device count", "address book count", "account count", "nick change count"),
        {"kr": ("문자 발송건수", "보유카드수", "닉네임 변경횟수"), "th": ("จำนวนอุปกรณ์", "จำนวนที่อยู่"), "cn": ("短信发送次数", "设备数量")},
        lambda r: str(r.randint(0, 60)),
    ),
    "yes or no": (
        ("email agree yn", "sms agree yn", "phone auth yn", "adult auth yn", "ci match yn", "account auth yn", "email verified", "phone verified yn", "nickname open yn"),
        {"kr": ("이메일 수신동의", "문자수신여부", "휴대폰인증여부", "성인인증여부", "계좌확인여부"), "th": ("ยืนยันบัตรประชาชนแล้ว", "รับข่าวสารทางอีเมล"), "cn": ("是否绑定手机", "邮箱是否验证")},
        lambda r: r.choice(("Y", "N")),
    ),
    "moment": (
        ("phone verified at", "email sent at", "nickname updated at", "account verified at", "passport checked at", "last login at"),
        {"kr": ("휴대폰 인증일시", "이메일 발송일시", "주소 변경일시"), "th": ("วันที่ยืนยันเบอร์", "เวลาเข้าสู่ระบบล่าสุด"), "cn": ("实名时间", "绑卡时间", "最后登录时间")},
        _stamp,
    ),
    "day": (
        ("id card expire date", "passport expire date", "license valid date", "hire date", "card expiry date", "visa expire date"),
        {"kr": ("여권만료일", "면허갱신일"), "th": ("วันหมดอายุบัตร",), "cn": ("护照有效期", "证件有效期至")},
        lambda r: _stamp(r)[:10],
    ),
    "type": (
        ("address type", "card type", "license type", "user type cd", "email type", "passport type"),
        {"kr": ("면허종류", "여권종류", "주소구분"), "th": ("ประเภทบัตร",), "cn": ("证件类型", "地址类型")},
        lambda r: f"{r.randint(1, 9):02}",
    ),
    "issuer": (("card brand", "issuer name", "card company"), {"kr": ("발급사", "카드사명"), "th": ("ผู้ออกบัตร",), "cn": ("发卡银行",)}, lambda r: r.choice(("SAMSUNG", "LOTTE", "BC", "KBANK", "BOC", "VISA"))),
    "bank": (("bank name", "bank cd", "payout bank"), {"kr": ("은행명", "정산은행"), "th": ("ธนาคารผู้รับ",), "cn": ("开户银行", "开户行")}, lambda r: r.choice(("HANA", "IBK", "KBANK", "SCB", "BOC", "CMB"))),
    "carrier": (("telecom cd", "phone carrier", "mobile company"), {"kr": ("통신사", "휴대폰 통신사"), "th": ("เครือข่ายมือถือ",), "cn": ("手机运营商",)}, lambda r: r.choice(("SKT", "KTF", "LGU", "DTAC", "AIS", "CUCC"))),
    "thing": (
        ("event name", "ticket name", "ward name", "department name", "branch name", "menu name", "job title"),
        {"kr": ("이벤트명", "부서명", "공연명", "진료과명"), "th": ("ชื่อสินค้า", "ชื่อคอร์ส", "ชื่อแผนก"), "cn": ("商品名称", "部门名称", "线路名称")},
        lambda r: r.choice(("Spring Festa", "Sales Team 2", "Dermatology", "City Tour A", "Family Room", "Pilates 10")),
    ),
    "post code": (("zipcode", "post code", "home zip code", "addr zip"), {"kr": ("우편 번호", "집 우편번호"), "th": ("รหัสไปรษณีย์ผู้รับ",), "cn": ("邮编",)}, lambda r: f"{r.randint(1000, 63999):05}"),
    "age": (("age", "patient age", "driver age"), {"kr": ("나이", "환자 나이"), "th": ("อายุคนไข้",), "cn": ("学生年龄",)}, lambda r: str(r.randint(14, 82))),
    "sex": (("gender", "sex cd", "patient gender"), {"kr": ("성별", "환자 성별"), "th": ("เพศผู้ป่วย",), "cn": ("学生性别",)}, lambda r: r.choice(("M", "F"))),
    "number": (
        ("mem no", "user no", "emp no", "chart no", "policy no"),
        {"kr": ("회원 번호", "사원번호", "차트번호", "수험번호"), "th": ("รหัสลูกค้า", "เลขที่สัญญา"), "cn": ("客户编号", "员工编号")},
        lambda r: str(r.randint(100_000, 899_999)),
    ),
    "picture": (
        ("profile img", "id card img path", "bankbook image", "passport photo"),
        {"kr": ("프로필 사진", "통장사본 경로", "면허증 사진"), "th": ("รูปโปรไฟล์", "รูปหลังบัตร"), "cn": ("护照照片", "银行卡照片")},
        lambda r: f"/files/{r.randint(2021, 2026)}{r.randint(1, 12):02}/{r.randint(1000, 99_999)}.png",
    ),
    "model": (("device model", "mobile model", "device model name"), {"kr": ("기기 모델명", "휴대폰 모델"), "th": ("รุ่นมือถือ",), "cn": ("手机型号",)}, lambda r: r.choice(("SM-G991N", "iPhone 14 Pro", "SM-F731N", "OPPO A58", "Mi 11 Lite"))),
    "car": (("vehicle model", "car type", "car maker"), {"kr": ("차량 종류", "차량 모델"), "th": ("ยี่ห้อรถ",), "cn": ("车辆品牌",)}, lambda r: r.choice(("AVANTE", "IONIQ 5", "RAY", "HILUX", "CITY", "BYD QIN"))),
    "wallet kind": (("chain name", "wallet app", "wallet kind"), {"kr": ("지갑 종류", "체인명"), "cn": ("钱包名称",)}, lambda r: r.choice(("METAMASK", "KLIP", "KAIA", "BITCOIN", "TRUST"))),
    "domain": (("email provider", "email host"), {"kr": ("이메일 뒷자리", "메일 도메인"), "cn": ("邮箱后缀",)}, lambda r: r.choice(("daum.net", "naver.com", "outlook.com", "126.com", "gmail.com"))),
    "nation": (("country cd", "passport country", "nationality cd"), {"kr": ("여권 발급국가", "국적"), "th": ("ประเทศที่ออกหนังสือเดินทาง",), "cn": ("护照签发国",)}, lambda r: r.choice(("KOR", "THA", "CHN", "GBR", "VNM", "MNG"))),
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
