"""One file a format: each turns a finished run into text. `report(run, language, templates) -> str`."""
