"""The certificates of a workshop as a list: the rows and figures of the page."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any, Final

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.certificate_lists import BookLine, CertificateLine, WorkshopCertificates
from schoolapp.domain.certificates import CERTIFICATE_STATE_NAMES, IssuedCertificate
from schoolapp.exchange.formula_guard import guarded

Cell = str | int | None

_FACTS: Final = (
    "Numero",
    "Emesso il",
    "Protocollo",
    "Data di protocollo",
    "Codice di verifica",
    "Annullato il",
    "Motivo dell’annullamento",
    "Sostituito dal n.",
)
_FACT_WIDTHS: Final = (15, 12, 18, 12, 32, 12, 40, 15)
_HOURS: Final = ("Minuti presenza", "Minuti offerti", "Frequenza %")
HEADINGS: Final = ("Alunno", "Classe", *_HOURS, "Stato", "Perché", *_FACTS)
BOOK_HEADINGS: Final = (*_FACTS, "Alunno", "Laboratorio", *_HOURS, "Stato", "Istituto")
_WIDTHS: Final = (32, 10, 10, 10, 11, 14, 50, *_FACT_WIDTHS)
_BOOK_WIDTHS: Final = (*_FACT_WIDTHS, 32, 32, 10, 10, 11, 22, 32)
_HEAD_ROW: Final = 3


def certificates_csv(workshop: WorkshopCertificates) -> bytes:
    """One line of headings, then a line a certificate, or a pupil without one; as Excel expects."""
    return _csv(HEADINGS, _rows(workshop))


def certificates_xlsx(workshop: WorkshopCertificates) -> bytes:
    """The same rows, under a line that says which workshop of which year."""
    title = f"Attestati: {workshop.title}, {workshop.school_year}"
    under = f"{workshop.institute} · soglia {workshop.threshold_percent} % delle ore offerte"
    return _xlsx((title, under), HEADINGS, _WIDTHS, _rows(workshop))


def book_csv(lines: Sequence[BookLine]) -> bytes:
    """The certificates of a year, one a line, in the order of their numbers."""
    return _csv(BOOK_HEADINGS, [_book_row(line) for line in lines])


def book_xlsx(lines: Sequence[BookLine], school_year: str) -> bytes:
    """The same lines, under the year."""
    rows = [_book_row(line) for line in lines]
    return _xlsx((f"Registro degli attestati, {school_year}", ""), BOOK_HEADINGS, _BOOK_WIDTHS, rows)


def _csv(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return lines.getvalue().encode("utf-8-sig")


def _xlsx(
    titles: tuple[str, str], headings: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Cell]]
) -> bytes:
    from xlsxwriter import Workbook  # 11 MB of memory, for the workers that ever write a spreadsheet

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = Workbook(buffer, options)
    book.set_properties({"title": titles[0]})
    head = book.add_format({"bold": True, "bg_color": "#E6EBF0", "border": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Attestati")
    sheet.write_string(0, 0, guarded(titles[0]), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, guarded(titles[1]))
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.write_string(_HEAD_ROW, column, heading, head)
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, _HEAD_ROW + 1):
        for column, cell in enumerate(row):
            if cell is None:
                sheet.write_blank(number, column, None, body)
            elif isinstance(cell, str):
                sheet.write_string(number, column, guarded(cell), body)
            else:
                sheet.write_number(number, column, cell, body)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&Rpagina &P di &N")
    book.close()
    return buffer.getvalue()


def _book_row(line: BookLine) -> list[Cell]:
    certificate = line.certificate
    contents = certificate.contents
    return [
        *_facts(certificate),
        f"{contents.last_name} {contents.first_name}".strip(),
        line.workshop,
        contents.figure.attended,
        contents.figure.offered,
        contents.figure.percent,
        CERTIFICATE_STATE_NAMES[certificate.state],
        line.institute,
    ]


def _rows(workshop: WorkshopCertificates) -> list[list[Cell]]:
    return [
        row
        for line in workshop.lines
        for row in (
            *([] if line.valid else [_row(line, None)]),
            *(_row(line, certificate) for certificate in line.certificates),
        )
    ]


def _row(line: CertificateLine, certificate: IssuedCertificate | None) -> list[Cell]:
    """A certificate with the hours it says, or a pupil without one with the hours so far."""
    if certificate is None:
        state, why, figure = line.state, str(line.eligibility.why), line.figure
    else:
        state, why, figure = certificate.state, "", certificate.contents.figure
    return [
        line.name,
        line.school_class,
        figure.attended,
        figure.offered,
        figure.percent,
        CERTIFICATE_STATE_NAMES[state],
        why,
        *(_facts(certificate) if certificate else [None] * 8),
    ]


def _facts(certificate: IssuedCertificate) -> list[Cell]:
    contents = certificate.contents
    revoked = certificate.revoked_at
    return [
        contents.number,
        f"{contents.issue_day:%d/%m/%Y}",
        certificate.protocol_number,
        f"{certificate.protocol_day:%d/%m/%Y}" if certificate.protocol_day else None,
        contents.code,
        f"{revoked.astimezone(SCHOOL_ZONE):%d/%m/%Y}" if revoked else None,
        certificate.revoked_why or None,
        certificate.replaced_by,
    ]
