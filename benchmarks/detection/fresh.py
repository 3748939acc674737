"""Names of fields and sentences for the judging seeds (100 and above) only: nobody who works on rules is shown their failures.

The developing seeds (below 100) draw from `headers.py` and `prose.py`, whose failures are printed name by name; an auditor
that learned those names by heart fails here. Once failures of these seeds have been handed to anybody, write new ones.

The vocabulary of 22 November 2026, second of that day: it replaces the first, which was spent. No name or sentence is in the
first or in the developing vocabulary; its author had read neither `rules/` nor `auditor/detectors/` nor any list of failures.

Where names come from: the Korean public sector's standard terms (MBL_TELNO, FLNM, BRDT, ACTNO, BRNO, VHRNO) and eGovFrame
(moblphonNo, adres, emplyrNm), the sample code of identity verification (sConnInfo, sDupInfo), SDKs (gps_adid), romanised Korean,
pinyin initials (sfzhm, gmsfhm), ORM names of small companies, spreadsheets with numbered or starred columns, typing errors.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

LATIN: dict[str, tuple[str, ...]] = {
    "ci": ("s conn info", "cert ci", "kyc ci", "usr ci txt", "guardian ci", "ci raw", "connecting information", "legacy ci", "ci base64", "mber ci value", "ci origin", "podo ci", "ci str", "partner ci"),
    "di": ("s dup info", "usr di", "kyc di", "di raw", "dup info val", "duplication information", "guardian di", "legacy di", "podo di", "di str"),
    "rrn": ("emp rrno", "mbr rrno", "jumin full", "rrn plain", "resident number", "rsdnt rgst no", "kr ssn", "jumin13", "spouse jumin", "psn jumin no", "resident regist number", "aplcnt rrno", "moa jumin no"),
    "frn": ("frgnr rgst no", "frgnr reg no", "foreign registration number", "alien regist no", "arc no", "alien card no", "foreigner rrn", "emp frn", "foreign resident no", "worker alien reg number"),
    "name": ("flnm", "aplcnt flnm", "emplyr nm", "stdnt nm", "orderer name", "depositor name", "guardian name", "legal name", "patient name", "sender nm", "winner name", "rcvr nm", "usr full name", "reciever name"),
    "nick": ("profile nickname", "kakao nick", "nicname", "nikname", "prev nickname", "author nick", "seller nick nm", "sns nick name", "streamer nickname", "nick org", "game nick", "inviter nickname", "zeta nickname", "nicknames"),
    "phone": ("mbl telno", "moblphon no", "mphone no", "rcvr telno", "dest phone", "msisdn", "mobile no", "guardian hp", "phone num", "contact number", "orderer tel", "moblie no", "sms recv phone", "moa phone no"),
    "email": ("eml addr", "email adres", "cust eml", "recovery email", "mbr eml", "notify email", "billing email", "recipient email", "emails", "emial", "work mail addr", "google email", "zeta mail"),
    "birth": ("brdt", "aplcnt brdt", "brth de", "bthdy", "bday", "user dob", "patient birth date", "brithday", "born on", "spouse birthday", "birth text", "guardian birth dt", "moa birth", "legal birthdate"),
    "address": ("road nm addr", "adres", "home address", "rcvr addr", "dlvr addr", "adress", "current addr", "permanent address", "addr line1", "billing address", "house addr", "orderer address", "bass adres", "podo addr"),
    "account": ("actno", "rfnd actno", "salary account no", "settle acct no", "remit acct num", "bank acc no", "recv account no", "payee account number", "beneficiary account no", "acount no", "withdrawl account no", "host payout acct no", "gyejwa no"),
    "card": ("crd no", "crdt card no", "card pan", "cc num", "settle card no", "billing card number", "check card no", "plain card no", "credit card num", "primary account number", "corp card no", "card numbr", "moa card number"),
    "passport": ("psprt no", "passpt no", "traveler passport no", "pax passport num", "guest passport", "user passport no", "kr passport number", "pasport no", "booker passport number", "emp passport id", "podo passport no"),
    "licence": ("drvr lcns no", "drive license no", "driver lisence no", "renter license number", "driving licence number", "drivers license", "rider license no", "driver license id", "myeonheo no", "dl number", "zeta driver license no"),
    "plate": ("vhcl no", "vhrno", "car reg no", "vehicle reg no", "plate no", "car num", "vhcle no", "parking car no", "visitor car no", "licence plate no", "lpr plate", "resident vehicle number"),
    "brn": ("brno", "seller biz no", "biz rgst no", "store brno", "biz num", "business license no", "partner business no", "shop biz reg number", "bizrno plain", "tax biz no", "b no"),
    "wallet": ("recv wallet", "claim wallet", "owner wallet", "wlt addr", "withdraw wallet addr", "wallets", "crypto address", "coin addr", "payout wallet", "airdrop wallet", "wallet pub addr", "zeta wallet"),
    "tnin": ("nat id", "nid", "national id no", "citizen card no", "id no 13", "personal id no", "thai id card", "customer nid", "pop id", "national card id", "prachachon id", "siam citizen id"),
    "laser": ("laser", "laser cd", "idcard laser", "laser code back", "card laser no", "citizen card laser", "dopa laser", "laser num", "kyc laser code"),
    "cnid": ("sfzhm", "gmsfhm", "sfzjhm", "sfz no", "owner sfzh", "shenfenzhenghao", "user id card", "citizen id number", "real name id no", "identity card no", "id card code", "idcert no", "lian id card"),
    "cnpass": ("huzhao", "huzhao no", "hzhm", "cn passport no", "passport code", "traveler passport", "passport book no", "guest passport num", "lian passport no"),
    "iban": ("payee iban", "creditor iban", "iban no", "account iban", "supplier iban", "payout iban", "debtor iban", "sepa iban", "iban num", "cust iban"),
    "ip": ("cntn ip addr", "src ip", "remote ip", "signup ip", "ip addr", "join ip", "request ip", "x real ip", "visitor ip", "member ip", "agree ip", "moa user ip"),
    "device": ("gps adid", "maid", "aaid", "idfv", "device uuid", "dvc id", "mobile ad id", "google advertising id", "idfa value", "user adid", "advertising identifier", "app device uuid", "zeta adid"),
}  # fmt: skip
LOCAL: dict[str, dict[str, tuple[str, ...]]] = {
    "kr": {
        "ci": ("CI(연계정보)", "본인확인 CI", "회원CI", "CI정보", "이용자 연계정보", "4.연계정보(CI)", "법정대리인 CI", "연계정보(88자리)", "CI*"),
        "di": ("DI(중복가입확인)", "중복가입확인값", "회원DI", "본인확인 DI", "5.DI", "중복가입정보(DI)"),
        "rrn": ("2.주민등록번호", "주민번호*", "주민등록번호(뒷자리포함)", "대표자 주민번호", "세대주 주민번호", "직원 주민등록번호", "주민No", "배우자주민번호", "주민등록번호[필수]"),
        "frn": ("외국인등록증번호", "외국인등록번호(필수)", "근로자 외국인등록번호", "외국인등록No", "3.외국인등록번호"),
        "name": ("성함", "이름*", "1.성명", "신청인 성명", "예약자명", "보호자 성명", "받는분", "보내는사람", "환자명", "주문자", "직원성명", "입금자명", "이름(실명)"),
        "nick": ("닉네임*", "닉네임/별명", "카톡 닉네임", "채팅방 닉네임", "별명 [선택]", "5. 닉네임", "작성자닉네임", "변경전 닉네임", "추천인 닉네임"),
        "phone": ("3.휴대폰번호", "휴대폰번호*", "휴대폰(-없이)", "H.P", "연락처1", "핸드폰번호(본인)", "보호자 연락처", "받는분 전화번호", "전화번호[필수]", "휴대전화/연락처", "회원 휴대폰"),
        "email": ("4.이메일", "이메일*", "수신 메일", "전자우편주소", "담당자 이메일", "E-Mail 주소", "이메일(계산서용)"),
        "birth": ("생년월일*", "생년월일(양력)", "출생년월일", "6.생년월일", "배우자 생년월일", "출생일자", "법정생년월일", "생일/생년월일"),
        "address": ("주소*", "7.주소", "주소지", "도로명주소(신)", "받는분 주소", "배송주소", "실거주지 주소", "주소(기본+상세)", "우편물 수령 주소"),
        "account": ("환불 계좌*", "계좌번호(본인명의)", "급여계좌번호", "은행/계좌번호", "정산 계좌번호", "계좌No", "자동이체 계좌번호", "수취계좌번호"),
        "card": ("카드번호*", "법인카드번호", "체크카드번호", "카드No", "신용/체크카드번호", "등록카드번호"),
        "passport": ("여권번호*", "여권번호(영문+숫자)", "투숙객 여권번호", "탑승자 여권번호", "8.여권번호"),
        "licence": ("면허증번호", "운전면허번호*", "자동차운전면허번호", "임차인 면허번호", "운전자 면허번호"),
        "plate": ("차량번호*", "등록차량번호", "방문차량번호", "자동차등록번호", "입주민 차량번호", "차량No"),
        "brn": ("사업자등록번호*", "사업자등록No", "판매자 사업자번호", "개인사업자번호", "사업자번호(-포함)"),
        "wallet": ("가상자산주소", "코인 지갑주소", "지갑주소*", "출금 지갑주소", "지갑 주소(개인)"),
        "ip": ("접속 IP주소", "가입 IP", "최근접속IP", "사용자 IP", "접속아이피", "등록IP"),
        "device": ("광고식별자(ADID)", "기기 ID", "단말기 고유ID", "ADID/IDFA", "모바일 광고ID", "기기고유번호(UUID)"),
    },
    "th": {
        "name": ("ชื่อ/สกุล", "ชื่อจริง-นามสกุล", "ชื่อ-นามสกุล (ไทย)", "ชื่อเต็ม", "ชื่อผู้ติดต่อ", "ชื่อผู้ป่วย", "ชื่อพนักงาน", "ชื่อผู้จอง", "1.ชื่อ-สกุล"),
        "nick": ("ชื่อเล่น*", "ชื่อเล่น (ไทย)", "ชื่อเล่นพนักงาน", "นิกเนม", "2.ชื่อเล่น"),
        "phone": ("โทร.", "โทรศัพท์", "เบอร์โทร*", "เบอร์โทรศัพท์มือถือ", "หมายเลขโทรศัพท์มือถือ", "เบอร์โทรติดต่อกลับ", "เบอร์โทร (มือถือ)", "3. เบอร์โทร", "เบอร์โทรผู้ปกครอง"),
        "email": ("อีเมล*", "E-mail (อีเมล)", "อีเมลติดต่อ", "อีเมลสำหรับรับใบเสร็จ", "4.อีเมล"),
        "birth": ("ว/ด/ป เกิด", "วดป.เกิด", "วันเดือนปีเกิด*", "วันเกิดผู้ป่วย", "วันเกิดสมาชิก", "ว.ด.ป. เกิด"),
        "address": ("ที่อยู่*", "ที่อยู่ตามทะเบียนบ้าน", "ที่อยู่สำหรับจัดส่ง", "ที่อยู่ผู้รับ", "ที่อยู่ที่ติดต่อได้", "5.ที่อยู่", "ที่อยู่ (ปัจจุบัน)"),
        "account": ("เลขที่บัญชี*", "เลขบัญชีธนาคาร", "เลขที่บัญชีรับเงิน", "เลขบัญชี (คืนเงิน)", "เลขบัญชีเงินเดือน", "หมายเลขบัญชีธนาคาร"),
        "card": ("หมายเลขบัตรเครดิต*", "เลขที่บัตรเครดิต", "เลขบัตร (เครดิต/เดบิต)", "หมายเลขบัตรเดบิต", "เลขหน้าบัตรเครดิต"),
        "tnin": ("เลข ปชช.", "เลขบัตรประชาชน*", "เลขประจำตัวประชาชน (13 หลัก)", "เลขที่บัตรประจำตัวประชาชน", "หมายเลขประจำตัวประชาชน", "2.เลขบัตรประชาชน", "ID Card (บัตรประชาชน)"),
        "laser": ("เลขหลังบัตรประชาชน", "Laser Code (หลังบัตร)", "รหัสเลเซอร์", "รหัสหลังบัตร", "เลขเลเซอร์หลังบัตร"),
    },
    "cn": {
        "name": ("姓名*", "1.姓名", "会员姓名", "申请人姓名", "投保人姓名", "员工姓名", "学生姓名", "姓名(中文)", "收货人姓名", "联系人姓名", "患者姓名"),
        "nick": ("昵称*", "买家昵称", "旺旺昵称", "QQ昵称", "昵称/网名", "直播昵称", "群昵称"),
        "phone": ("手机号*", "联系电话(手机)", "注册手机号", "绑定手机", "收件人电话", "会员手机号", "本人手机号码", "电话/手机", "3、手机号", "紧急联系电话"),
        "email": ("邮箱*", "电子邮件", "注册邮箱", "联系邮箱", "收票邮箱", "邮箱(E-mail)"),
        "birth": ("生日(公历)", "出生日期*", "会员生日", "5.出生日期", "被保人生日", "出生日期/生日"),
        "address": ("地址*", "收件地址", "家庭地址", "居住地址", "户籍地址", "通讯地址", "寄送地址", "收货详细地址"),
        "card": ("银行卡号*", "储蓄卡号", "收款银行卡号", "卡号(银行卡)", "工资卡号", "绑定银行卡号"),
        "cnid": ("身份证号*", "身份证号(18位)", "证件号码(身份证)", "身份证编号", "持卡人身份证", "2.身份证号码", "法人身份证号", "本人身份证号"),
        "cnpass": ("护照号*", "旅客护照号", "护照No.", "因私护照号码", "护照号(出境)"),
        "iban": ("收款IBAN", "国际银行账号(IBAN)", "IBAN号码"),
    },
}  # fmt: skip

#: messengers, mails, notes; what has no shape of its own (a name, an address) ends its line, or stands in quotes
LINES: dict[str, tuple[str, ...]] = {
    "kr": (
        "인증문자 안 온대요 ㅠㅠ 번호 {phone} 이거 맞는지 봐주세요", "{phone} 로 세 번 전화했는데 부재중이에요", "알림톡 재발송 / 수신 {phone} / 사유 번호변경", "[Web발신] 문의하신 건은 {email} 로 안내드렸습니다",
        "계정 {email} 비번 초기화 해드렸어요", "신분증 사본 확인함. 주민번호 앞뒤 {rrn}, 일치", "주민등록번호 뒷자리까지 받았습니다 → {rrn}", "외국인 고객이라 등록번호({frn})로 본인확인 진행",
        "외국인등록증 번호 {frn}, 체류만료 2027년", "CI : {ci}", "나이스에서 내려준 CI가 {ci} 인데 DB랑 달라요", "회원 병합 요청 / 기존CI={ci} / 사유: 재가입",
        "중복가입확인정보 {di} 기준으로 휴면계정 하나 더 있음", "환불은 {name?} 명의 계좌 {account} 로 부탁드립니다", "정산받을 계좌번호 바뀌었어요. 카카오뱅크 {account} 입니다", "법카 말고 개인카드 {card} 로 다시 결제해주세요",
        "결제 오류 문의 - 카드 {card}, 3/31 승인건", "출국자 여권번호 {passport} (유효기간 2031-05)", "호텔에서 여권 {passport} 로 체크인됐답니다", "렌트 예약자 면허번호: {licence}",
        "탁송기사님 운전면허 {licence} 갱신 필요", "주차 할인 적용해주세요 차량번호 {plate}", "{plate} 차주분 연락 부탁, 이중주차요", "간이과세자예요. 사업자번호는 {brn} 입니다",
        "에어드랍 받을 지갑 {wallet} 등록 부탁드려요", "접속 IP {ip} 에서 로그인 실패 12회", "테스트폰 ADID {device} 화이트리스트 추가해주세요", "■ 닉네임 : {nick}", "변경할 닉네임 → {nick}",
        "■ 신청자 성함 : {name}", "받는 분: {name}", "■ 생년월일 : {birth}", "피보험자 생년월일: {birth}", "■ 주소 : {address}", "반품 회수 주소: {address}",
    ),
    "th": (
        "ลูกค้าแจ้งเลขบัตร ปชช. {tnin} ค่ะ รบกวนเช็คให้หน่อย", "ยืนยันตัวตนไม่ผ่านค่ะ บัตรประชาชน{tnin}", "เลขบัตร 13 หลักของพี่คือ {tnin} นะครับ", "เลขหลังบัตร (Laser Code) {laser}", "แอดไลน์ไม่เจอค่ะ เบอร์ {phone} อันนี้ใช่ไหมคะ",
        "โทรหา{phone}แล้วไม่รับสายครับ", "เบอร์ผู้รับ {phone} ฝากขนส่งโทรก่อนส่งนะคะ", "ส่งใบเสร็จไปที่{email}ได้เลยค่ะ", "ลืมรหัสผ่านค่ะ เมล {email}", "ผู้รับ : {name}", "ชื่อจริง-นามสกุล : {name}", "ชื่อเล่นน้อง : {nick}",
        "ที่อยู่ส่งของ: {address}", "ที่อยู่ตามทะเบียนบ้าน: {address}", "โอนคืนที่เลขบัญชี {account} กรุงไทยนะคะ", "บัญชีรับเงินเดือน {account} ค่ะ", "ตัดบัตรเครดิตเลขที่ {card} ไม่ผ่านครับ", "วันเดือนปีเกิดผู้ป่วย: {birth}",
    ),
    "cn": (
        "麻烦核对下身份证：{cnid}", "实名没过，证件号{cnid}，客户很急", "@运营 {cnid} 这个身份证重复注册了", "加我手机{phone}，微信同号", "打{phone}没人接，换个时间再打", "快递上写这个电话 {phone}", "资料发{email}就行",
        "开票邮箱：{email}，抬头已发", "收件人姓名：{name}", "投保人姓名：{name}", "群昵称：{nick}", "收件地址：{address}", "新住址：{address}", "退到这张银行卡 {card}", "招行储蓄卡{card}，本人户名",
        "护照 {cnpass}，签证中心已收", "护照号是{cnpass}，下月出境", "被保人出生日期：{birth}", "SEPA 付款 IBAN {iban}，备注货款",
    ),
}  # fmt: skip
#: nobody's data, among them
IDLE: dict[str, tuple[str, ...]] = {
    "kr": (
        "CI 서버 디스크가 꽉 차서 빌드가 안 돌아요 (pipeline 48213)", "nickname_count 컬럼 인덱스 추가했습니다", "주소록 동기화는 금요일에 배포해요", "카드사 점검 02:00~04:00 공지 올려주세요", "생일쿠폰 배치 31,204건 발송 완료",
        "여권 OCR 벤더 견적 1,200만원 왔어요", "이메일 템플릿 v2.3.1 반영", "전화번호는 010-****-1234 처럼 마스킹합니다", "계좌이체 수수료 500원으로 변경", "운송장 684512347790 조회하면 배송완료로 떠요",
        "address_type 기본값 HOME 으로 바꿔주세요", "phone_verified_at 이 비어 있는 회원 1,024명", "차량 등록 화면 QA 3건 남음", "DI 컨테이너(의존성 주입) 설정 오류였네요", "이름 입력란 20자 제한이에요",
    ),
    "th": (
        "ระบบจะปิดปรับปรุง 02:00-04:00 น.", "เลขที่ใบสั่งซื้อ SO-20250331-0042", "ช่องเบอร์โทรต้องกรอก 10 หลักนะคะ", "หน้าฟอร์มที่อยู่โหลดช้ามาก", "CI build ไม่ผ่านอีกแล้ว job 48213", "ยอดโอน 12,500 บาท",
        "บัตรประชาชนหมดอายุใช้สมัครไม่ได้ค่ะ", "พัสดุ TH47015XKB2A กำลังจัดส่ง",
    ),
    "cn": (
        "CI 流水线又挂了，构建号 48213", "昵称长度限制 20 个字", "订单号 20250331000482 已发货", "运单 SF1390482771300 已签收", "手机号字段加唯一索引", "收货地址接口超时 3000ms", "护照识别准确率 98.6%",
        "银行卡四要素接口报错码 1004", "邮箱验证码有效期 5 分钟",
    ),
}  # fmt: skip
#: messages of a service's log; a time and a host are put before them
LOGS: dict[str, tuple[str, ...]] = {
    "kr": (
        "member.join ok mblTelno={phone} emlAddr={email} cntnIpAddr={ip}", 'level=warn msg="ci mismatch" req_id=8f2c41 ci={ci} di={di}', "본인확인 응답 수신 sConnInfo=[{ci}] sDupInfo=[{di}]",
        "GET /certifications/imp_448212 200 ci={ci} unique_in_site={di}", "알림톡 발송 실패 destPhone={phone} code=3011", 'member.rename mberSn=48213 newNickname="{nick}"', 'order.create ordererName="{name}" rcvrAddr="{address}"',
        "java.sql.SQLIntegrityConstraintViolationException: Duplicate entry '{email}' for key 'tb_mber.uk_eml_addr'\n\tat com.mysql.cj.jdbc.exceptions.SQLError.createSQLException(SQLError.java:117)",
        "java.lang.IllegalArgumentException: 주민등록번호 형식 오류 [{rrn}]\n\tat kr.co.vendor.cert.RrnValidator.check(RrnValidator.java:41)\n\t... 32 more", "payment.approve fail cardNo={card} resCd=8324 amt=35000",
        "환불요청 접수 rfndActno={account} bankCd=088", "hotel.checkin guestPassportNo={passport} room=1204", "rentcar.verify drvrLcnsNo={licence} result=VALID", "주차관제 입차 차량번호={plate} gate=B2", "국세청 상태조회 brno={brn} status=01",
        "nft.airdrop claimWallet={wallet} tokenId=482", "adjust callback gps_adid={device} event=first_open", "upstream timed out (110: Connection timed out), client: {ip}, server: api.vendor.internal",
        "UPDATE tb_mber SET brdt='{birth}' WHERE mber_sn=48213", "외국인 본인확인 frgnrRgstNo={frn} rslt=0000", 'cs.ticket id=48213 custNm="{name}" callback={phone}',
    ),
    "th": (
        "kyc.dopa check nationalId={tnin} laserCode={laser} result=0", "POST /v1/otp/send msisdn={phone} status=200", 'customer.update id=48213 customerFullName="{name}" emailAddr={email}', 'order.ship deliverAddress="{address}" weight=1.2',
        "refund.create bankAccNo={account} bank=KBANK", "payment declined cardPan={card} code=51", 'patient.save patientDob="{birth}"', 'profile.save nickNameTh="{nick}"', "ValueError: invalid citizen id '{tnin}'\n  File \"kyc/views.py\", line 88, in verify",
    ),
    "cn": (
        "实名认证失败 idCardNo={cnid} code=2004", "sms.send mobile={phone} tpl=SMS_48213 ret=OK", '下单成功 收货人="{name}" 收货地址="{address}"', "java.lang.RuntimeException: 身份证校验不通过: {cnid}\n\tat com.vendor.auth.IdCardChecker.verify(IdCardChecker.java:57)",
        "account.bind bindEmail={email} uid=48213", "代付失败 bankCardNo={card} errCode=PAY_1102", "visa.apply passportCode={cnpass} step=3", "sepa.transfer creditorIban={iban} ccy=EUR", 'user.rename newNickName="{nick}"',
        "UPDATE t_user SET birth_date='{birth}' WHERE id=48213",
    ),
}  # fmt: skip
IDLE_LOGS = (
    "ci.pipeline.run ci_pipeline_id=48213 status=success", "phone_verified_at=2025-03-31T18:00:00 rows=1", "cache hit key=nickname_count value=31204", "address_type=HOME card_type=CREDIT loaded 12 codes",
    "birth_place_code=11680 mapped", "account_status=DORMANT batch done 1204", "passport_ocr_model=v3.2.1 latency_ms=412", "HikariPool-1 - Connection is not available, request timed out after 30000ms.",
    "email_template=welcome_v2 sent=31204", "Caused by: java.net.SocketTimeoutException: Read timed out", "name_display_type=REAL wallet_network=POLYGON", "device_model=SM-S921N app_version=4.12.0",
)  # fmt: skip
#: who talks in a messenger's export
TALKERS: dict[str, tuple[str, ...]] = {
    "kr": ("CS팀 막내", "박대리", "ops_bot"),
    "th": ("แอดมินร้าน", "พี่ต้น IT", "CS Mai"),
    "cn": ("运营小陈", "客服02", "老周"),
}


def _stamp(chance: Random) -> str:
    return f"20{chance.randint(19, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} {chance.randrange(24):02}:{chance.randrange(60):02}:00"


#: class → (Latin names, local names by country, how a value is made): fields named after personal data, and holding none
DECOYS: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]], Callable[[Random], str]]] = {
    "count": (
        ("nickname change cnt", "phone retry count", "email send cnt", "address total", "device cnt", "ci match count", "passport scan cnt"),
        {"kr": ("닉네임 변경횟수", "차량 등록대수", "주소 개수"), "th": ("จำนวนที่อยู่", "จำนวนบัตร"), "cn": ("昵称修改次数", "地址数量")},
        lambda r: str(r.randint(0, 60)),
    ),
    "code": (
        ("birth place code", "phone type cd", "account type cd", "passport type", "nickname status cd", "ci result cd", "card issuer code", "name check code"),
        {"kr": ("주소 구분코드", "카드사 코드", "면허 종별코드"), "th": ("รหัสประเภทบัตร",), "cn": ("证件类型代码", "地址类型代码")},
        lambda r: f"{r.randint(1, 19):02}",
    ),
    "address kind": (("address type", "addr kind", "delivery address type"), {"kr": ("주소 구분",), "th": ("ประเภทที่อยู่",), "cn": ("地址类型",)}, lambda r: r.choice(("HOME", "WORK", "ETC"))),
    "card kind": (("card type", "card kind"), {"kr": ("카드 종류",), "th": ("ประเภทบัตร",), "cn": ("银行卡类型",)}, lambda r: r.choice(("CREDIT", "CHECK", "PREPAID"))),
    "account state": (("account status", "wallet status", "email status"), {"kr": ("계좌 상태",), "th": ("สถานะบัญชี",), "cn": ("邮箱验证状态",)}, lambda r: r.choice(("ACTIVE", "DORMANT", "LOCKED"))),
    "flag": (("phone auth yn", "email verified", "address default yn", "ci exists yn", "card saved yn", "birthday alarm yn"), {"kr": ("이메일 수신동의", "휴대폰 인증여부"), "th": ("ยืนยันเบอร์โทรแล้ว",), "cn": ("手机号是否验证",)}, lambda r: r.choice("YN")),
    "moment": (
        ("phone verified at", "email confirmed at", "nickname updated at", "address modified at", "birthday coupon sent at", "account locked at", "ci checked at"),
        {"kr": ("휴대폰 인증일시", "생일쿠폰 발송일시"), "th": ("ยืนยันอีเมลเมื่อ",), "cn": ("昵称更新时间", "手机号绑定时间")},
        _stamp,
    ),
    "expiry": (("passport expiry dt", "card register date", "license issued on"), {"kr": ("여권 만료일", "면허 발급일"), "th": ("วันหมดอายุบัตร",), "cn": ("护照有效期",)}, lambda r: _stamp(r)[:10]),
    "pipeline": (("ci pipeline id", "ci job no", "ci build number", "ci runner id"), {}, lambda r: str(r.randint(1000, 999_999))),
    "commit": (("ci commit sha",), {}, lambda r: r.randbytes(20).hex()),
    "row": (("address id", "card seq", "nickname id", "phone plan id", "email template id"), {"kr": ("주소 순번",)}, lambda r: str(r.randint(1, 9999))),
    "model": (("device model", "phone model name"), {"kr": ("단말 모델명",), "th": ("รุ่นมือถือ",), "cn": ("手机型号",)}, lambda r: r.choice(("SM-S921N", "SM-A546E", "iPhone15-2", "Redmi-Note-13"))),
    "carrier": (("phone carrier", "mobile operator"), {"kr": ("통신사",), "th": ("เครือข่ายมือถือ",), "cn": ("手机运营商",)}, lambda r: r.choice(("SKT", "KT", "AIS", "TRUE", "CMCC"))),
    "file": (("passport image path", "id card file path"), {"kr": ("신분증 파일경로",), "cn": ("身份证照片路径",)}, lambda r: f"/upload/{r.randint(2019, 2026)}/scan_{r.randint(1, 99999):05}.jpg"),
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
