"""The workshops of a term report, with who pays: for workshops that the caller may read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, bindparam, exists, select

from schoolapp.domain.term_report_heads import ReportTerm
from schoolapp.models import FundingLine, Lesson, Project, Site, Workshop
from schoolapp.queries.rows import read

AnyRow = Row[*tuple[Any, ...]]

# Statements are made once: to make one takes longer than to ask it.
_WORKSHOPS = (
    select(
        Workshop.id,
        Workshop.title,
        Workshop.kind,
        Workshop.level,
        Workshop.place,
        Workshop.status,
        Site.name.label("site"),
        FundingLine.name.label("funding_line"),
        Project.id.label("project_id"),
        Project.title.label("project_title"),
        Project.code.label("project_code"),
        Project.cup,
    )
    .join(Site, Site.id == Workshop.site_id)
    .join(FundingLine, FundingLine.id == Workshop.funding_line_id)
    .outerjoin(Project, Project.id == FundingLine.project_id)
    .order_by(Workshop.title, Workshop.id)
)
_IN_TERM = (Workshop.school_year_id == bindparam("school_year_id")) & exists().where(
    Lesson.workshop_id == Workshop.id,
    Lesson.day.between(bindparam("first", type_=Date()), bindparam("last", type_=Date())),
)


def workshops(condition: ColumnElement[bool], term: ReportTerm, *, with_lessons: bool) -> Sequence[AnyRow]:
    """The workshops by title; `with_lessons` only those that have any in the term."""
    if not with_lessons:
        return read(_WORKSHOPS.where(condition)).all()
    days = {"school_year_id": term.school_year_id, "first": term.first_day, "last": term.last_day}
    return read(_WORKSHOPS.where(condition, _IN_TERM), days).all()
