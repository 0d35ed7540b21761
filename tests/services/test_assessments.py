"""Assessments: draft, complete, shared, corrected; whose they are, and two people at once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import queries, services
from schoolapp.domain.actors import Actor
from schoolapp.domain.assessment import AssessmentState, Literacy, Moment
from schoolapp.domain.assessment_sheets import SheetFacts
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.models import Assessment, AuditEvent, Pupil, User, Workshop
from tests import factories

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
A1 = dict.fromkeys(Skill, Level.A1)


class Group:
    """A workshop with its facilitator and a pupil."""

    def __init__(self) -> None:
        self.institute = factories.make_institute()
        self.irene: User = factories.make_user(Role.FACILITATOR, self.institute, name="Irene Valsecca")
        self.facilitator: Actor = factories.actor_of(self.irene)
        self.workshop: Workshop = factories.make_workshop(self.institute, facilitator=self.irene)
        self.pupil: Pupil = factories.make_pupil(self.institute)
        factories.make_enrolment(self.workshop, self.pupil)

    def record(self, actor: Actor | None = None, **values: Any) -> Assessment:
        facts = {"day": date(2026, 11, 20), "levels": A1, **values.pop("facts", {})}
        asked: dict[str, Any] = {
            "pupil_id": self.pupil.id,
            "moment": Moment.ENTRY,
            "facts": SheetFacts(**facts),
            "version": 0,
            "complete": True,
            "now": NOW,
            "workshop_id": self.workshop.id,
            **values,
        }
        return services.assessments.record(actor or self.facilitator, **asked)


@pytest.fixture
def group(database: Session) -> Group:
    return Group()


def test_a_draft_is_completed_then_shared(group: Group, database: Session) -> None:
    draft = group.record(complete=False, facts={"levels": {Skill.LISTENING: Level.A2}, "literacy": Literacy.LATIN})
    assert (draft.state, draft.overall_level, draft.version) == (AssessmentState.DRAFT, None, 1)
    done = group.record(version=1, facts={"descriptors": frozenset({"listening.a1.1"})})
    assert done.id == draft.id
    assert (done.state, done.overall_level, done.completed_at) == (AssessmentState.COMPLETE, Level.A1, NOW)
    assert {row.skill: row.level for row in done.levels} == A1
    assert [row.code for row in done.descriptors] == ["listening.a1.1"]
    assert services.assessments.share(group.facilitator, assessment_ids=[done.id], now=NOW) == 1
    assert (done.state, done.shared_by_id) == (AssessmentState.SHARED, group.irene.id)
    assert services.assessments.share(group.facilitator, assessment_ids=[done.id], now=NOW) == 0


def test_who_completes_a_draft_is_its_assessor_and_who_corrects_it_is_not(group: Group) -> None:
    coordinator = factories.make_actor(Role.COORDINATOR, group.institute)
    group.record(coordinator, complete=False)
    assert group.record(version=1).assessor_id == group.irene.id
    assert group.record(coordinator, version=2, facts={"note": "Legge volentieri."}).assessor_id == group.irene.id


def test_a_level_that_is_taken_back_leaves_no_row(group: Group) -> None:
    group.record()
    kept = group.record(version=1, facts={"levels": dict.fromkeys(list(Skill)[:3], Level.A2)})
    assert {row.skill for row in kept.levels} == set(list(Skill)[:3])
    assert kept.overall_level is Level.A2


def test_what_is_complete_stays_so_and_stays_valid_whichever_button_saves_it(group: Group) -> None:
    kept = group.record()
    with pytest.raises(RuleViolation) as refused:
        group.record(version=1, complete=False, facts={"levels": {Skill.READING: Level.A1}})
    assert refused.value.field == "levels"
    saved = group.record(version=1, complete=False, facts={"note": "Legge volentieri."})
    assert (saved.id, saved.state, saved.completed_at) == (kept.id, AssessmentState.COMPLETE, NOW)


def test_what_was_shared_changes_with_a_reason_that_the_audit_keeps(group: Group, database: Session) -> None:
    kept = group.record()
    services.assessments.share(group.facilitator, assessment_ids=[kept.id], now=NOW)
    changed = {**A1, Skill.WRITING: Level.PRE_A1}
    with pytest.raises(RuleViolation, match="scrivi perché"):
        group.record(version=2, facts={"levels": changed})
    corrected = group.record(version=2, facts={"levels": changed}, reason="avevo confuso due alunni")
    assert corrected.state is AssessmentState.SHARED
    rows = database.scalars(select(AuditEvent).where(AuditEvent.reason.is_not(None))).all()
    assert {row.reason for row in rows} == {"avevo confuso due alunni"}
    assert all(row.changes for row in rows)
    assert [row.changes for row in rows if "writing" in row.changes] == [{"writing": ["a1", "pre_a1"]}]


def test_of_two_people_the_second_is_told_and_nothing_is_written(group: Group) -> None:
    coordinator = factories.make_actor(Role.COORDINATOR, group.institute)
    group.record(coordinator, complete=False)
    with pytest.raises(RuleViolation, match="salvata di nuovo") as refused:
        group.record(facts={"levels": dict.fromkeys(Skill, Level.B1)})
    assert refused.value.field == "version"
    kept = queries.assessments.of_moment(group.facilitator, group.pupil.id, group.workshop.school_year_id, Moment.ENTRY)
    assert kept is not None
    assert kept.facts.levels == A1


def test_a_button_that_was_pressed_twice_writes_once(group: Group, database: Session) -> None:
    sheet = {
        "levels": A1,
        "note": " Legge  volentieri. ",
        "descriptors": frozenset({"reading.a1.1"}),
        "overall": Level.A2,
        "overall_why": "legge da sé",
    }
    first = group.record(facts=sheet)
    assert group.record(facts=sheet) is first
    assert first.version == 1
    other = [{"note": "altro"}, {"descriptors": frozenset()}, {"overall": Level.B1}, {"day": date(2026, 11, 19)}]
    for change in [*other, {"literacy": Literacy.LATIN}, {"levels": {**A1, Skill.STUDY: Level.A2}}]:
        with pytest.raises(RuleViolation, match="salvata di nuovo"):
            group.record(facts={**sheet, **change})


def test_completing_is_no_second_time_of_saving_a_draft(group: Group) -> None:
    group.record(complete=False)
    with pytest.raises(RuleViolation, match="salvata di nuovo"):
        group.record()


def test_evidence_ticked_on_other_words_is_asked_for_again(group: Group) -> None:
    ticked = {"descriptors": frozenset({"listening.a1.1"})}
    with pytest.raises(RuleViolation, match="intanto sono cambiati") as refused:
        group.record(facts=ticked, scale=2)
    assert refused.value.field == "seen"
    assert group.record(facts=ticked, scale=1).scale_version == 1
    assert group.record(version=1, scale=2).scale_version == 1  # nothing ticked: no words are meant


def test_a_note_is_as_long_as_it_is_kept(group: Group) -> None:
    kept = group.record(facts={"note": "Legge.\r\n" * 60 + "\x00Scrive."})
    assert kept.note == "Legge. " * 60 + "Scrive."


@pytest.mark.parametrize(
    ("values", "field", "remark"),
    [
        ({"facts": {"levels": {Skill.READING: Level.A1}}}, "levels", "one skill is no profile"),
        ({"facts": {"overall": Level.B1}}, "overall_why", "another overall level without its reason"),
        ({"facts": {"note": "ha una diagnosi"}}, "note", "health"),
        (
            {"facts": {"overall": Level.B1, "overall_why": "ha una diagnosi"}},
            "overall_why",
            "health, where all read it",
        ),
        ({"reason": "i genitori hanno divorziato"}, "reason", "family, in the register of changes"),
        ({"facts": {"day": date(2026, 11, 21)}}, "day", "tomorrow"),
        ({"facts": {"descriptors": frozenset({"listening.z9.1"})}}, "seen", "evidence that the scale does not have"),
    ],
)
def test_a_sheet_that_breaks_a_rule_is_refused_and_nothing_is_kept(
    group: Group, database: Session, values: dict[str, Any], field: str | None, remark: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        group.record(**values)
    assert refused.value.field == field
    assert database.scalar(select(Assessment.id)) is None


def test_another_overall_level_is_kept_with_its_reason(group: Group) -> None:
    kept = group.record(facts={"overall": Level.A2, "overall_why": "  legge  da sé "})
    assert (kept.overall_level, kept.overall_why) == (Level.A2, "legge da sé")
    back = group.record(version=1, facts={"overall": Level.A1, "overall_why": "legge da sé"})
    assert (back.overall_level, back.overall_why) == (Level.A1, "")


def test_a_draft_is_not_shared_and_refuses_the_whole_batch(group: Group) -> None:
    other = factories.make_pupil(group.institute, first_name="Awa", last_name="Fall")
    factories.make_enrolment(group.workshop, other)
    done = group.record()
    draft = group.record(pupil_id=other.id, complete=False)
    with pytest.raises(RuleViolation, match="Awa Fall"):
        services.assessments.share(group.facilitator, assessment_ids=[done.id, draft.id], now=NOW)
    assert done.state is AssessmentState.COMPLETE


def test_a_pupil_of_another_workshop_or_school_does_not_exist(group: Group) -> None:
    stranger = factories.make_enrolment(factories.make_workshop(group.institute)).pupil
    elsewhere = factories.make_pupil()
    for pupil in (stranger, elsewhere):
        with pytest.raises(NoResultFound):
            group.record(pupil_id=pupil.id)
    with pytest.raises(NoResultFound):
        group.record(factories.make_actor(Role.COORDINATOR))
    foreign = factories.make_assessment(elsewhere)
    with pytest.raises(NoResultFound):
        services.assessments.share(group.facilitator, assessment_ids=[foreign.id], now=NOW)
    assert foreign.state is AssessmentState.COMPLETE


def test_a_coordinator_assesses_a_pupil_who_is_in_no_workshop_yet(group: Group) -> None:
    pupil = factories.make_pupil(group.institute)
    coordinator = factories.make_actor(Role.COORDINATOR, group.institute)
    kept = group.record(coordinator, pupil_id=pupil.id, workshop_id=None)
    assert (kept.workshop_id, kept.state) == (None, AssessmentState.COMPLETE)
    with pytest.raises(NoResultFound):
        group.record(coordinator, pupil_id=pupil.id)  # not in the workshop that is named


def test_an_archived_card_is_not_assessed(group: Group) -> None:
    group.pupil.archived_at = NOW
    with pytest.raises(RuleViolation, match="archivio"):
        group.record()
