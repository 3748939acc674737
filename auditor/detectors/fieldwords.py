"""The words that stand around a field's own name in headers, keys and columns: whose it is, which copy, in what form."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

from typing import Final

# Words in front of a field's own name: whose it is, or a table's or type's abbreviation.
PERSON_PREFIXES: Final = frozenset(
    (
        "usr user users mbr mem member members memb cust customer customers client my owner holder buyer sender "
        "receiver recipient recv rcv rcpt orderer order ord guardian parent emp employee staff applicant patient "
        "student contact manager mgr person personal insured payer borrower visitor guest subscriber profile account "
        "acct kakao naver google apple holder payee payer beneficiary remitter depositor cstmr custmr cstm rcver rcvr rcpnt "
        "aplcnt applcnt applcant aplyr rqester rqstr reqstr ordr orderr dpstr buyr sndr mber mmbr teacher parents spouse landlord writer player driver rider tenant resident trainee caregiver carer addressee invitee inviter attendee enrollee learner instructor tutor coach doctor physician nurse counselor counsellor consultant debtor guarantor cosigner lessee lessor occupant householder policyholder annuitant claimant winner contestant witness petitioner husband wife father mother pupil alumni interviewee referee introducer traveler traveller passenger booker chrg rprs rprsv rprsntv ceo donor 고객 회원 사용자 가입자 본인 작성자 글쓴이 등록자 요청자 문의자 접수자 의뢰인 상담자 수신자 발신자 참석자 관리자 책임자 소유자 소유주 차주 세대주 조합원 수강생 졸업생 신청자 신청인 수령인 수취인 받는분 받는사람 보내는분 보호자 대표 대표자 담당자 주문자 구매자 예금주 환자 "
        "직원 이용자 유저 가입 참가자 응모자 당첨자 신청 법정대리인 대리인 배우자 학부모 학생 계약자 피보험자 수익자 임차인 임대인 판매자 비상 자택 주문 구매 배송 수취 수령 "
        "客户 用户 会员 收货人 收件人 寄件人 联系人 持卡人 申请人 投保人 被保险人 员工 学生 患者 本人 紧急 紧急联系人 开户 户主 注册 登录 微信 预留 "
        "ลูกค้า ผู้ใช้ สมาชิก ผู้รับ ผู้ซื้อ ผู้ส่ง พนักงาน ผู้สมัคร ผู้ป่วย ผู้ติดต่อ นักเรียน เจ้าของ"
    ).split()
)
PREFIXES: Final = PERSON_PREFIXES | frozenset(
    (
        "tb tbl t f fld col s sz str in out req res request response param p v val real raw new old org orig original "
        "cur current pre main primary verified ipin nice kcb chk cert auth enc dec encrypted plain masked hashed hash "
        "test sample tmp temp db dummy mock fake demo seed stg dev qa prod input form frm txt hid hidden lbl pass toss payco danal sci kmc "
        "drmok drmokj mobileok kg inicis portone iamport dto vo entity rs rq 최초 현재 신규 기존 이전 변경 개인 실 본인인증 본인확인 인증 "
        "실명인증 실명확인 아이핀 나이스 패스 휴대폰인증 휴대폰본인인증 통신사 必填 原"
    ).split()
)
SUFFIXES: Final = frozenset(
    (
        "val value values text txt str string data info no num number cd code enc encrypted encode encoded crypt "
        "cipher hash hashed sha sha256 sha512 md5 hmac aes masked mask plain raw old new org orig original cur "
        "current main col fld field param list full all vl vlu hex bin base base64 b64 utf8 raw orgn origin json arr array set fmt formatted front kr ko kor en eng th cn 1 2 3 값 정보 원문 암호화 해시 마스킹 필수 선택 구 신 번호 자리 전체 앞자리 앞 기준 양력 음력 원본 숫자만 하이픈없이 하이픈제외 평문 응답값 요청값 입력값 결과값 "
        "号 号码 信息 必填"
    ).split()
)
LISTED: Final = frozenset(
    (
        "list lists export exports exported extract extracted dump dumps data backup bak copy all full final result results report "
        "out file files table tables csv part batch daily monthly latest sheet v ver 목록 리스트 추출 백업 명단 자료 최종 전체 결과 파일 名单 列表 导出 รายชื่อ"
    ).split()
)
"""Words that say of a file that it holds many of what is named before them."""
OF_FILES: Final = PREFIXES | LISTED
"""Words behind an entity's name in the name of a file that holds it: `ci_list_2024`; not `WalletNft`."""
NOT_PREFIXES: Final = frozenset(
    (
        "no not is has have use used using show hide check dup duplicate duplicated invalid valid error err fail failed msg message label "
        "title placeholder hint help min max count cnt len length size num total limit allow allowed require required search find "
        "change edit modify request enter select random gen generate generated bot system sys class file type kind "
        "masked mask 마스킹 중복 오류 변경 검색 입력 금지 제한"
    ).split()
)
"""Words in front of a name after which the value is about the field instead of its content."""
SPECIFIC: Final = 5
"""Letters from which a Latin name is specific enough to count behind any other word: `display nickname`, `pay card no`."""
GENERIC: Final = frozenset(
    [
        "value",
        "val",
        "values",
        "text",
        "content",
        "data",
        "body",
        "base64",
        "binary",
        "bytes",
        "t",
        "string",
        "s",
        "n",
        "result",
        "item",
        "0",
        "1",
    ]
)
_SYNONYMS: Final = (
    "no num number nbr nmbr numb", "reg registration regist rgst regi", "addr address adres adrs addrs adr", "acct account acnt acc accnt",
    "lic license licence lcns lcnse", "tel telephone", "member mbr memb mber mmbr", "customer cust cstmr custmr cstm", "user usr",
    "receiver recipient rcvr rcver recv rcpt rcv rcpnt", "birth brth bth brt bir", "name nm", "employee emp", "applicant aplcnt applcnt aplyr",
    "date dt", "orderer ordr orderr", "passport psprt pspt passpt pasprt psport paspt", "mobile mbl moblphon mbtl", "phone phn", "cell cellular", "business biz bsn bizr bz bsns",
    "identity identification", "device dvc dvce", "vehicle vhcl vhcle vhr", "resident rsdnt", "foreigner frgnr",
)  # fmt: skip
CANONICAL: Final = {word: group.split()[0] for group in _SYNONYMS for word in group.split()}
"""Words that schemas shorten in many ways, and the one that stands for all of them: rule files need name only one."""
WRITTEN: Final = {group.split()[0]: tuple(group.split()) for group in _SYNONYMS}
"""The same the other way round: how a word may be written."""
