"""Short name → "module:attribute", imported on use: a plugin costs nothing until it is needed.

Adding a plugin is one module in its plural folder, one line here, one mirrored test, one docs row (CONTRIBUTING.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

PLUGINS: Final[dict[str, dict[str, str]]] = {
    "scanners": {
        "local": "auditor.scanners.local:LocalScanner",
        "ssh": "auditor.scanners.ssh:SshScanner",
        "s3": "auditor.scanners.s3:S3Scanner",
        "azure": "auditor.scanners.azure:scanner_of",
        "database": "auditor.scanners.database:scanner_of",
    },
    "extractors": {
        "archive": "auditor.extractors.archive:ArchiveExtractor",
        "arrow": "auditor.extractors.arrow:ArrowExtractor",
        "avro": "auditor.extractors.avro:AvroExtractor",
        "binary": "auditor.extractors.binary:BinaryExtractor",
        "bson": "auditor.extractors.bson:BsonExtractor",
        "csv": "auditor.extractors.csv:CsvExtractor",
        "git": "auditor.extractors.git:GitExtractor",
        "html": "auditor.extractors.html:HtmlExtractor",
        "image": "auditor.extractors.image:ImageExtractor",
        "json": "auditor.extractors.json:JsonExtractor",
        "mail": "auditor.extractors.mail:MailExtractor",
        "office": "auditor.extractors.office:OfficeExtractor",
        "ole": "auditor.extractors.ole:OleExtractor",
        "orc": "auditor.extractors.arrow:OrcExtractor",
        "parquet": "auditor.extractors.arrow:ParquetExtractor",
        "pdf": "auditor.extractors.pdf:PdfExtractor",
        "pgdump": "auditor.extractors.pgdump:PgDumpExtractor",
        "redis": "auditor.extractors.redis:RedisExtractor",
        "rows": "auditor.extractors.rows:RowsExtractor",
        "rtf": "auditor.extractors.rtf:RtfExtractor",
        "spreadsheet": "auditor.extractors.spreadsheet:SpreadsheetExtractor",
        "sql": "auditor.extractors.sql:SqlExtractor",
        "sqlite": "auditor.extractors.sqlite:SqliteExtractor",
        "text": "auditor.extractors.text:TextExtractor",
        "yaml": "auditor.extractors.yaml:YamlExtractor",
    },
    "checks": {
        "agreement": "auditor.checks.agreement:check",
        "combination": "auditor.checks.combination:check",
        "content": "auditor.checks.content:check",
        "control": "auditor.checks.control:check",
        "destruction": "auditor.checks.destruction:check",
        "headcount": "auditor.checks.headcount:check",
        "lifecycle": "auditor.checks.lifecycle:check",
        "permissions": "auditor.checks.permissions:check",
        "possible": "auditor.checks.possible:check",
        "protection": "auditor.checks.protection:check",
        "readers": "auditor.checks.readers:check",
        "receipt": "auditor.checks.receipt:check",
        "recency": "auditor.checks.recency:check",
        "residency": "auditor.checks.residency:check",
        "retention": "auditor.checks.retention:check",
        "subvendors": "auditor.checks.subvendors:check",
    },
    "reporters": {
        "html": "auditor.reporters.html:report",
        "json": "auditor.reporters.json:report",
        "sarif": "auditor.reporters.sarif:report",
    },
}


def names(stage: str) -> tuple[str, ...]:
    """The short names of a stage's plugins."""
    return tuple(PLUGINS[stage])


def load(stage: str, name: str) -> Any:
    """Import a plugin. KeyError if there is none of that name."""
    module, _, attribute = PLUGINS[stage][name].partition(":")
    return getattr(import_module(module), attribute)
