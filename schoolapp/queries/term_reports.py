"""Term reports of schools and workshops: which terms there are, and the figures of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, select
from sqlalchemy.exc import NoResultFound

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import Moment
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.emblems import Emblem
from schoolapp.domain.figures import SMALLEST_SHOWN
from schoolapp.domain.levels import Level
from schoolapp.domain.permissions import Permission
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.roles import Role
from schoolapp.domain.term_report_heads import ProjectCodes, ReportHead, ReportTerm, moment_of_term
from schoolapp.domain.term_report_workshops import PupilProgress, TermPupil, WorkshopTermReport
from schoolapp.domain.term_reports import ClassInReport, SchoolTermReport
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.extensions import db
from schoolapp.models import (
    Institute,
    SchoolYear,
    Term,
    Workshop,
)
from schoolapp.queries import class_shares, emblems, profiles, scope, term_report_workshops
from schoolapp.queries import term_report_rows as rows
from schoolapp.queries import term_report_words as kept_words
from schoolapp.queries.role_holders import holder
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]

_CONCLUDED = frozenset({WorkshopStatus.CONCLUDED, WorkshopStatus.ACCOUNTED})


@dataclass(frozen=True)
class SchoolChoice:
    """A school whose whole report the person reads."""

    id: int
    name: str


_TERMS = (
    select(Term.id, Term.name, Term.first_day, Term.last_day, SchoolYear.id.label("year_id"), SchoolYear.label)
    .join(SchoolYear, SchoolYear.id == Term.school_year_id)
    .order_by(SchoolYear.first_day, SchoolYear.id, Term.first_day, Term.id)
)


def terms() -> list[ReportTerm]:
    """Every term that has begun, the latest first; the first one of all where none has."""
    found = read(_TERMS)
    every = [
        ReportTerm(row.id, row.name, row.first_day, row.last_day, row.year_id, row.label, moment_of_term(at, len(year)))
        for year in (list(year) for _key, year in groupby(found, key=lambda row: row.year_id))
        for at, row in enumerate(year)
    ]
    today = clock.today()
    return [term for term in reversed(every) if term.first_day <= today] or every[:1]


def chosen(every: Sequence[ReportTerm], term_id: int | None) -> ReportTerm:
    """The term that was asked for, the latest one where none was. Raises NoResultFound where there is no such term."""
    for term in every:
        if term_id is None or term.id == term_id:
            return term
    raise NoResultFound


def schools(actor: Actor) -> list[SchoolChoice]:
    """The schools whose whole report the person reads."""
    ids = actor.institutes_with(Permission.REPORTS_COUNTERSIGN)
    found = read(
        select(Institute.id, Institute.name).where(Institute.id.in_(sorted(ids))).order_by(Institute.name, Institute.id)
    )
    return [SchoolChoice(*row) for row in found]


def ensure_school(actor: Actor, institute_id: int) -> None:
    """The whole report of the school is the person's to read. Raises NoResultFound where it is not."""
    if institute_id not in actor.institutes_with(Permission.REPORTS_COUNTERSIGN):
        raise NoResultFound


def of_school(
    actor: Actor,
    institute_id: int,
    term: ReportTerm,
    *,
    threshold_percent: int,
    printed: bool = False,
    with_presences: bool = True,
) -> SchoolTermReport:
    """The whole report, `printed` with what is on paper alone; how many pupils were at each lesson can be left out.

    Raises NoResultFound where it is not the person's to read.
    """
    ensure_school(actor, institute_id)
    head = head_of(institute_id, term)
    reports, known = _reports(
        Workshop.institute_id == institute_id, head, printed=printed, with_presences=with_presences
    )
    return SchoolTermReport(
        head=head,
        workshops=reports,
        classes=_classes(actor, reports, head, threshold_percent, known),
        meetings=rows.meetings(institute_id, term),
    )


def of_workshop(
    actor: Actor,
    workshop_id: int,
    term: ReportTerm,
    *,
    outside: bool = False,
    printed: bool = False,
    with_presences: bool = True,
    permission: Permission = Permission.REPORTS_READ,
) -> WorkshopTermReport:
    """One workshop, also without lessons in the term; `outside` for a copy that leaves the school.

    How many pupils were at each lesson can be left out.

    Raises NoResultFound where it is not the person's to read.
    """
    institute_id = read(
        select(Workshop.institute_id).where(Workshop.id == workshop_id, scope.workshops(actor, permission))
    ).scalar_one()
    (report,), _profiles = _reports(
        Workshop.id == workshop_id,
        head_of(institute_id, term),
        with_lessons=False,
        printed=printed,
        with_presences=with_presences,
    )
    return replace(report, smallest_shown=SMALLEST_SHOWN) if outside else report


def of_own_workshops(actor: Actor, term: ReportTerm) -> tuple[WorkshopTermReport, ...]:
    """The workshops of the term about which the person writes, of all schools, without the presences of each lesson."""
    mine = scope.workshops(actor, Permission.REPORTS_WRITE)
    institutes = db.session.scalars(select(Workshop.institute_id).where(mine).distinct()).all()
    found: list[WorkshopTermReport] = []
    for institute_id in sorted(institutes):
        head = head_of(institute_id, term)
        reports, _profiles = _reports(mine & (Workshop.institute_id == institute_id), head, with_presences=False)
        found += reports
    return tuple(found)


