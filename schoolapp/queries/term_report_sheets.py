"""The sheets of pupils for their class councils: of one pupil, of a class, of a school; and what may be written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select

from schoolapp.domain.actors import Actor
from schoolapp.domain.attendance import STATUSES_NOT_OFFERED, AbsenceReason, AttendanceFigure, MarkStatus
from schoolapp.domain.permissions import Permission
from schoolapp.domain.term_report_heads import ReportHead, ReportTerm
from schoolapp.domain.term_report_sheets import MonthAttendance, PupilTermSheet, SheetWorkshop
from schoolapp.extensions import db
from schoolapp.models import (
    ClassMembership,
    Enrolment,
    FundingLine,
    Project,
    Pupil,
    PupilLanguage,
    SchoolClass,
    Site,
    Workshop,
)
from schoolapp.queries import emblems, profiles, scope
from schoolapp.queries import term_report_rows as rows
from schoolapp.queries import term_report_words as kept_words
from schoolapp.queries.term_reports import day_of, head_of, progress_of, project_of

AnyRow = Row[*tuple[Any, ...]]

_KEPT_IN_CLASS = frozenset({AbsenceReason.TEST_IN_CLASS, AbsenceReason.NOT_FETCHED})
_LATIN = "Latn"


@dataclass(frozen=True)
class ClassSheets:
    """A class with the sheets of its pupils who are in workshops."""

    id: int
    name: str
    site: str
    head: ReportHead
    sheets: tuple[PupilTermSheet, ...]


@dataclass(frozen=True)
class ClassChoice:
    """A class of the person's with pupils in workshops of the term."""

    id: int
    name: str
    site: str
    pupils: int


@dataclass(frozen=True)
class WrittenWords:
    """What a facilitator has written about a pupil; version 0 is nothing yet."""

    words: str
    proposals: str
    version: int


def of_pupil(actor: Actor, pupil_id: int, term: ReportTerm, *, printed: bool = False) -> PupilTermSheet:
    """The sheet of one pupil, also without lessons. Raises NoResultFound where it is not the person's to read."""
    institute_id = db.session.execute(
        select(Pupil.institute_id).where(Pupil.id == pupil_id, scope.assessed_pupils(actor, Permission.REPORTS_READ))
    ).scalar_one()
    (sheet,) = _sheets(
        actor,
        select(Pupil.id).where(Pupil.id == pupil_id),
        head_of(institute_id, term),
        printed=printed,
    )
    return sheet


def of_class(actor: Actor, class_id: int, term: ReportTerm, *, printed: bool = False) -> ClassSheets:
    """The pupils of a class with an enrolment in the term, in the order of its register."""
    row = db.session.execute(
        select(SchoolClass.id, SchoolClass.name, Site.name.label("site"), SchoolClass.institute_id)
        .join(Site, Site.id == SchoolClass.site_id)
        .where(SchoolClass.id == class_id, scope.classes(actor, Permission.REPORTS_READ))
    ).one()
    head = head_of(row.institute_id, term)
    members = (
        select(ClassMembership.pupil_id)
        .join(Enrolment, Enrolment.pupil_id == ClassMembership.pupil_id)
        .where(ClassMembership.class_id == class_id, ClassMembership.valid_to.is_(None), _in_term(term))
    )
    return ClassSheets(row.id, row.name, row.site, head, _sheets(actor, members, head, printed=printed))


def of_school(actor: Actor, head: ReportHead) -> tuple[PupilTermSheet, ...]:
    """Every pupil of the school with an enrolment in the term, class by class."""
    mine = actor.institutes_with(Permission.REPORTS_COUNTERSIGN) & {head.institute_id}
    pupils = (
        select(Enrolment.pupil_id)
        .join(Workshop, Workshop.id == Enrolment.workshop_id)
        .where(Workshop.institute_id.in_(mine), _in_term(head.term))
    )
    sheets = _sheets(actor, pupils, head, printed=True)
    return tuple(sorted(sheets, key=lambda sheet: (sheet.site, sheet.school_class)))


def classes(actor: Actor, term: ReportTerm) -> list[ClassChoice]:
    """The person's classes with pupils in workshops of the term."""
    found = db.session.execute(
        select(SchoolClass.id, SchoolClass.name, Site.name, ClassMembership.pupil_id)
        .join(Site, Site.id == SchoolClass.site_id)
        .join(ClassMembership, (ClassMembership.class_id == SchoolClass.id) & ClassMembership.valid_to.is_(None))
        .join(Enrolment, Enrolment.pupil_id == ClassMembership.pupil_id)
        .where(
            scope.classes(actor, Permission.REPORTS_READ),
            SchoolClass.school_year_id == term.school_year_id,
            _in_term(term),
        )
        .distinct()
        .order_by(Site.name, SchoolClass.name, SchoolClass.id)
    ).all()
    return [
        ClassChoice(class_id, name, site, len(list(group)))
        for (class_id, name, site), group in groupby(found, key=lambda row: (row[0], row[1], row[2]))
    ]


def written(pupil_id: int, workshop_id: int, term: ReportTerm) -> WrittenWords:
    """The words of one workshop about a pupil whose sheet the caller has."""
    row = kept_words.pupil_words(term, pupil_ids=[pupil_id]).get((workshop_id, pupil_id))
    return WrittenWords(row.words, row.proposals, row.version) if row else WrittenWords("", "", 0)


