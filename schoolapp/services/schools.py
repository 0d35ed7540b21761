"""Institutes and plessi as the Ministry's register has them: updated in place, closed when their code disappears."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.school_names import school_name
from schoolapp.domain.school_year import SchoolYear
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_
from schoolapp.exchange.schools import SchoolRecord
from schoolapp.extensions import db
from schoolapp.models import AuditEvent, Comune, Institute, Site

_ONLY_OFFICES = ("COMPRENSIVO", "SUPERIORE", "OMNICOMPRENSIVO")
"""Kinds of head offices that are no school building themselves: their schools are lines of their own."""


@dataclass
class RegisterCounts:
    """What an update of the register did."""

    new_institutes: int = 0
    changed_institutes: int = 0
    closed_institutes: int = 0
    new_sites: int = 0
    changed_sites: int = 0
    closed_sites: int = 0


def find_institute(code: str) -> Institute:
    """The institute with this ministerial code. Raises RuleViolation where there is none."""
    found = db.session.scalar(select(Institute).where(func.upper(Institute.code) == code.strip().upper()))
    if found is None:
        raise RuleViolation(N_("Nessun istituto ha il codice %(code)s."), code=code)
    return found


def update_register(records: Iterable[SchoolRecord], *, today: date) -> RegisterCounts:
    """Bring institutes and plessi up to date with a file of the register.

    Known ones are found by code, else (those entered by hand, without a code) by name. What the file names is open
    from the first day of its school year; what has a code of the same provinces and is not in it any more was open
    until the day before. Plessi without a code are left alone. Names are written as a person would write them, and one
    that a person has written stays.
    """
    by_institute: defaultdict[str, list[SchoolRecord]] = defaultdict(list)
    for record in records:
        by_institute[record.institute_code].append(record)
    if not by_institute:
        raise RuleViolation(N_("Nel file non c’è nessuna scuola di questa provincia."))
    update = _Update([record for found in by_institute.values() for record in found], today)
    for code, found in by_institute.items():
        update.institute(code, found)
    db.session.flush()
    update.close_missing()
    db.session.flush()
    return update.counts


class _Update:
    """One run over the records of a file."""

    def __init__(self, records: list[SchoolRecord], today: date) -> None:
        self.counts = RegisterCounts()
        self._codes = {record.code for record in records} | {record.institute_code for record in records}
        self._provinces = {record.code[:2] for record in records}
        self._is_state = {record.is_state for record in records}
        self._first_day = max(_first_day(record, today) for record in records)
        self._named_by_people = _named_by_people()
        self._institutes = {row.code: row for row in db.session.scalars(select(Institute)) if row.code}
        self._institutes_by_name = {
            search_key(row.name): row for row in db.session.scalars(select(Institute).where(Institute.code.is_(None)))
        }
        self._sites = {row.code: row for row in db.session.scalars(select(Site).where(Site.code.is_not(None)))}
        self._comuni = {row.belfiore_code: row for row in db.session.scalars(select(Comune)) if row.belfiore_code}
        self._comuni_by_name = {
            (search_key(row.name), search_key(row.province)): row for row in db.session.scalars(select(Comune))
        }

    def institute(self, code: str, records: list[SchoolRecord]) -> None:
        head = next((record for record in records if record.code == code), None)
        record = head or records[0]
        comune = self._comune(record)
        facts = {
            "code": code,
            "name": school_name(record.institute_name)[:160],
            "kind": _cut(head.kind if head else None, 80),
            "is_state": record.is_state,
            "email": _cut(head.email if head else None, 160),
            "comune_id": comune.id if comune else None,
            "valid_to": None,
        }
        institute = self._institutes.get(code) or self._institutes_by_name.pop(search_key(record.institute_name), None)
        if institute is None:
            institute = Institute(**facts, ambito_id=comune.ambito_id if comune else None, valid_from=self._first_day)
            db.session.add(institute)
            self.counts.new_institutes += 1
        else:
            # The register of some years leaves a fact out: what is known stays.
            self.counts.changed_institutes += self._change(institute, facts)
            if institute.ambito_id is None and comune is not None:
                institute.ambito_id = comune.ambito_id
        if institute.address is None and head is not None:
            institute.address = _cut(head.address, 160)
        self._institutes[code] = institute
        db.session.flush()
        self._sites_of(institute, [record for record in records if _is_a_building(record, len(records))])

    def _sites_of(self, institute: Institute, records: list[SchoolRecord]) -> None:
        here = {search_key(site.name): site for site in institute.sites}
        for record in sorted(records, key=lambda record: record.code):
            comune = self._comune(record)
            by_hand = here.get(search_key(record.name))
            site = self._sites.get(record.code) or (by_hand if by_hand is not None and by_hand.code is None else None)
            facts = {
                "code": record.code,
                "name": _free_name(record, site, here),
                "kind": _cut(record.kind, 80),
                "address": _cut(record.address, 160),
                "email": _cut(record.email, 160),
                "comune_id": comune.id if comune else None,
                "institute_id": institute.id,
                "valid_to": None,
            }
            if site is None:
                site = Site(**facts, valid_from=self._first_day)
                db.session.add(site)
                self.counts.new_sites += 1
            else:
                self.counts.changed_sites += self._change(site, facts)
            self._sites[record.code] = site
            here[search_key(site.name)] = site

    def _change(self, place: Institute | Site, facts: Mapping[str, object]) -> int:
        """1 if any fact was another one; an empty one says nothing, and a person's own name stays."""
        by_people = (place.__tablename__, place.id) in self._named_by_people
        return _changed(
            place,
            {k: v for k, v in facts.items() if (v or k == "valid_to") and not (by_people and k == "name")},
        )

    def close_missing(self) -> None:
        """Codes of these provinces, of schools of this kind, that the file does not have any more."""
        last_day = self._first_day - timedelta(days=1)
        for code, institute in self._institutes.items():
            if institute.is_state in self._is_state and self._is_gone(code, institute, last_day):
                institute.valid_to = last_day
                self.counts.closed_institutes += 1
        states = {institute.id: institute.is_state for institute in self._institutes.values()}
        for site_code, site in self._sites.items():
            of_this_kind = states.get(site.institute_id) in self._is_state
            if site_code is not None and of_this_kind and self._is_gone(site_code, site, last_day):
                site.valid_to = last_day
                self.counts.closed_sites += 1

    def _is_gone(self, code: str, place: Institute | Site, last_day: date) -> bool:
        if code in self._codes or code[:2] not in self._provinces or place.valid_to is not None:
            return False
        return place.valid_from is None or place.valid_from <= last_day

    def _comune(self, record: SchoolRecord) -> Comune | None:
        """The comune by its code, else by its name; made where it is not known yet."""
        if record.comune_name is None:
            return None
        found = self._comuni.get(record.comune_code or "") or self._comuni_by_name.get(
            (search_key(record.comune_name), search_key(record.province))
        )
        if found is None:
            found = Comune(name=school_name(record.comune_name)[:80], province=record.province[:60])
            db.session.add(found)
            self._comuni_by_name[search_key(found.name), search_key(found.province)] = found
        if record.comune_code and found.belfiore_code is None:
            found.belfiore_code = record.comune_code[:4]
        if record.comune_code:
            self._comuni[record.comune_code] = found
        db.session.flush()
        return found