_HEAD = select(
    Institute.name,
    Institute.code,
    holder(Role.COORDINATOR).label("coordinator"),
    holder(Role.HEAD).label("head"),
).where(Institute.id == bindparam("institute_id"))


def head_of(institute_id: int, term: ReportTerm) -> ReportHead:
    """What stands on every page of a report of the school."""
    institute = read(_HEAD, {"institute_id": institute_id, "day": day_of(term)}).one()
    return ReportHead(
        institute_id=institute_id,
        institute=institute.name,
        institute_code=institute.code,
        term=term,
        coordinator=institute.coordinator,
        head=institute.head,
        read_at=clock.now(),
    )


def day_of(term: ReportTerm) -> date:
    """The day on which a report looks at classes and people: today, or the last one of a term that is over."""
    return min(clock.today(), term.last_day)


def progress_of(history: ProfileHistory | None, term: ReportTerm) -> PupilProgress:
    """The entry profile and the one of the term: where a short course ended before, its final one is it."""
    first = {profile.moment: profile for profile in reversed(history.profiles)} if history else {}
    now, final = first.get(term.moment), first.get(Moment.FINAL)
    if now is None and final is not None and final.day <= term.last_day:
        now = final
    return PupilProgress(entry=first.get(Moment.ENTRY), now=now)


def project_of(row: AnyRow, pictures: Mapping[int, tuple[Emblem, ...]]) -> ProjectCodes | None:
    if row.project_id is None:
        return None
    return ProjectCodes(row.project_title, row.project_code, row.cup, pictures.get(row.project_id, ()))


def _reports(
    condition: ColumnElement[bool],
    head: ReportHead,
    *,
    with_lessons: bool = True,
    printed: bool = False,
    with_presences: bool = True,
) -> tuple[tuple[WorkshopTermReport, ...], dict[int, ProfileHistory]]:
    """The workshops by title, and the profiles of the year of their pupils, in a fixed number of statements."""
    term = head.term
    found = term_report_workshops.workshops(condition, term, with_lessons=with_lessons)
    ids = [row.id for row in found]
    pictures = emblems.of_projects({row.project_id for row in found if row.project_id}) if printed else {}
    people = rows.facilitators(ids, term)
    times = rows.slots(ids, day_of(term)) if printed else {}
    lessons = rows.lessons(ids, term, head.read_at, with_presences=with_presences)
    enrolled, written = rows.pupils(ids, term), kept_words.reports(ids, term)
    pupil_ids = {row.id for group in enrolled.values() for row in group}
    histories = profiles.profiles_of(pupil_ids, school_year_id=term.school_year_id)

    def in_term(row: AnyRow) -> TermPupil:
        _workshop_id, pupil_id, last_name, first_name, first_day, attended, offered, has_words = row
        return TermPupil(
            pupil_id=pupil_id,
            name=f"{last_name} {first_name}".strip(),
            first_day=first_day,
            figure=AttendanceFigure(attended=int(attended), offered=int(offered)),
            progress=progress_of(histories.get(pupil_id), term),
            has_words=bool(has_words),
        )

    reports = tuple(
        WorkshopTermReport(
            head=head,
            workshop_id=row.id,
            title=row.title,
            kind=row.kind,
            level=row.level,
            site=row.site,
            place=row.place,
            facilitators=people.get(row.id, ()),
            slots=tuple(times.get(row.id, ())),
            project=project_of(row, pictures),
            funding_line=row.funding_line,
            concluded=row.status in _CONCLUDED,
            lessons=tuple(lessons.get(row.id, ())),
            pupils=tuple(map(in_term, enrolled.get(row.id, ()))),
            words=written[row.id].words,
            state=written[row.id].state,
            signed=written[row.id].signed,
            countersigned=written[row.id].countersigned,
            version=written[row.id].version,
        )
        for row in found
    )
    return reports, histories


def _classes(
    actor: Actor,
    reports: Collection[WorkshopTermReport],
    head: ReportHead,
    threshold_percent: int,
    known: Mapping[int, ProfileHistory],
) -> tuple[ClassInReport, ...]:
    """The classes with pupils in workshops, plesso by plesso."""
    levels = {pupil.pupil_id: pupil.progress.known_level for each in reports for pupil in each.present_pupils}
    on = day_of(head.term)
    by_class: dict[int, list[Level | None]] = {}
    kept: dict[int, AnyRow] = {}
    for pupil_id, row in rows.classes_of(levels, on).items():
        by_class.setdefault(row.id, []).append(levels[pupil_id])
        kept[row.id] = row
    shares = {
        share.class_id: share
        for share in class_shares.list_of_year(
            actor, on=on, threshold_percent=threshold_percent, class_ids=kept, known=known
        )
    }
    lines = [
        ClassInReport(
            class_id=class_id,
            name=row.name,
            site=row.site,
            pupils=len(by_class[class_id]),
            below_a2=sum(level is not None and not level.reaches(Level.A2) for level in by_class[class_id]),
            unassessed=sum(level is None for level in by_class[class_id]),
            share=shares.get(class_id),
        )
        for class_id, row in kept.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.site, line.name, line.class_id)))
