"""From bytes to content: one extractor a file; `identify` chooses, the other modules are what several of them share.

text csv json sql archive are the plugins (auditor/registry.py). identify, magic, decoding, limits, stream, buffer,
windows, tables, csv_dialect, json_records, sql_values and archive_reader are machinery.
"""
