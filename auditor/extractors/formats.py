"""What is read, format by format: the only source of docs/formats.md, which `make schema` writes from it.

tests/contract/test_formats.py holds each row to what `identify.choose` really does with a file of that name.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from auditor import registry
from auditor.extractors import magic
from auditor.model.noun import noun

OWN: Final = "own reader"


@noun
class Format:
    """One row. `suffixes` are usual ends of names; content decides, names only where content does not tell (identify.py).

    `extractor` is the registry's name of what reads it. `unread` is "" where nothing stays unread of a whole, unencrypted file.
    """

    group: str
    name: str
    suffixes: tuple[str, ...]
    extractor: str
    library: str
    reads: str
    unread: str = ""


_TEXTS: Final = (
    Format(
        group="Text and tables", name="Plain text: logs, `.env`, settings, TOML, shell histories, source code",
        suffixes=(".log", ".txt", ".env", ".toml", ".ini", ".properties", ".bash_history", ".py", ".java", ".js", ".php", ".sh", ".svg", ".md"),
        extractor="text", library=OWN,
        reads="every line, in UTF-8, UTF-16 and UTF-32 with and without a mark, CP949, CP874, GB18030, Big5 and Shift_JIS, also several in one file; "
        "tables drawn with characters, SQL statements with the values bound to them, forms, names and values by turns, as tables "
        "(docs/decisions/016-tables-in-text.md)",
        unread="wrapped or truncated cells of drawn tables; lines in EBCDIC and other encodings that are not listed here: a gap",
    ),
    Format(
        group="Text and tables", name="CSV, TSV and their kin", suffixes=(".csv", ".tsv", ".psv", ".tab"), extractor="csv", library="Apache Arrow, csv (standard library)",
        reads="delimiter, quotes and header are worked out; ragged rows, rows over several lines, lines that are no rows",
    ),
    Format(
        group="Text and tables", name="JSON, JSON Lines, HAR, notebooks", suffixes=(".json", ".jsonl", ".ndjson", ".har", ".ipynb", ".geojson"),
        extractor="json", library="json (standard library) and an own tokenizer",
        reads="objects become rows with dotted columns; JSON within JSON strings; broken and concatenated documents",
        unread="levels beyond 1,000: their text is searched, without columns, and a gap says so",
    ),
    Format(
        group="Text and tables", name="YAML", suffixes=(".yaml", ".yml"), extractor="yaml", library="PyYAML (events)",
        reads="every line, comments too; lists of maps as rows with their columns", unread="aliases are not followed: what they stand for is read where it stands",
    ),
    Format(
        group="Text and tables", name="HTML and XML", suffixes=(".html", ".htm", ".xml", ".xhtml", ".rss"), extractor="html", library=OWN,
        reads="text, attributes, comments, scripts; tables and repeated records with their columns; character references decoded",
        unread="entities that the file declares itself are searched as they are declared, never expanded",
    ),
    Format(
        group="Text and tables", name="SQL scripts: mysqldump, pg_dump, SQL Server, Oracle, SQLite", suffixes=(".sql", ".ddl", ".dml", ".pgsql", ".mysql"), extractor="sql", library=OWN,
        reads="INSERT tuples and COPY blocks as rows with their columns; all else as text",
    ),
)  # fmt: skip

_DOCUMENTS: Final = (
    Format(
        group="Documents", name="Word, PowerPoint, OpenDocument text and slides, Hangul (hwpx), Visio", suffixes=(".docx", ".docm", ".dotx", ".pptx", ".pptm", ".odt", ".odp", ".odg", ".hwpx", ".vsdx"),
        extractor="office", library="libarchive, expat (standard library)",
        reads="every XML part: body, headers, footers, notes, comments, tracked changes, hidden parts, properties; tables with columns; embedded files and pictures as members; parts encrypted in the zip with a password that is given",
        unread="OpenDocument encryption (a gap, whatever the password); ink and drawings without text",
    ),
    Format(
        group="Documents", name="Excel and OpenDocument workbooks", suffixes=(".xlsx", ".xlsm", ".xltx", ".xlsb", ".ods"), extractor="spreadsheet", library="libarchive, expat (standard library), own reader of xlsb",
        reads="every cell with sheet, row and column letter, hidden sheets and rows, dates and long numbers as people see them, comments, headers, strings no cell uses, pivot caches",
        unread="OpenDocument encryption (a gap, whatever the password)",
    ),
    Format(
        group="Documents", name="Word, Excel and PowerPoint 97–2003, Outlook messages, Hangul 5 (hwp), encrypted Office files", suffixes=(".doc", ".xls", ".ppt", ".msg", ".hwp"), extractor="ole",
        library="own readers on compound files; msoffcrypto-tool for passwords",
        reads="all stories of doc, cells of xls, text atoms of ppt, properties, bodies and attachments of msg, paragraphs and tables of hwp; every other stream, and the readable runs of what no reader knows; docx, xlsx, doc, xls with a password that is given",
        unread="Hangul for distribution (배포용) and with a password: only the preview, with a gap; Word 6 and 95: only readable runs, with a gap",
    ),
    Format(
        group="Documents", name="PDF", suffixes=(".pdf",), extractor="pdf", library="pdfium (pypdfium2)",
        reads="pages as lines, and their tables once more as tables (docs/decisions/018-tables-on-pages.md); form fields, notes, links, bookmarks, information and XMP, attached files; encrypted ones with a password that is given; with `--ocr` pages that are pictures",
        unread="without OCR pages that are pictures (a gap names them); layers and text that no page shows; streams that would fill the memory",
    ),
    Format(
        group="Documents", name="Rich text", suffixes=(".rtf",), extractor="rtf", library=OWN,
        reads="paragraphs, tables, headers, footnotes, deleted text in all its code pages; pictures and embedded objects as members",
    ),
    Format(
        group="Documents", name="Mail and mailboxes, saved web pages", suffixes=(".eml", ".mbox", ".emlx", ".mht", ".mhtml"), extractor="mail", library=OWN,
        reads="headers decoded, bodies in every transfer encoding, mails within mails, attachments as members, of any size",
        unread="S/MIME and PGP (a gap)",
    ),
    Format(
        group="Documents", name="Pictures", suffixes=(".png", ".jpg", ".gif", ".tiff", ".bmp", ".webp", ".ico"), extractor="image", library="own reader; tesseract for `--ocr`",
        reads="EXIF, XMP, IPTC and comments always; with `--ocr` the text in the picture (Korean, Thai, Chinese, English)",
        unread="without OCR the picture itself (a gap, but for icons and lines); with it, handwriting and what tesseract does not make out",
    ),
)  # fmt: skip

_DATA: Final = (
    Format(
        group="Data files and databases", name="Parquet", suffixes=(".parquet",), extractor="parquet", library="Apache Arrow",
        reads="every column, nested ones flattened, a few thousand rows at a time; metadata", unread="encrypted files and columns (a gap); of binary values only readable runs, with a gap",
    ),
    Format(
        group="Data files and databases", name="ORC", suffixes=(".orc",), extractor="orc", library="Apache Arrow",
        reads="every column, a stripe at a time; metadata", unread="encrypted columns (a gap); of binary values only readable runs, with a gap",
    ),
    Format(
        group="Data files and databases", name="Feather, Arrow files and streams", suffixes=(".feather", ".arrow", ".arrows"), extractor="arrow", library="Apache Arrow",
        reads="every column; metadata", unread="of binary values only readable runs, with a gap",
    ),
    Format(
        group="Data files and databases", name="Avro", suffixes=(".avro",), extractor="avro", library="fastavro",
        reads="every record; a damaged block costs no other; schema and metadata as text", unread="of damaged blocks and binary values only readable runs, with a gap",
    ),
    Format(
        group="Data files and databases", name="BSON: mongodump's collections and archives", suffixes=(".bson", ".archive"), extractor="bson", library="bson (pymongo)",
        reads="every document as a row, nested ones flattened", unread="of damaged documents and binary values only readable runs, with a gap",
    ),
    Format(
        group="Data files and databases", name="SQLite, with its `-wal`", suffixes=(".sqlite", ".db", ".sqlite3", ".db-wal"), extractor="sqlite", library="sqlite3 (standard library) and an own reader of pages",
        reads="every table with its columns, values that are files as members, deleted rows on free pages and in freed space, frames of the log",
        unread="SQLCipher and other encryption (looks like noise: a gap); of rollback journals only readable runs, with a gap; deleted rows that were written over; of binary values only readable runs, with a gap",
    ),
    Format(
        group="Data files and databases", name="Redis dumps and append-only files", suffixes=(".rdb", ".aof"), extractor="redis", library=OWN,
        reads="keys and values of RDB 1–12, packed and LZF-compressed ones; commands of an AOF", unread="modules' own types: readable runs from there on, with a gap",
    ),
    Format(
        group="Data files and databases", name="tables of a database target on their way", suffixes=(), extractor="rows", library="pyarrow",
        reads="every row with its columns, values that are files as members (docs/databases.md)", unread="of binary values only readable runs, with a gap",
    ),
    Format(
        group="Data files and databases", name="pg_dump's own formats (`-Fc`, `-Ft`, `-Fd`)", suffixes=(".dump", ".pgdump", ".backup"), extractor="pgdump", library=OWN,
        reads="rows with tables and columns, definitions, large objects as members; gzip, lz4 and zstd", unread="versions before PostgreSQL 8.4",
    ),
    Format(
        group="Data files and databases", name="InnoDB tablespaces, heap and core dumps, Java objects, LevelDB, whatever is unknown", suffixes=(".ibd", ".frm", ".hprof", ".core", ".ser", ".ldb", ".dat"), extractor="binary", library=OWN,
        reads="readable runs in UTF-8, UTF-16, CP949, GB18030, Big5, Shift_JIS and Thai: deleted rows as well",
        unread="all that is compressed, encrypted or binary; always a gap, which says that no more than text was searched",
    ),
)  # fmt: skip

_ARCHIVES: Final = (
    Format(
        group="Archives, images and histories", name="Archives", suffixes=(".zip", ".7z", ".rar", ".tar", ".cab", ".iso", ".cpio", ".rpm", ".deb", ".jar", ".war", ".apk", ".whl", ".lha", ".xar"), extractor="archive", library="libarchive",
        reads="every member, which is read as a file of its own, up to 16 archives inside one another; zips with a password that is given",
        unread="RAR and 7z with a password, all but the first volume of a split archive, deflate64 (each a gap); comments of single members and where symbolic links lead (no gap)",
    ),
    Format(
        group="Archives, images and histories", name="Compressed files", suffixes=(".gz", ".tgz", ".bz2", ".xz", ".zst", ".lz4", ".lzma", ".lz", ".Z"), extractor="archive", library="libarchive",
        reads="what they hold, under its own name (`users.csv.gz` holds `users.csv`)", unread="Snappy, Brotli, lzop and lrzip (a gap: no mark tells them from noise); the name that gzip keeps of a file (no gap)",
    ),
    Format(
        group="Archives, images and histories", name="Containers: `docker save`, OCI layouts", suffixes=(".tar",), extractor="archive", library="libarchive and an own reader",
        reads="every layer in its order, files a later layer deletes, the configuration with its history and environment", unread="layers that the archive only refers to (a gap)",
    ),
    Format(
        group="Archives, images and histories", name="Git: repositories, bare ones, packs, bundles, loose objects", suffixes=(".git", ".pack", ".bundle"), extractor="git", library=OWN,
        reads="every content of any commit, stash, tag, reflog or of none at all, once, with commit, author date and path; also a `.git` inside an archive",
        unread="contents that Git LFS keeps elsewhere and objects that a shallow or partial clone lacks (a gap with their number)",
    ),
)  # fmt: skip

FORMATS: Final = (*_TEXTS, *_DOCUMENTS, *_DATA, *_ARCHIVES)

_HEAD: Final = """\
# Formats

