"""Running text to judge by: Thai and Chinese. Not to be read by who teaches the product."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("thai shift log", "th", "txt", """
สมุดส่งเวร
%%
- เวรเช้า: คุณ{name:bare} มือถือ {phone} รอ OTP ตั้งแต่ {#time}
%%
- เวรบ่าย: ผู้ถือบัตร {name} แจ้งบัตร {card} หาย
%%
- เวรดึก: เจ้าของบัญชี ({account}) คือ {name} เกิดเมื่อ {birth}
%%
- ฝากโทรหา "{name}" ที่ {phone} เรื่อง {#product}
%% idle
- เปลี่ยนหลอดไฟห้องเครื่อง {#day}
- ระบบสำรองข้อมูลเสร็จ {#time} (ชื่องาน nightly-{#n})
- บัตรพนักงานหาย 1 ใบ ทำใหม่แล้ว
- ลูกค้าไม่ให้ชื่อ วางสาย
- ปรับรุ่นเป็น {#version}
- ช่องเบอร์มือถือรับได้แค่ 10 หลัก
""", records=34),
    Kind("thai mandate", "th", "txt", """
หนังสือมอบอำนาจ
%%
เขียนที่ สำนักงานใหญ่ วันที่ {#day}
โดยหนังสือฉบับนี้ ข้าพเจ้า {name} ถือบัตรประชาชนเลขที่ {tnin} มีภูมิลำเนาอยู่ที่ {address}
ขอมอบอำนาจให้ {b.name} โทรศัพท์ {b.phone} เป็นผู้ดำเนินการปิดบัญชีเลขที่ {account} แทน
ลงชื่อ ....................... ผู้มอบอำนาจ

%%
ผู้มอบอำนาจ : {name} (เกิด {birth})
ผู้รับมอบอำนาจ : {b.name} (บัตรประชาชน {b.tnin})
ใช้ได้ถึงวันที่ {#day}

%% idle
ติดอากรแสตมป์ 10 บาท
พยานต้องลงชื่อด้วยตัวบรรจง
เลขที่เอกสาร {#order}
แนบสำเนาบัตรประชาชนทั้งสองฝ่าย
หมายเหตุ ชื่อต้องตรงกับทะเบียนบ้าน
""", records=22),
    Kind("thai survey", "th", "txt", """
แบบสอบถามความพึงพอใจ
%%
ถาม: ขอทราบชื่อผู้ตอบ
ตอบ: {name}
ถาม: เกิดวันที่เท่าไร
ตอบ: {birth}
ถาม: เบอร์ที่สะดวก
ตอบ: {phone}
ถาม: พอใจบริการหรือไม่
ตอบ: มาก

%%
ถาม: ชื่อเล่นในแอป
ตอบ: {nick}
ถาม: อีเมลรับของรางวัล
ตอบ: {email}
ถาม: ใช้ {#product} มานานเท่าไร
ตอบ: {#n} เดือน

%% idle
ถาม: หน้าจอกรอกชื่อใช้ง่ายไหม ตอบ: ง่าย
(ไม่ตอบ)
ปิดรับคำตอบ {#day}
ชุดที่ {#n}
""", records=22),
    Kind("thai sms", "th", "txt", """
ประวัติส่งข้อความ
%%
ถึง {phone} | คุณ{name:bare} ยอดโอน {#amount} บาท เข้า บ/ช {account} สำเร็จ
%%
ถึง {phone} | พัสดุถึง {name} จะจัดส่งที่ {address} วันนี้
%%
ถึง {phone} | รหัส OTP ใช้ภายใน {#n} นาที ห้ามบอกผู้อื่น
%% idle
แม่แบบ: "คุณ[ชื่อ] ยอดโอน [จำนวน] บาท"
ส่งไม่สำเร็จ {#n} รายการ เบอร์ผิดรูปแบบ
ผู้ส่ง: FAHMAI รอบ {#time}
โปรโมชัน {#product} หมดเขต {#day}
ตัวแปรชื่อว่าง ข้ามการส่ง
""", records=34),
    Kind("thai receipts", "th", "txt", """
ใบเสร็จรับเงินรวม
%%
ใบเสร็จเลขที่ {#order}
ได้รับเงินจาก {name}
ที่อยู่ผู้ชำระเงิน {address}
เลขผู้เสียภาษี (บุคคล) {tnin}
จำนวนเงิน {#amount} บาท
วันที่ {#day}

%%
ผู้ชำระ : {name} / มือถือ : {phone} / บัตรเครดิต : {card}
ค่า {#product} {#amount} บาท
%% idle
ผู้รับเงิน ................ (แคชเชียร์)
สินค้าซื้อแล้วไม่รับคืน
รวม {#n} รายการ
ชื่อร้าน ฟ้าใหม่มินิมาร์ท สาขา {#n}
ออกแทนใบเดิมลงวันที่ {#day}
""", records=22),
    Kind("thai minutes", "th", "md", """
# รายงานการประชุม {#day}
%%
{#n}. กรณี {name} (อายุ {age} ปี, โทร. {phone}) — มติ: คืนเงิน {#amount} บาท
%%
{#n}. ผู้เสียหายสองราย ได้แก่ {name} (บัตร {tnin}) และ {b.name} (บัตร {b.tnin})
%%
{#n}. ให้แก้วันเกิดของ {name} เป็น {birth} และแก้อีเมลเป็น {email}
%% idle
{#n}. เลื่อนการปรับรุ่น {#version}
{#n}. วันเกิดบริษัทปีนี้จัดที่ห้องประชุมใหญ่
{#n}. งบประมาณ {#amount} บาท อนุมัติ
{#n}. เพิ่มช่องชื่อกลางในฟอร์ม
{#n}. นัดครั้งถัดไป {#time}
""", records=30),
    Kind("thai code remarks", "th", "go", """
package member

// ตรวจสอบชื่อ เบอร์ และที่อยู่
%%
// ตัวอย่างจริง: ชื่อ "{name}" เบอร์ "{phone}" บัตร "{tnin}"
var limit{#n} = {#n}
%%
// ลูกค้า {name} ใช้อีเมล {email} แล้วพัง ดู {#ticket}
%%
/* ที่อยู่ทดสอบ -> {address} */
%%
// หลังบัตร (laser code) {laser}
%% idle
// ชื่อว่างให้คืนค่า error
const Version = "{#version}"
// เบอร์ต้องมี 10 หลัก
// แก้ไขล่าสุด {#iso}
// ชื่อฟังก์ชันเดิม checkName
""", records=28),
    Kind("chinese minutes", "cn", "txt", """
投诉处理例会纪要 {#day}
%%
议题：{name}（女，{birth}出生，手机{phone}）重复扣款一事
%%
议题：{name}与{b.name}（电话分别为{phone}、{b.phone}）同住，合并处理
%%
议题：客户{name}的身份证件（{cnid}）被冒用
%%
议题：把补偿款打到{name}名下的卡，卡号{card}
%% idle
议题：名称字段长度调整，版本{#version}
议题：下季度预算{#amount}元
决议：{#day}前完成
议题：生日祝福短信模板
议题：会议室名称“昆仑”改造
议题：手机银行改版
""", records=34),
    Kind("chinese mandate", "cn", "txt", """
%%
授权委托书
委托人：{name}，公民身份号码：{cnid}，住址：{address}
受托人：{b.name}，联系电话：{b.phone}
委托事项：办理{#product}销户
委托期限至{#day}

%%
本人{name}（护照号{cnpass}）因故不能到场，特委托{b.name}（身份证号{b.cnid}）代办。
日期：{#day}

%% idle
委托人签字（手印）：
附：双方身份证复印件各一份
本委托书不得转委托
编号 {#order}
受托人姓名须与证件一致
""", records=24),
    Kind("chinese group chat", "cn", "txt", """
群聊“支付值班群” 导出
%%
老周({#time}): 机主{name}，号码{phone}，麻烦解锁
%%
客服-小陈({#time}): 用户真名叫{name}，网名“{nick}”，邮箱{email}
%%
阿May({#time}): 退到这张卡 {card} 持卡人{name}
%%
老周({#time}): {name?} {phone}
%% idle
老周({#time}): 收到
阿May({#time}): 实名接口又超时了
客服-小陈({#time}): 单号{#order}查一下
老周({#time}): {#version}已上线
阿May({#time}): 网名审核规则改了吗
""", records=34, tolerated=("PERSON", "NICKNAME")),
    Kind("chinese receipts", "cn", "txt", """
%%
收 据
今收到{name}交来{#product}押金人民币{#amount}元整
缴款人电话　{phone}
缴款人住址　{address}
开票日期　{#day}

%%
签收单｜收货人→{name}｜手机→{phone}｜送至→{address}
货物：{#product} {#n}件
%% idle
收款单位（盖章）
票据号码 {#order}
收货人未签字，退回
大写金额见附页
条码 {#barcode}
""", records=26),
    Kind("chinese sms", "cn", "txt", """
短信下行记录
%%
{#stamp} 发往{phone}：【蓝鲸银行】{name}女士，您的卡{card}入账{#amount}元
%%
{#stamp} 发往{phone}：【顺达】{name}的快件将送至{address}
%%
{#stamp} 发往{phone}：【蓝鲸银行】生日快乐！
%% idle
{#stamp} 模板：【蓝鲸银行】[姓名]，您的卡入账[金额]元
{#stamp} 失败{#n}条 号码格式错误
{#stamp} 通道名称 主通道二
{#stamp} {#product}活动短信待审
""", records=34),
    Kind("chinese code remarks", "cn", "java", """
// 会员校验
public final class Checker {
%%
    // 线上真实数据：姓名"{name}"，证件号"{cnid}"，见{#ticket}
%%
    // {name}（{phone}）注册失败的原因在这里
    static final int TRIES = {#n};
%%
    /* 生日写成 {birth} 的用户，邮箱 {email} */
%% idle
    // 姓名不能为空
    // 手机号正则已更新 {#iso}
    String name = form.get("姓名");
    // 生日字段类型为 DATE
    // 版本 {#version}
%% foot
}
""", records=28),
    Kind("chinese test notes", "cn", "md", """
# 测试记录 {#version}
%%
- 用例{#n}：真实姓名＝{name}；出生年月日＝{birth}；证件＝{cnid} → 通过
%%
- 用例{#n}：绑定手机 {phone}，持卡人 {name}，卡片 {card} → 失败
%%
- 用例{#n}：网名“{nick}”含敏感词，注册邮箱 {email}
%% idle
- 用例{#n}：姓名留空 → 提示“请输入姓名”
- 环境：uat-{#n}，提交 {#commit}
- 用例{#n}：生日选未来日期 → 拒绝
- 缺陷 {#ticket} 已修复
- 用例{#n}：卡片样式对齐
""", records=30),
)  # fmt: skip