def _is_a_building(record: SchoolRecord, count: int) -> bool:
    """A head office alone in its institute, or of a kind that has pupils, is a school too."""
    if record.code != record.institute_code or count == 1:
        return True
    return not any(word in (record.kind or "").upper() for word in _ONLY_OFFICES)


def _named_by_people() -> set[tuple[str, int]]:
    """(table, id) of the places whose name a signed-in person wrote: the audit knows."""
    events = db.session.execute(
        select(AuditEvent.subject, AuditEvent.subject_id, AuditEvent.changes).where(
            AuditEvent.subject.in_((Institute.__tablename__, Site.__tablename__)), AuditEvent.user_id.is_not(None)
        )
    )
    return {(subject, subject_id) for subject, subject_id, changes in events if "name" in changes}


def _free_name(record: SchoolRecord, site: Site | None, here: dict[str, Site]) -> str:
    """The register gives two plessi of an institute the same name: the comune, then the code, tells them apart."""
    written = school_name(record.name)
    comune = school_name(record.comune_name or "")
    for name in (written, f"{written} ({comune})", f"{written} ({record.code})"):
        taken = here.get(search_key(name[:160]))
        if taken is None or taken is site:
            return name[:160]
    return record.code


def _changed(place: Institute | Site, facts: dict[str, object]) -> int:
    """1 if any fact was another one."""
    different = {name: value for name, value in facts.items() if getattr(place, name) != value}
    for name, value in different.items():
        setattr(place, name, value)
    return int(bool(different))


def _first_day(record: SchoolRecord, today: date) -> date:
    """The first day of the file's school year; of today's where the file does not say it."""
    year = record.school_year or ""
    start = int(year[:4]) if year[:4].isdigit() else SchoolYear.of(today).start
    return SchoolYear(start).first_day


def _cut(text: str | None, length: int) -> str | None:
    return text[:length] if text else None
