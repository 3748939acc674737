"""Running text to judge by: short texts, each line worded another way. Not to be read by who teaches the product."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("front desk book", "kr", "txt", """
%%
오신 분은 {name} 님이고 전화번호가 {phone}{~이라}고 적어 두셨다
%%
{birth}에 태어난 {name} 고객이 통장 분실을 알림
%%
존함 {name:spaced} / 손전화 {phone} / 오신 까닭 카드 재발급
%%
본인 명의 통장 {account}({bank})에서 빠졌다고 {name} 고객이 주장
%%
가족 대리 방문 → 명의자: {name}, 명의자 민증번호: {rrn}
%%
사시는 곳이 {address}인 {name} 어르신
%%
명함에 적힌 메일 {email}, 이름 {name}
%%
외국 손님. Name: {name:eastern}, Passport No: {passport}
%%
주차권 드림: 차 {plate}, 손님 {name}
%%
면허증 제시(면허 번호 {licence}, 이름 {name}), 얼굴 대조함
%%
카드 뒷면 서명이 {name}, 카드 번호는 {card}
%%
앱 별명이 "{nick}"{~이라}고 하신 분, 폰 {phone}
%%
비상연락망 등록: 본인 {name} {phone}, 배우자 {b.name} {b.phone}
%%
고객카드 이름란엔 {name}, 전화란엔 {phone}, 생일란엔 {birth}
%% idle
이름표를 새로 만들었다
손님 없음
전화란이 두 줄이라 헷갈린다는 의견
번호표 {#n}번까지 나감
우산 분실물 1개, 보관일 {#day}
생일란은 선택 항목으로 바꾸기로
대출 안내 책자({#product}) {#n}권
명의 변경 서류는 서랍 둘째 칸
시계 건전지 교체 {#time}
본점 {#tel} 통화 중
""", records=42),
    Kind("settlement wrangles", "kr", "txt", """
정산 분쟁 기록
%%
판매자 {name}(사업자번호 {brn}) 정산금 {#amount}원 미지급. 입금처: {bankname} {account}
%%
구매자 {name} ↔ 판매자 {b.name}, 구매자 손폰 {phone}, 판매자 손폰 {b.phone}
%%
입금자명은 「{name}」, 그러나 주문자명은 「{b.name}」
%%
가상자산 출금처 {wallet} — 신청자 {name}, 생년월일 {birth}
%%
"돌려주세요" — 문의자: {name} | 답장 받을 곳: {email}
%%
반품 수거지는 {address}, 맡기신 분은 {name}, 연락은 {phone}{~으로}
%% idle
분쟁 번호 {#ticket} 종결
판매자 등급 조정 {#n}건
주문번호 {#order} 부분 취소
사업자 구분: 법인({#corporate})
상품 이름 오기재로 인한 반품
정산 주기 변경 공지 {#day}
답장 기한 7일
""", records=30),
    Kind("copied portal screen", "kr", "txt", """
회원 상세 (화면 복사)
%%
회원이름	{name}	회원상태	정상
휴대폰번호	{phone}	마케팅	거부
가입일	{#iso}	등급	실버

%%
이용자명
  {name}
이용자 생일
  {birth}
이용자 메일
  {email}
최근접속
  {#stamp}

%%
연계정보 {ci}
중복확인정보 {di}
본인확인일 {#iso}

%%
접속기록 {#stamp} IP {ip} 별명 {nick}
%%
기본정보
이름* {name} 필수
전화* {phone} 필수
배송받을 주소* {address} 필수
추천인 없음

%% idle
조회 버튼을 누르세요
회원이름으로 검색	전화번호로 검색
총 {#n}건 중 1건
화면번호 MB{#n}10
최종수정 {#stamp}
이용자명 정렬 ▲
""", records=24),
    Kind("thai worded memos", "th", "txt", """
%%
ผู้แจ้ง "{name}" ติดต่อกลับ {phone}
%%
เจ้าของเครื่อง {name} หมายเลขมือถือ {phone} ขอปลดล็อก
%%
ผู้เอาประกัน: {name} ลืมตาดูโลกเมื่อ {birth}
%%
ถือบัตรประชาชน {tnin} นามว่า {name}
%%
เงินคืนเข้าบัญชี {account} ของ {name}
%%
นามสกุลสะกดว่า {name:western} ไปรษณีย์อิเล็กทรอนิกส์ {email}
%%
พัสดุตีกลับจาก {address} ผู้รับคือ {name}
%%
สมาชิกชื่อเล่น {nick} มือถือ {phone}
%% idle
นามบัตรหมด สั่งเพิ่ม {#n} กล่อง
มือถือสำรองอยู่ที่เคาน์เตอร์
ประชุม {#day} {#time}
ใบส่งของ {#order}
รุ่น {#version} ยังมีปัญหา
ชื่อผู้รับในแบบฟอร์มยาวเกินไป
""", records=38),
    Kind("chinese worded memos", "cn", "txt", """
%%
来访者{name}，{birth}出生，留了号码{phone}
%%
机主系{name}，证件号码系{cnid}
%%
户主→{name}；住处→{address}
%%
寄件人{name}（{phone}）；收件人{b.name}（{b.phone}）
%%
卡号 {card} 的持有人叫 {name}
%%
证件类型护照，号码{cnpass}，拼音{name:joined}
%%
网名“{nick}”，注册邮箱“{email}”
%%
本人{name}，公民身份号码{cnid}，承诺以上属实
%% idle
来访登记表用完了
号码牌发到{#n}号
运单{#order}丢失
例会改到{#day} {#time}
系统名称：晨星
证件照尺寸有误
""", records=38),
    Kind("english worded memos", "cn", "txt", """
%%
Policyholder {name:western} (born {birth}) moved to {address}
%%
"I am {name:eastern}, my cell is {phone}", he wrote.
%%
Beneficiary = {name:upper} | Chinese name = {name} | ID card = {cnid}
%%
Reply-to address is {email}; the sender signs as {name:western}
%%
Visa refused: applicant {name:comma}, passport number {cnpass}
%%
Debit card {card} belongs to Mrs. {name:western}
%% idle
Beneficiary box must not be empty.
Born too late for the campaign? Show the banner.
Release {#version} on {#iso}.
Waybill {#order} lost.
The sender's signature was cropped.
Cell padding looks wrong on page {#n}.
""", records=36, tongue="en"),
)  # fmt: skip
