"""Running text to learn from: short notes, each line worded another way."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("desk diary", "kr", "txt", """
%%
성함은 {name}, 휴대전화는 {phone}
%%
이름이 {name}인 분, 생년월일이 {birth}인 분을 찾아 달라고 함
%%
{name} 씨 휴대폰이 {phone}{~으로} 바뀜
%%
신청자 {name}, 신청자 연락처 {phone}, 신청자 메일 {email}
%%
예금주가 {name}{~이라}고 하고 계좌번호는 {bank} {account}{~이라}고 함
%%
생일: {birth} (만 {age}세) / 성명: {name}
%%
주소는 {address}, 우편번호는 {#zip}
%%
고객 성명 '{name}', 고객 주민번호 '{rrn}'
%%
"{name}" 고객의 이메일이 "{email}"로 되어 있음
%%
차량번호는 {plate}이고 소유자는 {name}임
%%
여권번호는 {passport}, 영문이름은 {name:comma}
%%
닉네임 "{nick}" 사용자의 휴대폰: {phone}
%%
운전면허번호가 {licence}인 {name} 고객
%%
{birth}생 {name} 고객, 직장 전화 {phone}
%% idle
이름 순으로 정렬해 달라고 함
성명 칸이 좁다는 의견
주소 검색 결과가 안 나옴
연락처 동기화는 {#version}부터
오늘 접수 {#n}건, 내일 {#n}건
생년월일 형식 안내문 수정
계좌 개설 안내 전단 {#n}부
이메일 제목에 주문번호 {#order} 넣기
마감일 {#day}
파일명 고객정보.xlsx 는 폐기함
""", records=42),
    Kind("bulleted facts", "kr", "md", """
# 확인 사항
%%
1. 대상 고객
   - 이름: {name}
   - 생년월일: {birth}
   - 연락처: {phone}
   - 접수일: {#day}
%%
1) 신청인 : {name}
2) 전화번호 : {phone}
3) 신청 상품 : {#product}
%%
가) 성명 - {name}
나) 주소 - {address}
다) 비고 - 없음
%%
• 이름 = {name}
• 메일 = {email}
• 상태 = 처리 중
%%
* 고객명(예금주): {name}
* 계좌번호(은행): {account} ({bank})
* 금액: {#amount}원
%%
<성명> {name} <주민번호> {rrn} <비고> 대면 확인
%%
「이름」{name}「휴대폰」{phone}「구분」신규
%%
| 이름 | 연락처 | 이메일 |
|---|---|---|
| {name} | {phone} | {email} |
| {b.name} | {b.phone} | {b.email} |

%% idle
- 이름: (미기재)
- 성명 / 생년월일 / 연락처
- 제목: 이름 변경 절차
- 팀명: 개발1팀
- 상품명: {#product}
- 담당 부서: 고객지원팀
- 작성일: {#day}
- 버전: {#version}
- 문서 이름: 업무 매뉴얼
- 접수번호: {#order}
""", records=26),
    Kind("forwarded text messages", "kr", "txt", """
%%
[Web발신] {name}님 본인확인 인증번호 발송 ({phone})
%%
[국제발신] {name} 고객님 카드 {card} 해외승인 {#amount}원
%%
[새벽은행] 보내는 분 {name}, 받는 분 {b.name}, 받는 계좌 {b.bankname} {b.account}
%%
[새벽택배] {name}({phone})님 택배 배송예정, 주소 {address}
%%
[새벽카드] 회원 {name} 님의 생일({birth})을 축하합니다
%%
[새벽보험] 계약자: {name} / 피보험자: {b.name} / 연락처: {phone}
%%
[새벽마켓] 구매자 {name}, 환불계좌 {bank} {account} 예금주 {name}
%% idle
[새벽은행] 본인 이름으로 된 계좌만 등록할 수 있습니다
[Web발신] 인증번호 {#n}{#n}21 입니다. 타인에게 알려주지 마세요
[새벽택배] 운송장 {#order} 배송완료
[광고] {#product} 특판, 문의 {#tel}
[새벽카드] 이름 변경은 앱에서 가능합니다
[새벽보험] 납입일 {#day}
""", records=30),
    Kind("thai worded notes", "th", "txt", """
%%
ลูกค้าบอกว่าชื่อ {name} และเบอร์โทรศัพท์คือ {phone}
%%
ชื่อบัญชี {name} เลขที่บัญชี {account} ธนาคารกรุงไทย
%%
เกิดวันที่ {birth} ชื่อ-นามสกุล {name}
%%
อีเมลของ คุณ{name:bare} คือ {email}
%%
บัตรประชาชนเลขที่ {tnin} ของ {name} หมดอายุ
%%
ผู้ติดต่อ: {name} ({phone})
%%
ที่อยู่จัดส่งใหม่: {address} (ผู้รับ: {name})
%%
ชื่อภาษาอังกฤษ {name:western} โทร {phone}
%%
นาง {name:bare} อายุ {age} ปี วันเกิด {birth}
%% idle
ชื่อโครงการ รุ่งอรุณ
ขอชื่อผู้ติดต่อใหม่พรุ่งนี้
เลขที่ใบสั่งซื้อ {#order}
ที่อยู่อีเมลบริษัท {#mailbox}
วันที่นัด {#day} เวลา {#time}
เบอร์ภายใน {#n}
ชื่อไฟล์ผิด ส่งใหม่แล้ว
""", records=40),
    Kind("chinese worded notes", "cn", "txt", """
%%
客户自称{name}，出生于{birth}，手机号是{phone}
%%
姓名为{name}，身份证号为{cnid}
%%
联系人：{name}（{phone}）
%%
{name}女士要求把地址改成：{address}
%%
银行卡号：{card}，开户名：{name}
%%
护照号码是{cnpass}，英文名是{name:upper}
%%
<姓名>{name}<邮箱>{email}
%%
「昵称」{nick}「手机」{phone}
%%
生日 {birth}，姓名 {name}，电话 {phone}
%% idle
姓名字段为空
项目名称：黎明
订单号：{#order}
会议日期：{#day}
地址簿模板已更新
版本号：{#version}
客服电话：{#tel}
""", records=40),
    Kind("english worded notes", "kr", "txt", """
%%
Customer name: {name:western}; phone: {phone}; DOB: {birth}
%%
Her name is {name:eastern}, she was born on {birth}.
%%
Ms. {name:western} can be reached at {phone} or {email}.
%%
Account holder {name:upper}, account no. {account}
%%
Shipping address: {address}; recipient: {name}
%%
Credit card {card}, cardholder name {name:upper}
%%
Resident registration number: {rrn} (name: {name})
%% idle
The name field is required.
Phone support closes at {#time}.
File name: customers_{#order}.csv
Birthday coupons ship in {#version}.
Address lookup error, see {#ticket}.
Meeting on {#iso}.
Project name: Dawn
""", records=36, tongue="en"),
)  # fmt: skip
