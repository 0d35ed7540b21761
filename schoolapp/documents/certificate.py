"""The certificate of attendance on paper: A4 landscape, to hang on a wall and to be checked by anybody."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from schoolapp.documents import emblems as band
from schoolapp.documents.certificate_alphabets import draw_letters
from schoolapp.documents.certificate_foot import draw_foot, draw_revocation, draw_signatures
from schoolapp.documents.certificate_profile import draw_check, draw_hours, draw_levels
from schoolapp.documents.fitting import fit, fit_balanced
from schoolapp.documents.fonts import Face, drawing_lock
from schoolapp.documents.italian import day_in_prose, days_in_prose
from schoolapp.documents.pen import Pen
from schoolapp.documents.theme import BLUE, INK, PAGE_HEIGHT, PAGE_WIDTH
from schoolapp.domain.certificates import CertificateContents, IssuedCertificate
from schoolapp.domain.emblems import Emblem
from schoolapp.domain.levels import LEVEL_NAMES
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES

TITLE = "Attestato di frequenza"
CENTRE = PAGE_WIDTH / 2

_FRAME = 9.0
_INNER_FRAME = 10.6
_BAND_LEFT = 22.0
_BAND_TOP = 15.0
_BAND_HEIGHT = 10.0
_PROSE_WIDTH = 245.0
_NAME_WIDTH = 240.0
_NAME_SIZES = (32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0)
_NAME_IN_TWO_LINES = (20.0, 18.0, 16.0, 14.0, 12.0)
_TWO_LINES_BASELINE = 77.8
_ONE_LINE_BASELINE = 83.4


def draw_certificates(certificates: Sequence[IssuedCertificate], emblems: Sequence[Emblem] = ()) -> bytes:
    """The PDF of one certificate, or of many, a page each; the same certificates give the same bytes.

    `emblems` are those of the project, in a band at the head of each page.

    Raises RuleViolation where a name has letters that we cannot print, or is too long for its place.
    """
    with drawing_lock:
        pen = Pen(
            title=_title([certificate.contents.number for certificate in certificates]),
            author=certificates[0].contents.institute,
            subject=TITLE,
            at=datetime.combine(max(each.contents.issue_day for each in certificates), time(12), UTC),
        )
        for certificate in certificates:
            with pen.element("Sect"):
                _draw_page(pen, certificate, emblems)
            pen.end_page()
        return pen.finish()


def _title(numbers: Sequence[str]) -> str:
    """Attestato di frequenza n. 2026/27-0031; of many, in whatever order they stand, the first and the last number."""
    if len(numbers) == 1:
        return f"{TITLE} n. {numbers[0]}"
    return f"Attestati di frequenza: {len(numbers)}, dal n. {min(numbers)} al n. {max(numbers)}"


def draw_archive(certificates: Sequence[IssuedCertificate], emblems: Sequence[Emblem] = ()) -> bytes:
    """A ZIP with a PDF for each certificate, to hand them out or to send them one by one. Raises RuleViolation."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for certificate in certificates:
            day = certificate.contents.issue_day
            entry = ZipInfo(f"{certificate.contents.file_name}.pdf", (day.year, day.month, day.day, 12, 0, 0))
            archive.writestr(entry, draw_certificates([certificate], emblems))
    return buffer.getvalue()


def _draw_page(pen: Pen, certificate: IssuedCertificate, emblems: Sequence[Emblem]) -> None:
    contents = certificate.contents
    _draw_frames(pen)
    band.draw(pen, emblems, left=_BAND_LEFT, top=_BAND_TOP, width=PAGE_WIDTH - 2 * _BAND_LEFT, height=_BAND_HEIGHT)
    _draw_school(pen, contents)
    with pen.element("H1"):
        pen.text(CENTRE, 53.4, TITLE, Face.TITLE, 34, colour=BLUE, align="centre")
    draw_letters(pen, CENTRE, 61.6)
    if certificate.revoked_at is not None:
        draw_revocation(pen, certificate)
    _draw_person(pen, contents)
    _draw_workshop(pen, contents)
    draw_hours(pen, contents)
    draw_levels(pen, contents)
    draw_check(pen, contents)
    draw_signatures(pen, contents)
    draw_foot(pen, certificate)


def _draw_frames(pen: Pen) -> None:
    for edge, stroke in ((_FRAME, 1.6), (_INNER_FRAME, 0.7)):
        pen.box(edge, edge, PAGE_WIDTH - 2 * edge, PAGE_HEIGHT - 2 * edge, colour=BLUE, stroke=stroke)


def _draw_school(pen: Pen, contents: CertificateContents) -> None:
    sizes = ((12.5, 1), (11.0, 1), (10.0, 1), (9.0, 1), (8.5, 1), (7.5, 1))
    name = fit(contents.institute.upper(), Face.SEMIBOLD, _PROSE_WIDTH, sizes)
    with pen.element("P"):
        pen.lines(CENTRE, 33.9, name, colour=BLUE, align="centre")
    code = f"codice meccanografico {contents.institute_code}" if contents.institute_code else None
    facts = " · ".join(fact for fact in (contents.institute_address, code, contents.site) if fact)
    with pen.element("P"):
        fitted = fit(facts, Face.SEMIBOLD, _PROSE_WIDTH, ((9.0, 1), (8.5, 1), (8.0, 1), (7.0, 1), (6.0, 1)))
        pen.lines(CENTRE, 38.8, fitted, align="centre")


def _draw_person(pen: Pen, contents: CertificateContents) -> None:
    with pen.element("P"):
        pen.text(CENTRE, 70.2, "Si attesta che", Face.PROSE, 14, align="centre")
    name = fit_balanced(contents.name, Face.TITLE, _NAME_WIDTH, _NAME_SIZES, _NAME_IN_TWO_LINES)
    with pen.element("P"):
        baseline = _ONE_LINE_BASELINE if len(name.lines) == 1 else _TWO_LINES_BASELINE
        pen.lines(CENTRE, baseline, name, align="centre")
    born = day_in_prose(contents.birth_date) if contents.birth_date else "non indicata"
    facts = [f"data di nascita {born}"]
    if contents.birth_place:
        facts.append(f"luogo di nascita {contents.birth_place}")
    facts.append(f"classe {contents.school_class or 'non indicata'}")
    sizes = ((12.5, 1), (12.0, 1), (11.5, 1), (11.0, 1), (10.0, 1), (9.5, 2), (8.0, 2))
    with pen.element("P"):
        pen.fitted(CENTRE, 91.5, fit(" · ".join(facts), Face.PROSE, _PROSE_WIDTH, sizes), align="centre")


def _draw_workshop(pen: Pen, contents: CertificateContents) -> None:
    parts = (
        ("ha frequentato il ", Face.PROSE),
        (f"Laboratorio di italiano L2 «{WORKSHOP_KIND_NAMES[contents.kind]}»", Face.TITLE),
        (f" (livello di riferimento {LEVEL_NAMES[contents.level]})", Face.PROSE),
    )
    with pen.element("P"):
        pen.phrase(CENTRE, 99.5, parts, 13)
        days = days_in_prose(contents.first_day, contents.last_day)
        pen.phrase(CENTRE, 106.0, ((days, Face.TITLE), (".", Face.PROSE)), 13, colour=INK)
