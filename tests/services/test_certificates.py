"""Certificates: issued with numbers without gaps, frozen, revoked and replaced with a reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.attendance import MarkStatus
from schoolapp.domain.certificates import CertificateContents, SkillReached
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.domain.verification import typed_code
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import AuditEvent, IssuedDocument, Pupil, Workshop
from schoolapp.services.certificates import CertificatesRefused, Issuing
from tests import factories
from tests.support.concluded import Concluded, concluded_workshop
from tests.support.standing import again

AT = datetime(2027, 6, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def standing_school(stands: Callable[..., Concluded]) -> Concluded:
    return stands(lambda: concluded_workshop({"Awa": 4, "Ben": 3, "Chen": 2}), at=AT)


@pytest.fixture
def school(standing_school: Concluded, database: Session) -> Concluded:
    """A concluded workshop of four lessons: Awa was at all of them, Ben at three, Chen at two."""
    return again(standing_school)


def issuing(school: Concluded, **values: Any) -> Issuing:
    return Issuing(**{"by_id": school.coordinator.id, "at": AT, "verify_address": "https://x.example/verify", **values})


def contents_of(document: IssuedDocument) -> CertificateContents:
    return CertificateContents.from_json(document.contents)


def issue(school: Concluded, *names: str, **values: Any) -> list[IssuedDocument]:
    ids = [school.pupils[name].id for name in names]
    return services.certificates.issue(school.workshop.id, pupil_ids=ids, issuing=issuing(school, **values))


def test_what_the_paper_says_is_gathered_at_the_issue(school: Concluded) -> None:
    school.institute.printed_signature = True
    factories.make_user(Role.HEAD, school.institute, name="Marco Bellini")
    factories.make_assessment(school.pupils["Ben"], moment=Moment.ENTRY, levels={Skill.READING: Level.PRE_A1})
    factories.make_assessment(school.pupils["Ben"], moment=Moment.INTERMEDIATE, levels={Skill.READING: Level.A1})
    (document,) = issue(school, "Ben", protocol_number="12/A", protocol_day=date(2027, 6, 4))
    contents = contents_of(document)
    assert (document.number, contents.number, contents.code) == (1, "2026/27-0001", document.code)
    assert typed_code(document.code) == document.code
    assert (document.protocol_number, document.protocol_day) == ("12/A", date(2027, 6, 4))
    assert (contents.attended_minutes, contents.offered_minutes) == (270, 360)
    assert (contents.first_day, contents.last_day) == (school.workshop.first_day, date(2026, 12, 14))
    assert (contents.first_name, contents.issue_day) == ("Ben", date(2027, 6, 4))
    assert contents.school_class == "2B, scuola primaria"
    assert contents.facilitators == ("Irene Valsecca",)
    assert (contents.head, contents.printed_signature) == ("Marco Bellini", True)
    assert (contents.project_title, contents.project_code) == ("Lab’Impact", "PROG-2463")
    assert contents.levels == (SkillReached(Skill.READING, Level.A1, "Leggo avvisi e testi brevi con immagini."),)


@pytest.mark.parametrize(
    ("moment", "state", "written", "remark"),
    [
        (Moment.FINAL, AssessmentState.COMPLETE, 1, "final and complete"),
        (Moment.FINAL, AssessmentState.SHARED, 1, "shared with the class council"),
        (Moment.FINAL, AssessmentState.DRAFT, 0, "a draft is nobody's level yet"),
        (Moment.ENTRY, AssessmentState.COMPLETE, 0, "entry is where a pupil began"),
    ],
)
def test_only_levels_that_were_reached_are_written(
    moment: Moment, state: AssessmentState, written: int, remark: str, school: Concluded
) -> None:
    factories.make_assessment(school.pupils["Awa"], moment=moment, state=state, levels={Skill.WRITING: Level.A2})
    assert len(contents_of(issue(school, "Awa")[0]).levels) == written, remark


def test_the_final_levels_come_before_the_intermediate_ones(school: Concluded) -> None:
    factories.make_assessment(school.pupils["Awa"], moment=Moment.INTERMEDIATE, levels={Skill.READING: Level.B1})
    factories.make_assessment(school.pupils["Awa"], moment=Moment.FINAL, levels={Skill.READING: Level.A2})
    assert [line.level for line in contents_of(issue(school, "Awa")[0]).levels] == [Level.A2]


def test_a_whole_workshop_is_numbered_in_the_order_of_its_register(school: Concluded) -> None:
    documents = issue(school, "Ben", "Awa")
    assert [(contents_of(document).first_name, document.number) for document in documents] == [("Awa", 1), ("Ben", 2)]
    assert len({document.code for document in documents}) == 2


def test_each_school_counts_its_own_numbers(school: Concluded) -> None:
    other = concluded_workshop({"Dina": 4})
    assert issue(school, "Awa")[0].number == 1
    assert issue(other, "Dina")[0].number == 1
    assert issue(school, "Ben")[0].number == 2


def test_what_was_issued_stays_when_the_card_changes(school: Concluded, database: Session) -> None:
    (document,) = issue(school, "Awa")
    before = document.contents
    school.pupils["Awa"].first_name = "Awa Marie"
    school.pupils["Awa"].birth_place = "Dakar"
    database.flush()
    database.expire(document)
    assert document.contents == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"first_name": "محمد"}, "scrivi la forma in lettere latine"),
        ({"first_name": "W" * 80, "last_name": "W" * 80}, "troppo lungo per il foglio"),
    ],
)
def test_a_name_that_cannot_be_printed_stops_all_and_nothing_is_written(
    change: dict[str, str], reason: str, school: Concluded, database: Session
) -> None:
    for name, value in change.items():
        setattr(school.pupils["Ben"], name, value)
    database.flush()
    with pytest.raises(CertificatesRefused) as refused:
        issue(school, "Awa", "Ben")
    assert list(refused.value.reasons) == [school.pupils["Ben"].id]
    assert reason in str(refused.value.reasons[school.pupils["Ben"].id])
    assert database.scalars(select(IssuedDocument)).all() == []


def _reopen(workshop: Workshop, _pupil: Pupil) -> None:
    workshop.status = WorkshopStatus.STARTED


def _unsigned_lesson(workshop: Workshop, _pupil: Pupil) -> None:
    factories.make_lesson(workshop, day=date(2026, 12, 21))


def _absent(workshop: Workshop, pupil: Pupil) -> None:
    for day in (7, 8):
        lesson = factories.make_lesson(workshop, day=date(2027, 1, day), signed_by=workshop.facilitators[0].user)
        factories.make_mark(lesson, pupil, MarkStatus.ABSENT)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (_reopen, "Il laboratorio non è ancora concluso"),
        (_unsigned_lesson, "lezioni da firmare 1"),
        (_absent, "Frequenza: 50 % delle ore offerte. È sotto la soglia: 70 %."),
    ],
)
def test_a_certificate_that_is_not_earned_is_not_issued(
    happens: Any, reason: str, school: Concluded, database: Session
) -> None:
    happens(school.workshop, school.pupils["Ben"])
    database.flush()
    with pytest.raises(CertificatesRefused) as refused:
        issue(school, "Ben")
    assert reason in str(refused.value.reasons[school.pupils["Ben"].id])


def test_who_left_with_enough_hours_does_not_wait_for_the_end(school: Concluded, database: Session) -> None:
    school.workshop.status = WorkshopStatus.STARTED
    school.enrolments["Ben"].last_day = date(2026, 12, 7)
    database.flush()
    contents = contents_of(issue(school, "Ben")[0])
    assert contents.last_day == date(2026, 12, 14)


def test_a_pupil_of_another_workshop_is_refused(school: Concluded) -> None:
    stranger = factories.make_pupil(school.institute)
    with pytest.raises(CertificatesRefused) as refused:
        services.certificates.issue(school.workshop.id, pupil_ids=[stranger.id], issuing=issuing(school))
    assert str(refused.value.reasons[stranger.id]) == "Non è tra gli iscritti di questo laboratorio."


def test_nobody_has_two_that_hold(school: Concluded) -> None:
    issue(school, "Awa")
    with pytest.raises(CertificatesRefused) as refused:
        issue(school, "Awa")
    assert str(refused.value.reasons[school.pupils["Awa"].id]) == "Ha già un attestato valido."


def test_a_printed_signature_needs_the_name_of_a_head(school: Concluded, database: Session) -> None:
    school.institute.printed_signature = True
    database.flush()
    with pytest.raises(CertificatesRefused) as refused:
        issue(school, "Awa")
    assert "non ha oggi un dirigente" in str(refused.value.reasons[school.pupils["Awa"].id])


def test_half_a_protocol_and_no_pupil_are_refused(school: Concluded) -> None:
    with pytest.raises(RuleViolation, match="data di protocollo"):
        issue(school, "Awa", protocol_number="12")
    with pytest.raises(RuleViolation, match="almeno un alunno"):
        issue(school)


def test_a_revoked_certificate_does_not_hold_and_another_may_be_issued(school: Concluded) -> None:
    (first,) = issue(school, "Awa")
    services.certificates.revoke(first.id, why="nome sbagliato", by_id=school.coordinator.id, at=AT)
    assert (first.revoked_at, first.revoked_why) == (AT, "nome sbagliato")
    (second,) = issue(school, "Awa")
    assert (second.number, second.replaces_id) == (2, None)


def test_a_replacement_takes_what_is_kept_today_and_names_what_it_replaces(
    school: Concluded, database: Session
) -> None:
    (first,) = issue(school, "Awa")
    school.pupils["Awa"].first_name = "Awa Marie"
    database.flush()
    new = services.certificates.replace_with_new(first.id, why="nome incompleto", issuing=issuing(school))
    assert first.revoked_why == "nome incompleto"
    assert (new.number, new.replaces_id) == (2, first.id)
    assert (contents_of(new).first_name, contents_of(new).replaces) == ("Awa Marie", "2026/27-0001")
    assert new.code != first.code


def test_a_replacement_that_cannot_be_says_why(school: Concluded, database: Session) -> None:
    (first,) = issue(school, "Awa")
    school.pupils["Awa"].first_name = "عائشة"
    database.flush()
    with pytest.raises(RuleViolation, match="lettere latine"):
        services.certificates.replace_with_new(first.id, why="nome", issuing=issuing(school))


def test_what_is_revoked_is_neither_revoked_nor_replaced_again_nor_given_a_protocol(school: Concluded) -> None:
    (first,) = issue(school, "Awa")
    services.certificates.revoke(first.id, why="prova", by_id=school.coordinator.id, at=AT)
    for act in (
        lambda: services.certificates.revoke(first.id, why="prova", by_id=school.coordinator.id, at=AT),
        lambda: services.certificates.replace_with_new(first.id, why="prova", issuing=issuing(school)),
        lambda: services.certificates.give_protocol(first.id, number="1", day=date(2027, 6, 5), today=date(2027, 6, 7)),
    ):
        with pytest.raises(RuleViolation, match="già annullato"):
            act()


def test_the_protocol_may_come_later(school: Concluded) -> None:
    (document,) = issue(school, "Awa")
    services.certificates.give_protocol(document.id, number=" 2417/IV.5 ", day=date(2027, 6, 7), today=date(2027, 6, 7))
    assert (document.protocol_number, document.protocol_day) == ("2417/IV.5", date(2027, 6, 7))


def test_issue_and_revocation_stand_in_the_register_of_changes(school: Concluded, database: Session) -> None:
    (document,) = issue(school, "Awa")
    services.certificates.revoke(document.id, why="nome sbagliato", by_id=school.coordinator.id, at=AT)
    events = database.scalars(
        select(AuditEvent).where(AuditEvent.subject == "issued_document").order_by(AuditEvent.id)
    ).all()
    assert [event.action for event in events] == ["created", "changed"]
    assert events[1].changes["revoked_why"] == ["", "nome sbagliato"]
    assert all("contents" not in event.changes and "code" not in event.changes for event in events)
    assert events[0].institute_id == school.institute.id


def test_a_class_costs_as_many_statements_as_a_pupil(school: Concluded, database: Session, statements: Any) -> None:
    large = concluded_workshop({f"Alunno {number}": 4 for number in range(12)})
    with statements() as one:
        issue(school, "Awa")
    with statements() as many:
        issue(large, *large.pupils)
    assert len([s for s in many if not s.startswith("INSERT")]) == len([s for s in one if not s.startswith("INSERT")])