Which files are read, how deep, and what stays unread. Generated from [`auditor/extractors/formats.py`](../auditor/extractors/formats.py)
by `make schema`, and held to the code by tests: change it there.

A file's content decides what it is; names are examples, and decide only where content does not tell. Whatever stays unread is a
gap with a reason code ([coverage](coverage.md)) and makes the run incomplete: it is never called clean. Formats nest in one another without
exception: a workbook in a mail in a zip is read, and the finding's place says the way (`backup.zip!/mail.eml!/users.xlsx, sheet 회원, B12`).

In text and cells of every format values that are encoded are decoded as well: base64, hexadecimal, URL encoding, quoted-printable, escapes,
JSON in strings, `data:` URLs, JWT payloads, compressed bodies.

What is encrypted is opened with the passwords of `--password-file`; without the right one it is the gap `PASSWORD_PROTECTED`. Files that
were cut off or damaged are searched as far as they go, and are a gap.
"""


def markdown() -> str:
    """docs/formats.md."""
    return "\n".join(_lines()).rstrip("\n") + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for group, rows in groupby(FORMATS, lambda each: each.group):
        yield f"## {group}\n"
        yield "| format | usual names | extractor | read with | how deep | what stays unread |\n|---|---|---|---|---|---|"
        for row in rows:
            names = " ".join(f"`{suffix}`" for suffix in row.suffixes)
            unread = row.unread or "nothing"
            yield f"| {row.name} | {names} | `{row.extractor}` | {row.library} | {row.reads} | {unread} |"
        yield ""
    yield "## Known, and not read\n"
    yield "Of these the printable text is searched, and a gap says that there is more:"
    yield f"{_listed(sorted(magic.SEARCHED))}.\n"
    yield "Of these nothing is read but what they are, and a gap says so:"
    yield f"{_listed(refused())}.\n"


def refused() -> list[str]:
    """What magic.py tells and nothing reads."""
    known = {what for _, _, what in (*magic._STRONG, *magic._WEAK)}  # noqa: SLF001 - one package
    return sorted(known - magic.SEARCHED - set(registry.PLUGINS["extractors"]), key=str.lower)


def _listed(words: list[str]) -> str:
    return ", ".join(words)
