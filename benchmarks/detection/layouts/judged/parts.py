"""What the judging layouts share: ordinary lines between customers' data, which hold nobody's."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.detection import numbers
from benchmarks.detection.columns import moment, uuid
from benchmarks.detection.documents import identifier
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.tables import Sheet

CODE = ("snake", "camel")
DB = ("snake", "upper")
PEOPLE = ("local", "space")
SHEETS = ("local", "space", "snake")
NUMBER = {"kr": "접수번호", "th": "เลขที่รับเรื่อง", "cn": "受理编号"}
DATE = {"kr": "접수일", "th": "วันที่รับเรื่อง", "cn": "受理日期"}
STATE = {"kr": ("상태", ("완료", "처리중", "보류")), "th": ("สถานะ", ("เสร็จสิ้น", "กำลังดำเนินการ", "รอ")), "cn": ("状态", ("已完成", "处理中", "暂停"))}  # fmt: skip
REMARK = {"kr": ("비고", ("", "재확인 필요", "우편 발송")), "th": ("หมายเหตุ", ("", "ตรวจสอบอีกครั้ง", "ส่งไปรษณีย์")), "cn": ("备注", ("", "需再次确认", "已邮寄"))}  # fmt: skip


def stamp(chance: Random) -> str:
    """A time with milliseconds."""
    return f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(1000):03}"


def gaps(table: Sheet, chance: Random, text: str) -> Sheet:
    """The same with one value in twenty or so missing, and what the file writes in its place."""
    rows = tuple(tuple(Cell(text=text, form="missing") if chance.random() < 0.05 else c for c in row) for row in table.rows)  # fmt: skip
    return replace(table, rows=rows)


def names_of(table: Sheet, form: str = "{}", joint: str = ", ") -> str:
    """All names as programs take them, each in a form."""
    return joint.join(form.format(identifier(f)) for f in table.fields)


def cut(page: Page, cell: Cell, field: str, most: int, mark: str = "...") -> str:
    """A text as tools shorten it: what is no longer whole is left open, its beginning too."""
    if len(cell.text) <= most:
        return page.put(cell, field)
    page.put(replace(cell, required=False, alternatives=(cell.text[:most], cell.text[:most] + mark)), field)
    return cell.text[:most] + mark


def message(chance: Random) -> str:
    """What programs tell of themselves: orders, times, hashes, versions."""
    count = chance.randint(2, 9000)
    return chance.choice(
        (
            f"order {moment(chance):%Y%m%d}-{numbers.digits(chance, 7)} paid amount={count * 100}",
            f"traceId={uuid(chance)} took {count}ms",
            f"cache refreshed, {count} entries, version 3.{count % 20}.{count % 7}",
            f"HikariPool-1 - Pool stats (total=10, active={count % 10}, idle={10 - count % 10}, waiting=0)",
            f"GET /api/v1/goods/{numbers.ean13(chance)} 200 {count}ms",
            f"upload sha256={chance.randbytes(32).hex()} size={count}",
            f"OrderSyncJob {moment(chance):%Y%m%d} end: read={count} write={count} skip=0",
            f"consumer offset={count * 977} partition=3 ts={int(moment(chance).timestamp() * 1000)}",
            f"kr.co.vendor.goods.GoodsService.reload() done rc=0 build {chance.randbytes(4).hex()}",
        )
    )


def ordinary(chance: Random, head: str = "") -> list[str]:
    """None to three of these, behind what the file begins its lines with."""
    return [head + message(chance) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))]


def statements(chance: Random) -> list[str]:
    """None to two statements about codes, goods and orders."""
    count = chance.randint(1, 900)
    pool = (
        f"SELECT COUNT(*) FROM TB_ORDER WHERE ORD_DT = '{moment(chance):%Y%m%d}';",
        f"UPDATE TB_CODE SET USE_YN = 'N', SORT_NO = {count} WHERE CODE_ID = 'C{count:04}';",
        f"DELETE FROM TB_GOODS_TMP WHERE GOODS_CD = '{numbers.ean13(chance)}';",
        f"INSERT INTO TB_BATCH_LOG (JOB_NM, RUN_DTM, RSLT_CD) VALUES ('OrderSyncJob', '{moment(chance):%Y%m%d%H%M%S}', '0000');",
        "COMMIT;",
    )
    return chance.sample(pool, chance.choice((0, 0, 1, 2)))
