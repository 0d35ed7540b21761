"""The foot of a certificate: who signs, what the paper is not, its numbers; and the mark of one that was revoked."""

from schoolapp.documents.certificate_profile import LEFT, TABLE_LEFT
from schoolapp.documents.fitting import fit, fitting_names
from schoolapp.documents.fonts import Face
from schoolapp.documents.italian import day_at, day_in_prose, full_day
from schoolapp.documents.pen import Pen
from schoolapp.documents.theme import INK, PAGE_HEIGHT, PAGE_WIDTH, RULE, WHITE
from schoolapp.domain.certificates import CertificateContents, IssuedCertificate

DISCLAIMER = (
    "Questo documento attesta la frequenza del laboratorio. "
    "Non è una certificazione linguistica: non vale per il permesso di soggiorno né per la cittadinanza."
)
PRINTED_SIGNATURE = "firma autografa sostituita a mezzo stampa (art. 3, c. 2, D.Lgs. 39/1993)"
PROTOCOL_TO_WRITE = "Prot. n. ____________________ del ____ /____ /________"

_LINE_WIDTH = 66.0
_STAMP = 34.0
"""Room for the school's stamp between the signatures."""
_HEAD_LEFT = TABLE_LEFT + _LINE_WIDTH + _STAMP
_LINE = 178.9
_FOOT_LEFT = 22.0
_FOOT_RIGHT = 275.0
_NAME_STEPS = ((9.5, 1), (9.0, 1), (8.5, 1), (8.0, 2), (7.0, 2))


def draw_signatures(pen: Pen, contents: CertificateContents) -> None:
    day = day_in_prose(contents.issue_day)
    dated = f"{contents.place}, {day}" if contents.place else day
    with pen.element("P"):
        steps = ((13.0, 1), (12.0, 1), (11.0, 1), (11.0, 2), (9.0, 2))
        pen.lines(LEFT, 182.6, fit(dated, Face.PROSE, TABLE_LEFT - LEFT - 4, steps))
    facilitators = fitting_names(contents.facilitators, _LINE_WIDTH, _NAME_STEPS)
    _draw_signature(pen, TABLE_LEFT, "Facilitazione linguistica", facilitators)
    _draw_signature(pen, _HEAD_LEFT, "Dirigente scolastico", contents.head or "")
    if contents.printed_signature:
        with pen.element("P"):
            pen.text(_HEAD_LEFT, 186.0, PRINTED_SIGNATURE, Face.SEMIBOLD, 7.2)


def _draw_signature(pen: Pen, left: float, label: str, name: str) -> None:
    with pen.element("P"):
        pen.text(left, 164.2, label, Face.SEMIBOLD, 8.5)
    pen.line(left, _LINE, left + _LINE_WIDTH, _LINE, colour=INK, width=0.8)
    if name:
        with pen.element("P"):
            pen.lines(left, 182.4, fit(name, Face.SEMIBOLD, _LINE_WIDTH, _NAME_STEPS))


def draw_foot(pen: Pen, certificate: IssuedCertificate) -> None:
    width = _FOOT_RIGHT - _FOOT_LEFT
    pen.line(_FOOT_LEFT, 187.6, _FOOT_RIGHT, 187.6, colour=RULE)
    with pen.element("P"):
        pen.lines(_FOOT_LEFT, 191.8, fit(DISCLAIMER, Face.SEMIBOLD, width, ((9.5, 1),)))
    with pen.element("P"):
        steps = ((8.5, 1), (8.0, 1), (7.0, 1), (6.5, 2), (5.5, 2))
        pen.fitted(_FOOT_LEFT, 195.0, fit(" · ".join(_facts(certificate)), Face.SEMIBOLD, width, steps))


def _facts(certificate: IssuedCertificate) -> list[str]:
    contents = certificate.contents
    facts = [f"Attestato n. {contents.number}"]
    if contents.replaces:
        facts.append(f"sostituisce il n. {contents.replaces}")
    if certificate.protocol_number and certificate.protocol_day:
        facts.append(f"Prot. n. {certificate.protocol_number} del {full_day(certificate.protocol_day)}")
    else:
        facts.append(PROTOCOL_TO_WRITE)
    if contents.project_title:
        facts.append(contents.project_title)
    if contents.project_code:
        facts.append(contents.project_code)
    if contents.cup:
        facts.append(f"CUP {contents.cup}")
    return facts


def draw_revocation(pen: Pen, certificate: IssuedCertificate) -> None:
    """A cross over the whole sheet and a sentence, so that no copy of it passes for a good one."""
    assert certificate.revoked_at is not None
    edge = 12.0
    pen.line(edge, edge, PAGE_WIDTH - edge, PAGE_HEIGHT - edge, colour=INK, width=1.2)
    pen.line(edge, PAGE_HEIGHT - edge, PAGE_WIDTH - edge, edge, colour=INK, width=1.2)
    sentence = f"ANNULLATO il {full_day(day_at(certificate.revoked_at))}: questo attestato non vale."
    if certificate.replaced_by:
        sentence += f" Lo sostituisce il n. {certificate.replaced_by}."
    fitted = fit(sentence, Face.BOLD, 220.0, ((15.0, 1), (13.0, 1)))
    half = fitted.width / 2 + 5
    pen.area(PAGE_WIDTH / 2 - half, 13.2, 2 * half, 13.6, WHITE)
    pen.box(PAGE_WIDTH / 2 - half, 13.2, 2 * half, 13.6, stroke=1.6)
    with pen.element("P"):
        pen.fitted(PAGE_WIDTH / 2, 20.0, fitted, align="centre")
