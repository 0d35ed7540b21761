"""Bringing in a school's list: columns, answers, saving all or nothing, and taking it back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupil_imports import Outcome
from schoolapp.domain.pupil_lists import CREATE, LEAVE_EMPTY, Field
from schoolapp.models import (
    AuditEvent,
    ClassMembership,
    Institute,
    Pupil,
    PupilImport,
    RememberedHeading,
    SchoolClass,
    Site,
)
from tests import factories

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

LIST = """Cognome;Nome;Sesso;Nato il;Cittadinanza;Lingua di casa;Plesso;Classe;In Italia dal;Telefono
Fall;Awa;F;03/05/2014;Senegal;Wolof / Francese;Primaria di Mezzo;2B;05/2025;333 1234567
Hoxha;Endri;M;04/06/2015;Albania;Albanese;Primaria di Mezzo;2B;;
Diop;Awa;F;;Senegal;;;;;
"""


@pytest.fixture
def school(database: Session) -> Institute:
    institute = factories.make_institute()
    site = factories.make_site(institute, name="Primaria di Mezzo", code="SOEE000001")
    factories.make_class(site, name="2B")
    return institute


def upload(institute: Institute, text: str = LIST, name: str = "elenco.csv") -> PupilImport:
    return services.imports.upload(
        institute_id=institute.id, user_id=None, filename=name, content=text.encode(), now=NOW, today=TODAY
    )


def bring(institute: Institute, text: str = LIST) -> PupilImport:
    pupil_import = upload(institute, text)
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    return pupil_import


def counts(pupil_import: PupilImport) -> tuple[int, int, int]:
    return pupil_import.new_count, pupil_import.changed_count, pupil_import.unchanged_count


def pupils(database: Session, institute: Institute) -> dict[str, Pupil]:
    database.expire_all()
    found = database.scalars(select(Pupil).where(Pupil.institute_id == institute.id).order_by(Pupil.id))
    return {f"{pupil.last_name} {pupil.first_name}": pupil for pupil in found}


def snapshot(database: Session) -> dict[str, Any]:
    """Every row of the tables an import may touch."""
    database.expire_all()
    tables = ("pupil", "pupil_citizenship", "pupil_language", "contact", "class_membership", "school_class", "site")
    metadata = Pupil.metadata.tables
    return {name: sorted(map(tuple, database.execute(select(metadata[name]))), key=repr) for name in tables}


def test_a_list_makes_pupils_with_all_its_facts(database: Session, school: Institute) -> None:
    assert counts(bring(school)) == (3, 0, 0)
    awa = pupils(database, school)["Fall Awa"]
    assert (awa.sex, awa.birth_date, awa.arrival_month) == ("F", date(2014, 5, 3), date(2025, 5, 1))
    assert [item.country for item in awa.citizenships] == ["SN"]
    assert [item.language for item in awa.languages] == ["wo", "fr"]
    assert [contact.phone for contact in awa.contacts] == ["+393331234567"]
    assert [(item.school_class.name, item.valid_from, item.valid_to) for item in awa.class_memberships] == [
        ("2B", TODAY, None)
    ]
    assert (awa.search_key, awa.sort_key) == ("fall awa", "fall  awa")


def test_the_same_list_twice_changes_nothing(database: Session, school: Institute) -> None:
    bring(school)
    before = snapshot(database)
    assert counts(bring(school)) == (0, 0, 3)
    assert snapshot(database) == before


def test_what_the_list_says_otherwise_changes_and_the_rest_stays(database: Session, school: Institute) -> None:
    bring(school)
    awa = pupils(database, school)["Fall Awa"]
    awa.called_name = "Awi"
    factories.make_class(database.get_one(Site, database.scalars(select(Site.id)).one()), name="3B")
    pupil_import = bring(
        school,
        "Cognome;Nome;Nato il;Cittadinanza;Lingua;Classe;Tel\n"
        "FALL;AWA;03/05/2014;Italia;Wolof;3B;0342 512345\nHOXHA;ENDRI;04/06/2015;;;;\n",
    )
    assert counts(pupil_import) == (0, 1, 1)
    awa = pupils(database, school)["Fall Awa"]
    assert (awa.called_name, awa.sex, awa.arrival_month) == ("Awi", "F", date(2025, 5, 1))
    assert [item.country for item in awa.citizenships] == ["IT"]
    assert [item.language for item in awa.languages] == ["wo", "fr"]
    assert [contact.phone for contact in awa.contacts] == ["+393331234567", "+390342512345"]
    assert [item.school_class.name for item in awa.class_memberships if item.valid_to is None] == ["3B"]


def test_a_class_changed_later_ends_the_day_before(database: Session, school: Institute) -> None:
    bring(school)
    factories.make_class(database.scalars(select(Site)).one(), name="3B")
    pupil_import = upload(school, "Cognome;Nome;Nato il;Classe\nFall;Awa;03/05/2014;3B\n")
    services.import_changes.apply(pupil_import, now=NOW, today=date(2027, 1, 10))
    awa = pupils(database, school)["Fall Awa"]
    assert [(item.school_class.name, item.valid_from, item.valid_to) for item in awa.class_memberships] == [
        ("2B", TODAY, date(2027, 1, 9)),
        ("3B", date(2027, 1, 10), None),
    ]


def test_one_bad_line_saves_nothing(database: Session, school: Institute) -> None:
    before = snapshot(database)
    pupil_import = upload(school, LIST + "Lin;Yutong;F;31/02/2014;;;;;;\n")
    with pytest.raises(RuleViolation, match="ci sono righe da correggere"):
        services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    assert snapshot(database) == before


def test_an_open_question_saves_nothing(database: Session, school: Institute) -> None:
    before = snapshot(database)
    pupil_import = upload(school, LIST + "Lin;Yutong;F;03/02/2014;;Moldavo;;;;\n")
    with pytest.raises(RuleViolation, match="domande senza risposta"):
        services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    assert snapshot(database) == before


def test_answers_settle_the_questions_and_are_remembered_for_the_next_list(
    database: Session, school: Institute
) -> None:
    text = "Cognome;Nome;Nato il;Lingua;Plesso;Classe\nLin;Yutong;03/02/2014;Moldavo;Primaria di Mezzo;2D\n"
    pupil_import = upload(school, text)
    questions = services.import_plans.plan(pupil_import, today=TODAY).questions
    keys = [question.doubt.key for question in questions]
    assert [key.split(":")[0] for key in keys] == ["language", "class"]
    services.imports.decide(pupil_import, answers=dict(zip(keys, ["ro", CREATE], strict=True)))
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    lin = pupils(database, school)["Lin Yutong"]
    assert [item.language for item in lin.languages] == ["ro"]
    assert [item.school_class.name for item in lin.class_memberships] == ["2D"]
    again = upload(school, text.replace("Lin;Yutong", "Chen;Haoran"))
    assert services.import_plans.plan(again, today=TODAY).may_be_applied
    other_school = upload(factories.make_institute(), text)
    assert len(services.import_plans.plan(other_school, today=TODAY).questions) == 2


def test_answers_can_be_taken_back(school: Institute) -> None:
    pupil_import = upload(school, "Cognome;Nome;Lingua\nLin;Yutong;Moldavo\n")
    services.imports.decide(pupil_import, answers={"language:moldavo": LEAVE_EMPTY})
    assert services.import_plans.plan(pupil_import, today=TODAY).questions == ()
    services.imports.forget_answers(pupil_import, today=TODAY)
    assert len(services.import_plans.plan(pupil_import, today=TODAY).questions) == 1


def test_answers_given_for_an_earlier_list_can_be_taken_back_too(database: Session, school: Institute) -> None:
    text = "Cognome;Nome;Lingua;Plesso;Classe\nLin;Yutong;Moldavo;Primaria di Mezzo;4C\n"
    earlier = upload(school, text)
    asked = services.import_plans.plan(earlier, today=TODAY).questions
    elsewhere = {"language:klingon": LEAVE_EMPTY}
    services.imports.decide(earlier, answers={question.doubt.key: LEAVE_EMPTY for question in asked} | elsewhere)
    later = upload(school, text)
    assert services.import_plans.plan(later, today=TODAY).questions == ()
    services.imports.forget_answers(later, today=TODAY)
    assert services.import_plans.plan(later, today=TODAY).questions == asked
    assert services.import_plans.remembered_answers(school.id) == elsewhere, "what is not in the list stays"


def test_a_plesso_that_is_not_there_can_be_made_with_its_classes(database: Session, school: Institute) -> None:
    pupil_import = upload(school, "Cognome;Nome;Plesso;Classe\nLin;Yutong;Primaria di Sopra;1A\n")
    services.imports.decide(pupil_import, answers={"site:primaria di sopra": CREATE})
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    (membership,) = pupils(database, school)["Lin Yutong"].class_memberships
    assert (membership.school_class.name, membership.school_class.site.name) == ("1A", "Primaria di Sopra")


def test_a_pupil_who_resembles_one_of_the_school_is_a_question(database: Session, school: Institute) -> None:
    known = factories.make_pupil(
        school, last_name="Hossain", first_name="Rafi", birth_date=date(2012, 5, 3), languages=["bn"]
    )
    text = "Cognome;Nome;Nato il;Lingua\nRafi;Hossain;03/05/2012;Inglese\n"
    same = upload(school, text)
    (question,) = services.import_plans.plan(same, today=TODAY).questions
    assert [pupil_id for pupil_id, _reason in question.candidates] == [known.id]
    services.imports.decide(same, answers={question.doubt.key: str(known.id)})
    services.import_changes.apply(same, now=NOW, today=TODAY)
    assert counts(same) == (0, 1, 0)
    assert counts(bring(school, text)) == (0, 0, 1), "and the answer is remembered"
    assert list(pupils(database, school)) == ["Hossain Rafi"]


def test_two_pupils_who_resemble_each_other_may_be_two(database: Session, school: Institute) -> None:
    factories.make_pupil(school, last_name="Hossain", first_name="Rafi", birth_date=date(2012, 5, 3))
    text = "Cognome;Nome;Nato il\nHussain;Rafi;03/05/2012\n"
    pupil_import = upload(school, text)
    (question,) = services.import_plans.plan(pupil_import, today=TODAY).questions
    services.imports.decide(pupil_import, answers={question.doubt.key: CREATE})
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    assert list(pupils(database, school)) == ["Hossain Rafi", "Hussain Rafi"]
    assert counts(bring(school, text)) == (0, 0, 1)


def test_a_pupil_in_the_archive_comes_back_only_if_a_person_says_so(database: Session, school: Institute) -> None:
    known = factories.make_pupil(
        school, last_name="Fall", first_name="Awa", birth_date=date(2014, 5, 3), archived_at=NOW
    )
    pupil_import = upload(school, "Cognome;Nome;Nato il\nFall;Awa;03/05/2014\n")
    (question,) = services.import_plans.plan(pupil_import, today=TODAY).questions
    assert [str(reason) for _id, reason in question.candidates] == ["è in archivio"]
    services.imports.decide(pupil_import, answers={question.doubt.key: str(known.id)})
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    assert pupils(database, school)["Fall Awa"].archived_at is None


def test_two_lines_cannot_be_the_same_pupil(school: Institute) -> None:
    known = factories.make_pupil(school, last_name="Fall", first_name="Awa", birth_date=date(2014, 5, 3))
    pupil_import = upload(school, "Cognome;Nome;Nato il\nFall;Awa Maria;03/05/2014\nFal;Awa;03/05/2014\n")
    questions = services.import_plans.plan(pupil_import, today=TODAY).questions
    assert len(questions) == 2
    services.imports.decide(pupil_import, answers={question.doubt.key: str(known.id) for question in questions})
    (error,) = services.import_plans.plan(pupil_import, today=TODAY).errors
    assert (error.line, str(error.sentence)) == (3, "È già l’alunno della riga 2.")


def test_pupils_of_another_school_are_neither_compared_nor_changed(database: Session, school: Institute) -> None:
    elsewhere = factories.make_pupil(last_name="Fall", first_name="Awa", birth_date=date(2014, 5, 3))
    assert counts(bring(school)) == (3, 0, 0)
    database.refresh(elsewhere)
    assert elsewhere.class_memberships == []


def test_columns_as_chosen_are_remembered_by_their_headings(database: Session, school: Institute) -> None:
    text = "Chi;Quando;Cosa\nFall Awa;03/05/2014;Wolof\nHoxha Endri;04/06/2015;Albanese\n"
    pupil_import = upload(school, text)
    services.imports.set_columns(pupil_import, meanings={0: Field.FULL_NAME, 1: Field.BIRTH_DATE, 2: None}, today=TODAY)
    remembered = {row.heading: row.meaning for row in database.scalars(select(RememberedHeading))}
    assert remembered == {"chi": "full_name", "quando": "birth_date", "cosa": "-"}
    layout = services.import_plans.open_list(upload(school, text), today=TODAY).layout
    assert layout.columns == {Field.FULL_NAME: 0, Field.BIRTH_DATE: 1}


def test_two_columns_headed_alike_do_not_unteach_the_heading(school: Institute) -> None:
    twice = upload(school, "Cognome;Nome;Cognome;Nome;Nato il\nFall;Awa;Diop;Astou;03/05/2014\n")
    chosen = {0: Field.LAST_NAME, 1: Field.FIRST_NAME, 2: None, 3: None, 4: Field.BIRTH_DATE}
    services.imports.set_columns(twice, meanings=chosen, today=TODAY)
    next_list = services.import_plans.open_list(upload(school), today=TODAY)
    assert (next_list.layout.columns[Field.LAST_NAME], next_list.layout.columns[Field.FIRST_NAME]) == (0, 1)


@pytest.mark.parametrize(
    ("meanings", "field", "words"),
    [
        ({0: None, 1: None}, "column_0", "il cognome e il nome"),
        ({0: Field.LAST_NAME, 1: Field.LAST_NAME}, "column_1", "la stessa cosa"),
        ({0: Field.FULL_NAME, 1: Field.FIRST_NAME}, "column_0", "in una colonna o in due"),
    ],
)
def test_columns_that_make_no_sense_are_refused(
    school: Institute, meanings: dict[int, Field | None], field: str, words: str
) -> None:
    with pytest.raises(RuleViolation, match=words) as refusal:
        services.imports.set_columns(upload(school), meanings=meanings, today=TODAY)
    assert refusal.value.field == field


def test_an_unreadable_file_is_refused_on_its_field(school: Institute) -> None:
    with pytest.raises(RuleViolation, match="PDF") as refusal:
        upload(school, "%PDF-1.7")
    assert refusal.value.field == "file"


def test_an_import_given_up_leaves_nothing(database: Session, school: Institute) -> None:
    services.imports.drop(upload(school))
    assert database.scalar(select(func.count()).select_from(PupilImport)) == 0
    applied = bring(school)
    with pytest.raises(RuleViolation, match="già stato importato"):
        services.imports.drop(applied)


def test_the_file_is_not_kept_after_it_was_brought_in(school: Institute) -> None:
    pupil_import = bring(school)
    assert pupil_import.content is None
    with pytest.raises(RuleViolation, match="già stato importato"):
        services.import_changes.apply(pupil_import, now=NOW, today=TODAY)


def test_every_new_pupil_leaves_an_audit_row(database: Session, school: Institute) -> None:
    bring(school)
    rows = database.scalars(select(AuditEvent).where(AuditEvent.subject == "pupil")).all()
    assert [(row.action, row.institute_id) for row in rows] == [("created", school.id)] * 3


def test_an_import_taken_back_leaves_the_school_as_it_was(database: Session, school: Institute) -> None:
    bring(school)
    before = snapshot(database)
    text = (
        "Cognome;Nome;Sesso;Nato il;Cittadinanza;Lingua;Plesso;Classe;Tel\n"
        "Fall;Awa;F;03/05/2014;Italia;Arabo;Primaria di Sopra;1A;0342 512345\n"
        "Lin;Yutong;F;03/02/2013;Cina;Cinese;Primaria di Mezzo;4C;\n"
    )
    pupil_import = upload(school, text)
    answers = {"site:primaria di sopra": CREATE}
    services.imports.decide(pupil_import, answers=answers)
    (question,) = services.import_plans.plan(pupil_import, today=TODAY).questions
    services.imports.decide(pupil_import, answers={question.doubt.key: CREATE})
    services.import_changes.apply(pupil_import, now=NOW, today=date(2027, 1, 10))
    assert counts(pupil_import) == (1, 1, 0)
    services.import_undoing.undo(pupil_import, now=NOW)
    assert without_ids(snapshot(database)) == without_ids(before)
    with pytest.raises(RuleViolation, match="già stata annullata"):
        services.import_undoing.undo(pupil_import, now=NOW)


def test_a_class_put_right_on_the_same_day_is_taken_back_too(database: Session, school: Institute) -> None:
    bring(school)
    factories.make_class(database.scalars(select(Site)).one(), name="3B")
    before = snapshot(database)
    pupil_import = bring(school, "Cognome;Nome;Nato il;Classe\nFall;Awa;03/05/2014;3B\n")
    (membership,) = pupils(database, school)["Fall Awa"].class_memberships
    assert membership.school_class.name == "3B"
    services.import_undoing.undo(pupil_import, now=NOW)
    assert snapshot(database) == before


def without_ids(rows: dict[str, Any]) -> dict[str, Any]:
    """A membership or contact made again may have another number; all else is the same."""
    return {name: sorted((row[1:] for row in found), key=repr) for name, found in rows.items()}


def use_nothing(_pupil: Pupil) -> None:
    """Nobody touches anything."""


def change_a_card(pupil: Pupil) -> None:
    pupil.years_abroad = 3


def enrol(pupil: Pupil) -> None:
    factories.make_enrolment(factories.make_workshop(), pupil)


def refer(pupil: Pupil) -> None:
    factories.make_referral(pupil)


def assess(pupil: Pupil) -> None:
    factories.make_assessment(pupil)


@pytest.mark.parametrize(
    ("use", "possible"),
    [(use_nothing, True), (change_a_card, False), (enrol, False), (refer, False), (assess, False)],
)
def test_an_import_can_be_taken_back_until_someone_has_used_it(
    database: Session, school: Institute, use: Callable[[Pupil], None], possible: bool
) -> None:
    pupil_import = bring(school)
    use(pupils(database, school)["Fall Awa"])
    database.flush()
    assert services.import_undoing.may_be_undone(pupil_import) is possible
    if not possible:
        with pytest.raises(RuleViolation, match="qualcuno ha già usato"):
            services.import_undoing.undo(pupil_import, now=NOW)


@pytest.mark.parametrize("use", [enrol, refer])
def test_a_list_that_only_changed_a_pupil_cannot_be_taken_back_once_the_pupil_is_used(
    database: Session, school: Institute, use: Callable[[Pupil], None]
) -> None:
    known = factories.make_pupil(school, last_name="Fall", first_name="Awa", birth_date=date(2014, 5, 3))
    use(known)
    pupil_import = bring(school)
    assert pupil_import.changed_count == 1
    assert services.import_undoing.may_be_undone(pupil_import), "what was before the list is in nobody's way"
    use(known)
    assert not services.import_undoing.may_be_undone(pupil_import)


def test_a_pupil_fetched_from_the_archive_goes_back_to_it(database: Session, school: Institute) -> None:
    known = factories.make_pupil(
        school, last_name="Fall", first_name="Awa", birth_date=date(2014, 5, 3), archived_at=NOW
    )
    pupil_import = upload(school, "Cognome;Nome;Nato il\nFall;Awa;03/05/2014\n")
    (question,) = services.import_plans.plan(pupil_import, today=TODAY).questions
    services.imports.decide(pupil_import, answers={question.doubt.key: str(known.id)})
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    services.import_undoing.undo(pupil_import, now=NOW)
    assert pupils(database, school)["Fall Awa"].archived_at == NOW


def test_a_plesso_made_by_an_import_and_used_since_stays(database: Session, school: Institute) -> None:
    pupil_import = upload(school, "Cognome;Nome;Plesso\nLin;Yutong;Primaria di Sopra\n")
    services.imports.decide(pupil_import, answers={"site:primaria di sopra": CREATE})
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    made = database.scalars(select(Site).where(Site.name == "Primaria di Sopra")).one()
    factories.make_workshop(site=made)
    services.import_undoing.undo(pupil_import, now=NOW)
    assert database.get(Site, made.id) is not None


def test_a_closed_plesso_and_a_class_of_another_year_are_not_those_of_the_list(
    database: Session, school: Institute
) -> None:
    last_year = factories.make_school_year(label="2025/26", first_day=date(2025, 9, 1), last_day=date(2026, 8, 31))
    site = database.scalars(select(Site)).one()
    factories.make_class(site, name="4C", school_year_id=last_year.id)
    factories.make_site(school, name="Primaria Chiusa", valid_to=date(2026, 8, 31))
    factories.make_site(school, name="Primaria che chiude", valid_to=date(2027, 8, 31))
    lines = ("Lin;Yutong;Primaria di Mezzo;4C", "Hu;Jia;Primaria Chiusa;", "Wu;An;Primaria che chiude;")
    text = "\n".join(("Cognome;Nome;Plesso;Classe", *lines))
    asked = services.import_plans.plan(upload(school, text), today=TODAY).questions
    assert [str(question.doubt.sentence) for question in asked] == [
        "La classe 4C non c’è: Primaria di Mezzo.",
        "Il plesso «Primaria Chiusa» non c’è in questa scuola.",
    ]


def test_a_list_that_nobody_has_touched_for_a_week_goes_with_the_next_one(database: Session, school: Institute) -> None:
    colleague = factories.make_user().id
    for days, name in ((8, "vecchio.csv"), (6, "di un collega.csv")):
        factories.make_pupil_import(
            school, uploaded_by_id=colleague, uploaded_at=NOW - timedelta(days=days), filename=name
        )
    upload(school)
    kept = database.scalars(select(PupilImport.filename).order_by(PupilImport.id)).all()
    assert kept == ["di un collega.csv", "elenco.csv"]


def test_a_class_made_by_an_import_and_used_since_stays(database: Session, school: Institute) -> None:
    pupil_import = upload(school, "Cognome;Nome;Plesso;Classe\nLin;Yutong;Primaria di Mezzo;4C\n")
    (question,) = services.import_plans.plan(pupil_import, today=TODAY).questions
    services.imports.decide(pupil_import, answers={question.doubt.key: CREATE})
    services.import_changes.apply(pupil_import, now=NOW, today=TODAY)
    made = database.scalars(select(SchoolClass).where(SchoolClass.name == "4C")).one()
    factories.make_pupil(school, school_class=made)
    services.import_undoing.undo(pupil_import, now=NOW)
    assert database.get(SchoolClass, made.id) is not None
    assert database.scalar(select(func.count()).select_from(ClassMembership)) == 1


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(
    school: Institute, statements: Callable[[], Any]
) -> None:
    def needed(lines: int) -> int:
        text = "Cognome;Nome;Nato il\n" + "".join(f"Cogn{chr(97 + n)};Nome;03/05/20{10 + n}\n" for n in range(lines))
        pupil_import = upload(school, text)
        with statements() as seen:
            plan = services.import_plans.plan(pupil_import, today=TODAY)
        assert len(plan.with_outcome(Outcome.NEW)) == lines
        return len(seen)

    assert needed(2) == needed(8)


BORN = "Cognome;Nome;Nato il;Luogo di nascita\n"


def test_the_place_of_birth_comes_from_the_list_and_capitals_alone_change_nothing(
    database: Session, school: Institute
) -> None:
    bring(school, BORN + "Fall;Awa;03/05/2014;DAKAR\n")
    pupil = database.scalars(select(Pupil)).one()
    assert pupil.birth_place == "Dakar"
    assert counts(bring(school, BORN + "Fall;Awa;03/05/2014;dakar\n")) == (0, 0, 1)
    again = bring(school, BORN + "Fall;Awa;03/05/2014;Thiès\n")
    assert counts(again) == (0, 1, 0)
    services.import_undoing.undo(again, now=NOW)
    database.refresh(pupil)
    assert pupil.birth_place == "Dakar"


def test_where_no_mediator_is_needed_none_has_a_language(database: Session, school: Institute) -> None:
    bring(school, "Cognome;Nome;Serve mediatore;Lingua del mediatore\nFall;Awa;no;Wolof\nDiop;Omar;sì;Wolof\n")
    found = {name: pupil.mediator_language for name, pupil in pupils(database, school).items()}
    assert found == {"Fall Awa": None, "Diop Omar": "wo"}


def test_a_list_is_saved_once(school: Institute) -> None:
    pupil_import = bring(school)
    with pytest.raises(RuleViolation, match=r"^Questo elenco è già stato importato\.$"):
        services.import_changes.apply(pupil_import, now=NOW, today=TODAY)


def test_a_contact_may_be_a_name_alone(database: Session, school: Institute) -> None:
    bring(school, "Cognome;Nome;Genitore;Telefono\nFall;Awa;Fatou Diop;\n")
    (contact,) = pupils(database, school)["Fall Awa"].contacts
    assert (contact.name, contact.phone) == ("Fatou Diop", None)