def _in_term(term: ReportTerm) -> ColumnElement[bool]:
    return (Enrolment.first_day <= term.last_day) & or_(
        Enrolment.last_day.is_(None), Enrolment.last_day >= term.first_day
    )


def _sheets(actor: Actor, pupils: Select[int], head: ReportHead, *, printed: bool) -> tuple[PupilTermSheet, ...]:
    """In the order of a register, in a fixed number of statements."""
    term = head.term
    found = db.session.execute(
        select(Pupil.id, Pupil.last_name, Pupil.first_name, Pupil.arrival_month, Pupil.years_abroad, Pupil.alphabets)
        .where(Pupil.id.in_(pupils))
        .order_by(Pupil.sort_key, Pupil.id)
    ).all()
    ids = [row.id for row in found]
    in_class, marks = rows.classes_of(ids, day_of(term)), rows.marks(ids, term)
    languages, histories = _languages(ids), profiles.histories(actor, ids, school_year_id=term.school_year_id)
    workshops = _workshops(ids, term, printed=printed)
    return tuple(
        PupilTermSheet(
            head=head,
            pupil_id=row.id,
            name=f"{row.last_name} {row.first_name}".strip(),
            school_class=in_class[row.id].name if row.id in in_class else "",
            site=in_class[row.id].site if row.id in in_class else "",
            arrival_month=row.arrival_month,
            languages=tuple(languages.get(row.id, ())),
            years_abroad=row.years_abroad,
            reads_latin=None if row.alphabets is None else _LATIN in row.alphabets.split(),
            workshops=tuple(workshops.get(row.id, ())),
            months=_months(marks.get(row.id, ())),
            progress=progress_of(histories.get(row.id), term),
            unsigned_lessons=_unsigned(marks.get(row.id, ())),
        )
        for row in found
    )


def _workshops(pupil_ids: Sequence[int], term: ReportTerm, *, printed: bool) -> dict[int, list[SheetWorkshop]]:
    """Pupil → the workshops of the term, by first day."""
    found = db.session.execute(
        select(
            Enrolment.pupil_id,
            Enrolment.first_day,
            Workshop.id,
            Workshop.title,
            Project.id.label("project_id"),
            Project.title.label("project_title"),
            Project.code.label("project_code"),
            Project.cup,
        )
        .join(Workshop, Workshop.id == Enrolment.workshop_id)
        .join(FundingLine, FundingLine.id == Workshop.funding_line_id)
        .outerjoin(Project, Project.id == FundingLine.project_id)
        .where(Enrolment.pupil_id.in_(pupil_ids), _in_term(term))
        .order_by(Enrolment.pupil_id, Enrolment.first_day, Enrolment.id)
    ).all()
    ids = {row.id for row in found}
    pictures = emblems.of_projects({row.project_id for row in found if row.project_id}) if printed else {}
    people, reports = rows.facilitators(ids, term), kept_words.reports(ids, term)
    words = kept_words.pupil_words(term, pupil_ids=pupil_ids)
    workshops: defaultdict[int, dict[int, SheetWorkshop]] = defaultdict(dict)
    for row in found:
        if row.id in workshops[row.pupil_id]:
            continue  # left and came back: one workshop, from its first day
        said = words.get((row.id, row.pupil_id))
        workshops[row.pupil_id][row.id] = SheetWorkshop(
            workshop_id=row.id,
            title=row.title,
            facilitators=people.get(row.id, ()),
            first_day=row.first_day,
            words=said.words if said else "",
            proposals=said.proposals if said else "",
            signed=reports[row.id].signed,
            countersigned=reports[row.id].countersigned,
            project=project_of(row, pictures),
        )
    return {pupil_id: list(each.values()) for pupil_id, each in workshops.items()}


def _languages(pupil_ids: Sequence[int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    statement = (
        select(PupilLanguage.pupil_id, PupilLanguage.language)
        .where(PupilLanguage.pupil_id.in_(pupil_ids))
        .order_by(PupilLanguage.pupil_id, PupilLanguage.position)
    )
    for pupil_id, language in db.session.execute(statement):
        found[pupil_id].append(language)
    return found


def _unsigned(marks: Sequence[AnyRow]) -> int:
    return sum(mark.signed_at is None and mark.status not in STATUSES_NOT_OFFERED for mark in marks)


def _months(marks: Sequence[AnyRow]) -> tuple[MonthAttendance, ...]:
    """The marks of a pupil by month: what was offered, and why it was not attended."""
    return tuple(_month(month, list(each)) for month, each in groupby(marks, key=lambda mark: mark.day.replace(day=1)))


def _month(month: date, marks: Sequence[AnyRow]) -> MonthAttendance:
    offered = [mark for mark in marks if mark.status not in STATUSES_NOT_OFFERED]
    absent = [mark for mark in offered if mark.status is MarkStatus.ABSENT]
    kept = sum(mark.reason in _KEPT_IN_CLASS for mark in absent)
    return MonthAttendance(
        month=month,
        lessons=len(offered),
        present=len(offered) - len(absent),
        away=len(absent) - kept,
        kept_in_class=kept,
        figure=AttendanceFigure(
            attended=sum(mark.attended_minutes for mark in marks), offered=sum(mark.offered_minutes for mark in marks)
        ),
    )
