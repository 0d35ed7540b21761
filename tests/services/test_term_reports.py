"""Writing, signing, correcting and countersigning term reports."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.actors import Actor
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.roles import Role
from schoolapp.domain.term_report_words import ReportState, ReportWords
from schoolapp.models import AuditEvent, PupilReport, Workshop, WorkshopReport
from schoolapp.services.term_reports import state_of
from tests import factories

NOW = datetime(2027, 1, 25, 9, 0, tzinfo=UTC)
WORDS = ReportWords(topics="La famiglia.", progress="Bene.")


@pytest.fixture
def workshop(database: Session) -> Workshop:
    institute = factories.make_institute()
    return factories.make_workshop(institute, factories.make_user(Role.FACILITATOR, institute))


@pytest.fixture
def facilitator(workshop: Workshop) -> Actor:
    return factories.actor_of(workshop.facilitators[0].user)


@pytest.fixture
def term_id(workshop: Workshop) -> int:
    return int(workshop.school_year.terms[0].id)


def head_of(workshop: Workshop) -> Actor:
    return factories.actor_of(factories.make_user(Role.HEAD, workshop.institute))


def write(actor: Actor, workshop: Workshop, term_id: int, version: int = 0, **values: object) -> WorkshopReport:
    chosen = {"words": WORDS, "now": NOW, **values}
    return services.term_reports.write(
        actor,
        workshop_id=workshop.id,
        term_id=term_id,
        version=version,
        **chosen,  # type: ignore[arg-type]
    )


def test_words_are_kept_then_signed_then_countersigned(workshop: Workshop, facilitator: Actor, term_id: int) -> None:
    report = write(facilitator, workshop, term_id)
    assert state_of(report) is ReportState.DRAFT
    report = write(facilitator, workshop, term_id, version=1, sign=True)
    assert state_of(report) is ReportState.SIGNED
    assert report.signed_by_id == facilitator.user_id
    head = head_of(workshop)
    assert services.term_reports.countersign(head, term_id=term_id, read={workshop.id: 2}, now=NOW) == 1
    assert state_of(report) is ReportState.COUNTERSIGNED


def test_the_visto_is_not_put_on_words_that_came_after_the_page_was_read(
    workshop: Workshop, facilitator: Actor, term_id: int
) -> None:
    write(facilitator, workshop, term_id, sign=True)
    better = ReportWords(topics="La famiglia e la casa.", progress="Bene.")
    report = write(facilitator, workshop, term_id, version=1, words=better, reason="Mancava un argomento")
    with pytest.raises(RuleViolation, match="un’altra persona ha cambiato"):
        services.term_reports.countersign(head_of(workshop), term_id=term_id, read={workshop.id: 1}, now=NOW)
    assert state_of(report) is ReportState.SIGNED


def test_after_the_signature_a_correction_has_its_reason_and_takes_the_visto_away(
    database: Session, workshop: Workshop, facilitator: Actor, term_id: int
) -> None:
    write(facilitator, workshop, term_id, sign=True)
    services.term_reports.countersign(head_of(workshop), term_id=term_id, read={workshop.id: 1}, now=NOW)
    better = ReportWords(topics="La famiglia e la casa.", progress="Bene.")
    with pytest.raises(RuleViolation, match="motivo"):
        write(facilitator, workshop, term_id, version=2, words=better)
    report = write(facilitator, workshop, term_id, version=2, words=better, reason="Mancava un argomento")
    assert state_of(report) is ReportState.SIGNED
    event = database.scalars(
        select(AuditEvent).where(AuditEvent.subject == "workshop_report").order_by(AuditEvent.id.desc())
    ).first()
    assert event is not None
    assert event.reason == "Mancava un argomento"
    assert event.changes["topics"] == ["La famiglia.", "La famiglia e la casa."]


def test_nobody_writes_over_what_they_have_not_read(workshop: Workshop, facilitator: Actor, term_id: int) -> None:
    write(facilitator, workshop, term_id)
    with pytest.raises(RuleViolation, match="ricarica"):
        write(facilitator, workshop, term_id, words=ReportWords(topics="Altro"))


def test_saving_the_same_words_is_refused_and_signing_them_is_not(
    workshop: Workshop, facilitator: Actor, term_id: int
) -> None:
    write(facilitator, workshop, term_id)
    with pytest.raises(RuleViolation, match="cambiato nulla"):
        write(facilitator, workshop, term_id, version=1)
    assert state_of(write(facilitator, workshop, term_id, version=1, sign=True)) is ReportState.SIGNED


def test_only_who_runs_the_workshop_writes(workshop: Workshop, term_id: int) -> None:
    other = factories.actor_of(factories.make_user(Role.FACILITATOR, workshop.institute))
    for actor in (other, head_of(workshop)):
        with pytest.raises(NoResultFound):
            write(actor, workshop, term_id)


def write_pupil(
    actor: Actor,
    workshop: Workshop,
    pupil_id: int,
    term_id: int,
    words: str,
    version: int = 0,
    reason: str = "",
    proposals: str = "",
) -> PupilReport:
    return services.term_reports.write_pupil(
        actor,
        workshop_id=workshop.id,
        pupil_id=pupil_id,
        term_id=term_id,
        words=words,
        proposals=proposals,
        version=version,
        reason=reason,
    )


def test_words_about_a_pupil_of_the_workshop(workshop: Workshop, facilitator: Actor, term_id: int) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    report = write_pupil(facilitator, workshop, pupil.id, term_id, "  Ascolta   molto. ")
    assert (report.words, report.version) == ("Ascolta molto.", 1)
    stranger = factories.make_pupil(workshop.institute)
    with pytest.raises(NoResultFound):
        write_pupil(facilitator, workshop, stranger.id, term_id, "Ciao.")


def test_words_about_a_pupil_that_were_signed_change_with_a_reason(
    workshop: Workshop, facilitator: Actor, term_id: int
) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    late = factories.make_enrolment(workshop).pupil
    write_pupil(facilitator, workshop, pupil.id, term_id, "Ascolta molto.")
    signed = write(facilitator, workshop, term_id, sign=True)
    services.term_reports.countersign(head_of(workshop), term_id=term_id, read={workshop.id: 1}, now=NOW)
    with pytest.raises(RuleViolation, match="motivo"):
        write_pupil(facilitator, workshop, pupil.id, term_id, "Parla molto.", version=1)
    write_pupil(facilitator, workshop, pupil.id, term_id, "Parla molto.", version=1, reason="Avevo scritto male")
    assert state_of(signed) is ReportState.SIGNED, "the visto must be given anew"
    assert write_pupil(facilitator, workshop, late.id, term_id, "È arrivata dopo.").version == 1, "nothing to correct"


def test_a_word_on_health_is_sent_back(workshop: Workshop, facilitator: Actor, term_id: int) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    with pytest.raises(RuleViolation) as refusal:
        write_pupil(facilitator, workshop, pupil.id, term_id, "Ha una diagnosi.")
    assert refusal.value.field == "words"
    with pytest.raises(RuleViolation) as refusal:
        write_pupil(facilitator, workshop, pupil.id, term_id, "Ascolta.", proposals="Vedere la diagnosi.")
    assert refusal.value.field == "proposals"


def test_who_read_older_words_about_a_pupil_is_told_so(workshop: Workshop, facilitator: Actor, term_id: int) -> None:
    pupil = factories.make_enrolment(workshop).pupil
    kept = write_pupil(facilitator, workshop, pupil.id, term_id, "Ascolta molto.")
    with pytest.raises(RuleViolation, match="un’altra persona ha cambiato"):
        write_pupil(facilitator, workshop, pupil.id, term_id, "Parla molto.", version=0)
    assert kept.words == "Ascolta molto."


def test_a_batch_is_countersigned_whole_or_not_at_all(
    database: Session, workshop: Workshop, facilitator: Actor, term_id: int
) -> None:
    user = workshop.facilitators[0].user
    draft = factories.make_workshop(workshop.institute, user, title="Studio A2")
    write(facilitator, workshop, term_id, sign=True)
    write(facilitator, draft, term_id)
    head = head_of(workshop)
    with pytest.raises(RuleViolation, match="«Studio A2»"), database.begin_nested():
        services.term_reports.countersign(head, term_id=term_id, read={workshop.id: 1, draft.id: 1}, now=NOW)
    with pytest.raises(RuleViolation, match="almeno una"):
        services.term_reports.countersign(head, term_id=term_id, read={}, now=NOW)
    stranger = factories.actor_of(factories.make_user(Role.HEAD, factories.make_institute()))
    with pytest.raises(NoResultFound):
        services.term_reports.countersign(stranger, term_id=term_id, read={workshop.id: 1}, now=NOW)
    database.expire_all()
    assert database.scalars(select(WorkshopReport.countersigned_at)).all() == [None, None]
