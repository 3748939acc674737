"""Running text to learn from: Thai and Chinese."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("thai call notes", "th", "txt", """
บันทึกการโทร วันที่ {#day}
%%
{#time} ลูกค้าชื่อ {name} เบอร์โทร {phone} แจ้งโอนเงินผิดบัญชี
%%
{#time} คุณ{name:bare} โทรเข้ามา เลขบัตรประชาชน {tnin} ยืนยันตัวตนผ่าน
%%
{#time} ชื่อ-สกุล: {name} วันเกิด: {birth} ขอเปลี่ยนเบอร์เป็น {phone}
%%
{#time} ขอให้ส่งเอกสารไปที่ {address} ผู้รับ {name}
%%
{#time} เลขที่บัญชี {account} ชื่อบัญชี {name} ยอดไม่เข้า
%% idle
{#time} สายหลุด ลูกค้าไม่แจ้งชื่อ
{#time} แจ้งว่าชื่อไฟล์ผิด ให้ทีมเทคนิคตรวจสอบ
{#time} สอบถาม {#product} ดอกเบี้ย {#n} เดือน
{#time} เลขที่คำสั่งซื้อ {#order} ยังไม่จัดส่ง
{#time} ให้โทรกลับที่คอลเซ็นเตอร์ {#tel}
{#time} หน้าจอกรอกวันเกิดไม่แสดง ({#ticket})
""", records=32),
    Kind("thai complaint mail", "th", "txt", """
เรื่อง ร้องเรียนการหักเงินซ้ำ
%%
เรียน ฝ่ายลูกค้าสัมพันธ์
ข้าพเจ้า {name} อายุ {age} ปี อยู่บ้านเลขที่ {address}
ขอแจ้งว่าบัตรเครดิตหมายเลข {card} ถูกหักเงินสองครั้ง จำนวน {#amount} บาท
ติดต่อกลับที่ {phone} หรืออีเมล {email}
ขอแสดงความนับถือ

%%
ผู้ร้อง: {name}
เลขประจำตัวประชาชน: {tnin}
โทรศัพท์: {phone}
รายละเอียด: เงินในบัญชีเลขที่ {account} หายไป
วันที่ร้องเรียน: {#day}

%% idle
เลขที่เรื่อง {#ticket} ส่งต่อฝ่ายปฏิบัติการแล้ว
ทางบริษัทได้รับเรื่องแล้ว จะตอบกลับภายใน {#n} วัน
กรุณาระบุชื่อและเบอร์โทรให้ครบถ้วน
แนบไฟล์: สลิป_{#order}.pdf
ธนาคารขออภัยในความไม่สะดวก
""", records=20),
    Kind("thai contract", "th", "txt", """
สัญญาใช้บริการ
%%
สัญญาทำขึ้นเมื่อวันที่ {#day} ระหว่าง บริษัท ฟ้าใหม่ จำกัด กับ {name} เลขประจำตัวประชาชน {tnin} เกิดวันที่ {birth}
ที่อยู่ตามทะเบียนบ้าน {address}
ซึ่งต่อไปเรียกว่า "ผู้ใช้บริการ"

%%
ผู้เช่า ชื่อ {name} โทร {phone}
ชำระเข้าบัญชี ธ.กสิกรไทย เลขที่ {account}
ลงชื่อ ................ ผู้เช่า

%% idle
ข้อ {#n} ผู้ใช้บริการต้องแจ้งเปลี่ยนที่อยู่ภายใน 7 วัน
ข้อ {#n} ชื่อและนามสกุลต้องตรงกับบัตรประชาชน
เลขที่สัญญา {#order}
ค่าบริการ {#amount} บาทต่อเดือน
ข้อ {#n} สัญญามีผลถึงวันที่ {#day}
""", records=22),
    Kind("line export", "th", "txt", """
[LINE] ประวัติการแชต
%%
{#time}	แอดมิน	ขอชื่อ เบอร์โทร ที่อยู่ ด้วยค่ะ
{#time}	ลูกค้า	ชื่อ {name} เบอร์ {phone}
{#time}	ลูกค้า	ที่อยู่ {address}
%%
{#time}	ลูกค้า	เบอร์ใหม่{phone}นะคะ อีเมล {email}
%%
{#time}	ลูกค้า	เลขบัตรปชช {tnin} ค่ะ
%%
{#time}	ลูกค้า	โอนเข้า {account} กสิกร ชื่อบัญชี {name} ครับ
%% idle
{#time}	แอดมิน	รอสักครู่นะคะ
{#time}	แอดมิน	แก้ชื่อในระบบได้สัปดาห์หน้าค่ะ
{#time}	แอดมิน	เลขพัสดุ TH{#order} ค่ะ
{#time}	ลูกค้า	ขอบคุณครับ
{#time}	แอดมิน	โปร {#product} ถึงวันที่ {#day}
""", records=30, tolerated=("PERSON", "NICKNAME")),
    Kind("thai application", "th", "txt", """
ใบสมัคร {#product}
%%
ชื่อ-นามสกุล {name}
วันเดือนปีเกิด {birth}
เลขบัตรประชาชน {tnin}
เลขหลังบัตร {laser}
เบอร์มือถือ {phone}
ที่อยู่ปัจจุบัน {address}
วันที่สมัคร {#day}
สาขา ลาดพร้าว
ผลิตภัณฑ์ {#product}

%%
[ชื่อ] {name}
[ชื่อเล่น] {nick}
[อีเมล] {email}
[โทร] {phone}
[วันที่รับเรื่อง] {#day}
[สถานะ] รออนุมัติ

%% idle
กรุณากรอกชื่อเป็นตัวบรรจง
สำหรับเจ้าหน้าที่: เลขที่ใบสมัคร {#order}
ลงชื่อผู้สมัคร ....................
แบบฟอร์มฉบับที่ {#version}
ที่อยู่จัดส่งเอกสาร (ถ้าต่างจากข้างต้น)
""", records=20),
    Kind("thai delivery list", "th", "txt", """
รายการจัดส่ง {#day}
%%
ชื่อผู้รับ / เบอร์โทร / ที่อยู่
{name} / {phone} / {address}
{b.name} / {b.phone} / {b.address}
{c.name} / {c.phone} / {c.address}

%%
1) ผู้รับ {name} โทร {phone} ส่งที่ {address}
   สินค้า {#product} จำนวน {#n}
%% idle
ขนส่ง: เร็วไว เอ็กซ์เพรส รอบ {#time}
รวม {#n} กล่อง
ชื่อสินค้า / จำนวน / ราคา
{#product} / {#n} / {#amount}
หมายเหตุ ที่อยู่ไม่ชัดให้โทรก่อน
""", records=18),
    Kind("thai incident", "th", "md", """
# รายงานเหตุขัดข้อง {#ticket}
%%
- ลูกค้าที่ได้รับผลกระทบ: {name} (โทร {phone}) ยอด {#amount} บาท
%%
- **ชื่อ**: {name}
- **เลขบัตรประชาชน**: {tnin}
- **อาการ**: เข้าระบบไม่ได้
%%
- บัตรเลขที่ {card} ของ{name} ถูกตัดซ้ำ
%%
- นาย{name:bare} (เกิด {birth}) แจ้งว่าไม่ได้รับ OTP ที่เบอร์ {phone}
%% idle
- เวลาเกิดเหตุ {#stamp}
- แก้ไขในเวอร์ชัน {#version}
- ช่องชื่อในฟอร์มว่างได้ ต้องแก้
- ชื่อเซิร์ฟเวอร์ app-th-{#n}
- ผู้ตรวจสอบ: ทีมโครงสร้างพื้นฐาน
""", records=26),
    Kind("chinese tickets", "cn", "txt", """
工单备注导出 {#day}
%%
{#ticket} 客户姓名：{name}，手机：{phone}，反映无法登录
%%
{#ticket} 客户{name}先生来电，身份证号{cnid}，已核实
%%
{#ticket} 请退款到银行卡{card}，户名{name}
%%
{#ticket} 出生日期{birth}与系统不符，联系电话{phone}
%%
{#ticket} 收货地址改为{address}，收件人{name}
%% idle
{#ticket} 姓名字段为空，已转开发
{#ticket} 订单号{#order}重复支付
{#ticket} 咨询{#product}利率
{#ticket} 地址搜索接口超时{#n}秒
{#ticket} 客服热线{#tel}占线
{#ticket} 已关闭
""", records=34),
    Kind("wechat lines", "cn", "txt", """
—————  2026-03-04  —————
%%
客户 14:02
我叫{name}，电话{phone}
%%
客户 14:05
身份证{cnid} 麻烦查一下
%%
客服小助手 14:06
请核对：姓名 {name} 生日 {birth} 邮箱 {email}
%%
客户 14:11
寄到{address}就行
%%
客户 14:15
昵称是{nick}
%% idle
客服小助手 14:03 您好，请提供姓名和手机号
客服小助手 14:08 订单{#order}已发货
客服小助手 14:20 改名功能下周上线
客户 14:21 好的谢谢
客服小助手 14:25 {#product}活动到{#day}截止
""", records=30, tolerated=("PERSON", "NICKNAME")),
    Kind("chinese application", "cn", "txt", """
业务申请表
%%
姓名 {name}
性别 女
出生日期 {birth}
身份证号码 {cnid}
手机号码 {phone}
通讯地址 {address}
申请日期 {#day}

%%
【姓名】{name}
【证件】护照 {cnpass}
【电话】{phone}
【邮箱】{email}
【产品】{#product}
【编号】{#order}

%%
申请人
{name:spaced}
联系电话
{phone}
身份证号
{cnid}
银行卡号
{card}
受理日期
{#day}

%% idle
姓名须与身份证一致
以下由银行填写
受理网点：朝阳支行
地址请填写到门牌号
表格版本 {#version}
""", records=20),
    Kind("chinese handover", "cn", "md", """
# 交接说明 {#day}
%%
- 未结：{name}女士（{phone}）退款{#amount}元
%%
- 客户{name}（男，{birth}生，身份证{cnid}）投诉处理中
%%
- 邮箱 {email} 的用户改绑手机，新号 {phone}
%%
- 姓名：{name}；地址：{address}；备注：周末送
%% idle
- 服务名称 支付网关，负责人见通讯录
- 数据库名 member_prod，版本 {#version}
- 每天 {#time} 跑批
- 姓名列加密，{#ticket}
- 文件名 客户名单模板.xlsx
""", records=28),
    Kind("chinese complaint answer", "cn", "txt", """
%%
尊敬的{name}先生：
您于{#day}反映的问题已收悉。经查，您尾号账户（卡号{card}）存在重复扣款{#amount}元。
如有疑问请致电{#tel}。

%%
投诉人：{name}
联系方式：{phone}
证件号码：{cnid}
回复：已于{#day}处理完毕

%%
致 {name} 女士（{address}）：感谢您的来信。
我们会在{#n}个工作日内答复。

%% idle
姓名、地址如有变更请及时通知本行
编号：{#order}
消费者权益保护部
本函一式两份
""", records=22),
    Kind("chinese delivery list", "cn", "txt", """
发货清单 {#day}
%%
收件人，电话，地址
{name}，{phone}，{address}
{b.name}，{b.phone}，{b.address}
{c.name}，{c.phone}，{c.address}

%%
姓名/手机/身份证
{name}/{phone}/{cnid}
{b.name}/{b.phone}/{b.cnid}

%% idle
承运：顺达快运 {#time}提货
品名，数量，单价
{#product}，{#n}，{#amount}
共{#n}件
地址不详请先电话联系
""", records=18),
    Kind("chinese log", "cn", "log", """
%%
{#stamp} INFO 用户注册成功 姓名={name} 手机={phone}
%%
{#stamp} WARN 实名认证失败，姓名：{name}，身份证：{cnid}
%%
{#stamp} ERROR 邮件发送失败 收件人 {email}
%%
{#stamp} INFO 修改收货地址为 {address}
%% idle
{#stamp} INFO 任务名称=日终清算 开始
{#stamp} ERROR 姓名参数缺失
{#stamp} INFO 流水号 {#order}
{#stamp} DEBUG trace {#uuid}
{#stamp} WARN 手机号格式错误
""", records=36),
)  # fmt: skip
