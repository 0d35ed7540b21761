"""The certificates of a workshop as a list: the rows and figures of the page."""

import csv
from io import BytesIO, StringIO
from typing import Any, Final

from schoolapp.clock import SCHOOL_ZONE
from schoolapp.domain.certificate_lists import CertificateLine, WorkshopCertificates
from schoolapp.domain.certificates import CERTIFICATE_STATE_NAMES, IssuedCertificate
from schoolapp.exchange.formula_guard import guarded

Cell = str | int | None

HEADINGS: Final = (
    "Alunno",
    "Classe",
    "Minuti presenza",
    "Minuti offerti",
    "Frequenza %",
    "Stato",
    "Perché",
    "Numero",
    "Emesso il",
    "Protocollo",
    "Data di protocollo",
    "Codice di verifica",
    "Annullato il",
    "Motivo dell’annullamento",
    "Sostituito dal n.",
)
_WIDTHS: Final = (32, 10, 10, 10, 11, 14, 50, 15, 12, 18, 12, 32, 12, 40, 15)


def certificates_csv(workshop: WorkshopCertificates) -> bytes:
    """One line of headings, then a line a certificate, or a pupil without one; as Excel expects."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in _rows(workshop):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return lines.getvalue().encode("utf-8-sig")


def certificates_xlsx(workshop: WorkshopCertificates) -> bytes:
    """The same rows, under a line that says which workshop of which year."""
    from xlsxwriter import Workbook  # 11 MB of memory, for the workers that ever write a spreadsheet

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = Workbook(buffer, options)
    title = f"Attestati: {workshop.title}, {workshop.school_year}"
    book.set_properties({"title": title, "author": workshop.institute})
    head = book.add_format({"bold": True, "bg_color": "#E6EBF0", "border": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Attestati")
    sheet.write_string(0, 0, guarded(title), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, guarded(f"{workshop.institute} · soglia {workshop.threshold_percent} % delle ore offerte"))
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.write_string(3, column, heading, head)
        sheet.set_column(column, column, width)
    for row, cells in enumerate(_rows(workshop), 4):
        for column, cell in enumerate(cells):
            if cell is None:
                sheet.write_blank(row, column, None, body)
            elif isinstance(cell, str):
                sheet.write_string(row, column, guarded(cell), body)
            else:
                sheet.write_number(row, column, cell, body)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(3)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&Rpagina &P di &N")
    book.close()
    return buffer.getvalue()


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
