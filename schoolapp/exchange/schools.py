"""The Ministry's open register of schools, as published each year.

State schools: SCUANAGRAFESTAT…, and SCUANAAUTSTAT… for the autonomous provinces; they name the institute each school
belongs to. Paritarie: SCUANAGRAFEPAR… and SCUANAAUTPAR…, without that column: each is an institute of its own.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_
from schoolapp.exchange import text_tables

if TYPE_CHECKING:
    from _csv import Reader

MAX_BYTES = 100_000_000

_REQUIRED = ("CODICESCUOLA", "DENOMINAZIONESCUOLA", "PROVINCIA")
_NOT_AVAILABLE = "non disponibile"


@dataclass(frozen=True)
class SchoolRecord:
    """One line of the register: a building with its own code, or the head office that gives an institute its code.

    `school_year` as people write it ("2023/24"); `comune_code` is the cadastral (Belfiore) one; `institute_code` is the
    school's own code where the register names no institute.
    """

    school_year: str | None
    region: str | None
    province: str
    institute_code: str
    institute_name: str
    code: str
    name: str
    address: str | None
    postal_code: str | None
    comune_code: str | None
    comune_name: str | None
    kind: str | None
    is_head_office: bool
    is_state: bool
    email: str | None
    certified_email: str | None
    website: str | None


def read_schools(content: bytes, *, province: str | None = None) -> Iterator[SchoolRecord]:
    """The schools of the register in its order; of one province when given, by name ("Sondrio") or as its codes
    begin ("SO").

    Raises RuleViolation when the file is not the register, or when a line has no code or no name.
    """
    if len(content) > MAX_BYTES:
        raise RuleViolation(
            N_("Il file supera %(size)s MB: non sembra l’anagrafe delle scuole."), size=MAX_BYTES // 1_000_000
        )
    text = text_tables.decode(content)
    header_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=text_tables.guess_separator(header_line))
    try:
        yield from _records(reader, province)
    except csv.Error as error:
        raise RuleViolation(N_("Riga %(line)s: il file è interrotto o rovinato."), line=reader.line_num) from error


def _records(reader: "Reader", province: str | None) -> Iterator[SchoolRecord]:
    header = [heading.strip().upper() for heading in next(reader, [])]
    missing = [name for name in _REQUIRED if name not in header]
    if missing:
        raise RuleViolation(
            N_("Non è l’anagrafe delle scuole del Ministero: mancano le colonne %(columns)s."),
            columns=", ".join(missing),
        )
    wanted = None if province is None else search_key(province)
    by_code = wanted is not None and len(wanted) == 2
    province_at, code_at = header.index("PROVINCIA"), header.index("CODICESCUOLA")
    keys: dict[str, str] = {}
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise RuleViolation(
                N_("Riga %(line)s: ha %(found)s colonne invece di %(expected)s."),
                line=reader.line_num,
                found=len(cells),
                expected=len(header),
            )
        if by_code:
            if cells[code_at].strip()[:2].lower() != wanted:
                continue
        elif wanted is not None:
            name = cells[province_at]
            key = keys.get(name)
            if key is None:
                key = keys[name] = search_key(name)
            if key != wanted:
                continue
        yield _record(dict(zip(header, map(_value, cells), strict=True)), reader.line_num)


def _value(cell: str) -> str | None:
    text = " ".join(cell.split())
    return None if not text or text.lower() == _NOT_AVAILABLE else text


def _record(values: dict[str, str | None], line: int) -> SchoolRecord:
    code, name = values["CODICESCUOLA"], values["DENOMINAZIONESCUOLA"]
    if code is None or name is None:
        raise RuleViolation(N_("Riga %(line)s: manca il codice o il nome della scuola."), line=line)
    institute_code = values.get("CODICEISTITUTORIFERIMENTO")
    return SchoolRecord(
        school_year=_school_year(values.get("ANNOSCOLASTICO")),
        region=values.get("REGIONE"),
        province=values["PROVINCIA"] or "",
        institute_code=(institute_code or code).upper(),
        institute_name=(values.get("DENOMINAZIONEISTITUTORIFERIMENTO") if institute_code else None) or name,
        code=code.upper(),
        name=name,
        address=values.get("INDIRIZZOSCUOLA"),
        postal_code=values.get("CAPSCUOLA"),
        comune_code=values.get("CODICECOMUNESCUOLA"),
        comune_name=values.get("DESCRIZIONECOMUNE"),
        kind=values.get("DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA"),
        is_head_office=values.get("INDICAZIONESEDEDIRETTIVO") == "SI" or institute_code is None,
        is_state="CODICEISTITUTORIFERIMENTO" in values,
        email=values.get("INDIRIZZOEMAILSCUOLA"),
        certified_email=values.get("INDIRIZZOPECSCUOLA"),
        website=values.get("SITOWEBSCUOLA"),
    )


def _school_year(text: str | None) -> str | None:
    """202324 → 2023/24; anything else as it stands."""
    return f"{text[:4]}/{text[4:]}" if text and len(text) == 6 and text.isdigit() else text
