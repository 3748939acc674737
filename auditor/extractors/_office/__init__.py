"""What the readers of office documents share: packages, compound files, sheets, records, prose."""
