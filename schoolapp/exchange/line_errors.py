"""The lines of a list that cannot be brought in, as a file to work through."""

import csv
from collections.abc import Iterable
from io import StringIO

from schoolapp.exchange.formula_guard import guarded


def line_errors_csv(headings: tuple[str, str, str], lines: Iterable[tuple[int, str, str]]) -> bytes:
    """Line number, sentence and what stands in the file; `;` between, UTF-8 with its mark, as Excel expects."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    for number, sentence, raw in lines:
        writer.writerow([number, guarded(sentence), guarded(raw)])
    return out.getvalue().encode("utf-8-sig")
