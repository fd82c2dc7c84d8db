"""The names of what was found."""

from connectif_kit.reports import Format, Report


def write(report: Report) -> str:
    """One name a line."""
    return "".join(f"{finding.rule}\n" for finding in report.findings)


NAMES = Format("names", "the names alone", write)
