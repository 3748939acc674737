"""From bytes to content: one extractor a file; `identify` chooses, `formats` says what each reads (docs/formats.md).

The plugins are those of auditor/registry.py. `nested` decodes what is encoded in any extractor's content. What several readers
share, or one would be too long with, stands in folders that begin with an underscore (`_office`, `_git` …); `magic decoding limits
stream spool buffer windows tables` are everybody's.
"""
