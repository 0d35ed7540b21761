"""Which workshop a pupil could join: the open ones of the school, with their free places."""

from sqlalchemy import exists, false, func, or_, select

from schoolapp import clock
from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.placement import OpenWorkshop, Placement, suggest_placement
from schoolapp.domain.profile_history import ProfileHistory
from schoolapp.domain.workshops import STATUSES_OPEN_TO_ENROLMENT
from schoolapp.extensions import db
from schoolapp.models import Enrolment, SchoolYear, Site, Workshop
from schoolapp.queries import scope
from schoolapp.queries.assessments import AssessedPupil


def suggest(actor: Actor, pupil: AssessedPupil, history: ProfileHistory) -> Placement:
    """The suggestion for a pupil from the latest profile; workshops are those that the person sees. One statement."""
    known = [profile.literacy for profile in history.profiles if profile.literacy is not None]
    return suggest_placement(history.latest, _open(actor, pupil), literacy=known[-1] if known else None)


def _open(actor: Actor, pupil: AssessedPupil) -> list[OpenWorkshop]:
    today = clock.today()
    taken = (
        select(func.count(Enrolment.pupil_id.distinct()))
        .where(Enrolment.workshop_id == Workshop.id, or_(Enrolment.last_day.is_(None), Enrolment.last_day >= today))
        .correlate(Workshop)
        .scalar_subquery()
    )
    attends = exists().where(
        Enrolment.workshop_id == Workshop.id,
        Enrolment.pupil_id == pupil.id,
        or_(Enrolment.last_day.is_(None), Enrolment.last_day >= today),
    )
    rows = db.session.execute(
        select(
            Workshop.id,
            Workshop.title,
            Workshop.kind,
            Workshop.level,
            Site.name,
            Workshop.capacity,
            taken,
            Workshop.site_id == (pupil.site_id or 0),
            func.coalesce(Site.kind != pupil.site_kind, false()),
            attends,
        )
        .join(Site, Site.id == Workshop.site_id)
        .join(SchoolYear, SchoolYear.id == Workshop.school_year_id)
        .where(
            scope.workshops(actor, Permission.WORKSHOPS_READ),
            Workshop.institute_id == pupil.institute_id,
            Workshop.status.in_(STATUSES_OPEN_TO_ENROLMENT),
            SchoolYear.first_day <= today,
            SchoolYear.last_day >= today,
        )
        .order_by(Workshop.title, Workshop.id)
    )
    return [OpenWorkshop(*row) for row in rows]
