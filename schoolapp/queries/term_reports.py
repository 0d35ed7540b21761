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
    found = db.session.execute(_TERMS)
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
    found = db.session.execute(
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
    """The whole report, `printed` with emblems; how many pupils were at each lesson can be left out.

    Raises NoResultFound where it is not the person's to read.
    """
    ensure_school(actor, institute_id)
    head = head_of(institute_id, term)
    reports = _reports(Workshop.institute_id == institute_id, head, printed=printed, with_presences=with_presences)
    return SchoolTermReport(
        head=head,
        workshops=reports,
        classes=_classes(actor, reports, head, threshold_percent),
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
    institute_id = db.session.execute(
        select(Workshop.institute_id).where(Workshop.id == workshop_id, scope.workshops(actor, permission))
    ).scalar_one()
    (report,) = _reports(
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
    return tuple(
        report
        for institute_id in sorted(institutes)
        for report in _reports(
            mine & (Workshop.institute_id == institute_id), head_of(institute_id, term), with_presences=False
        )
    )


_HEAD = select(Institute.name, Institute.code).where(Institute.id == bindparam("institute_id"))


def head_of(institute_id: int, term: ReportTerm) -> ReportHead:
    """What stands on every page of a report of the school."""
    institute = db.session.execute(_HEAD, {"institute_id": institute_id}).one()
    signers = rows.signers_of_school(institute_id, day_of(term))
    return ReportHead(
        institute_id=institute_id,
        institute=institute.name,
        institute_code=institute.code,
        term=term,
        coordinator=signers.get(Role.COORDINATOR),
        head=signers.get(Role.HEAD),
        read_at=clock.now(),
    )


def day_of(term: ReportTerm) -> date:
    """The day on which a report looks at classes and people: today, or the last one of a term that is over."""
    return min(clock.today(), term.last_day)


def progress_of(history: ProfileHistory | None, term: ReportTerm) -> PupilProgress:
    """The entry profile and the one of the term: where a short course ended before, its final one is it."""
    found = history.profiles if history else ()
    ended = (profile for profile in found if profile.moment is Moment.FINAL and profile.day <= term.last_day)
    return PupilProgress(
        entry=next((profile for profile in found if profile.moment is Moment.ENTRY), None),
        now=next((profile for profile in found if profile.moment is term.moment), next(ended, None)),
    )


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
) -> tuple[WorkshopTermReport, ...]:
    """The workshops by title, in a fixed number of statements."""
    term = head.term
    found = term_report_workshops.workshops(condition, term, with_lessons=with_lessons)
    ids = [row.id for row in found]
    pictures = emblems.of_projects({row.project_id for row in found if row.project_id}) if printed else {}
    people, times = rows.facilitators(ids, term), rows.slots(ids, day_of(term))
    lessons = rows.lessons(ids, term, head.read_at, with_presences=with_presences)
    figures = rows.figures(ids, term)
    enrolled, reports = rows.enrolled(ids, term), kept_words.reports(ids, term)
    pupil_ids = {row.id for group in enrolled.values() for row in group}
    words = kept_words.pupil_words(term, pupil_ids=pupil_ids)
    histories = profiles.profiles_of(pupil_ids, school_year_id=term.school_year_id)
    nothing = AttendanceFigure(attended=0, offered=0)

    def pupil(workshop_id: int, row: AnyRow) -> TermPupil:
        written = words.get((workshop_id, row.id))
        return TermPupil(
            pupil_id=row.id,
            name=f"{row.last_name} {row.first_name}".strip(),
            first_day=row.first_day,
            figure=figures.get((workshop_id, row.id), nothing),
            progress=progress_of(histories.get(row.id), term),
            has_words=bool(written and written.words),
        )

    return tuple(
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
            pupils=tuple(pupil(row.id, each) for each in enrolled.get(row.id, ())),
            words=reports[row.id].words,
            state=reports[row.id].state,
            signed=reports[row.id].signed,
            countersigned=reports[row.id].countersigned,
            version=reports[row.id].version,
        )
        for row in found
    )


def _classes(
    actor: Actor, reports: Collection[WorkshopTermReport], head: ReportHead, threshold_percent: int
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
        for share in class_shares.list_of_year(actor, on=on, threshold_percent=threshold_percent, class_ids=kept)
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
