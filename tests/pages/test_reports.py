"""The pages of term reports as each role meets them."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import clock
from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.extensions import db
from schoolapp.models import ClassMembership, Institute, Pupil, SchoolClass, User, Workshop
from tests import factories
from tests.support.page import Browser


@pytest.fixture(autouse=True)
def _january(database: Session) -> Any:
    with time_machine.travel("2027-01-25T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def facilitator(database: Session) -> User:
    return factories.make_user(Role.FACILITATOR, name="Chiara Fontana")


@pytest.fixture
def school(facilitator: User) -> Institute:
    institute = facilitator.memberships[0].institute
    assert institute is not None
    return institute


@pytest.fixture
def workshop(school: Institute, facilitator: User) -> Workshop:
    return factories.make_workshop(school, facilitator, title="Italiano per comunicare A1")


@pytest.fixture
def pupil(school: Institute, facilitator: User, workshop: Workshop) -> Pupil:
    """Two lessons, one signed; up by a level."""
    school_class = factories.make_class(factories.make_site(school), name="1B")
    pupil = factories.make_pupil(school, school_class=school_class, last_name="Tesfay", first_name="Selam")
    factories.make_enrolment(workshop, pupil)
    for day, signer in ((date(2026, 11, 16), facilitator), (date(2026, 11, 18), None)):
        factories.make_mark(
            factories.make_lesson(workshop, day=day, **({"signed_by": signer} if signer else {})), pupil
        )
    for moment, day, level in (
        (Moment.ENTRY, date(2026, 10, 1), Level.PRE_A1),
        (Moment.INTERMEDIATE, date(2027, 1, 20), Level.A1),
    ):
        factories.make_assessment(
            pupil,
            moment=moment,
            day=day,
            levels=dict.fromkeys(Skill, level),
            overall_level=level,
            state=AssessmentState.SHARED,
        )
    return pupil


def class_of(pupil: Pupil) -> SchoolClass:
    membership = select(ClassMembership.class_id).where(ClassMembership.pupil_id == pupil.id)
    return db.session.scalars(select(SchoolClass).where(SchoolClass.id.in_(membership))).one()


def test_the_coordinator_comes_to_the_schools_page(browser: Browser, school: Institute, pupil: Pupil) -> None:
    coordinator = factories.make_user(Role.COORDINATOR, school)
    page = browser.sign_in(coordinator).get("/reports")
    assert page.h1 == "Relazione di fine quadrimestre"
    (row, total) = page.rows("Ore, alunni e livelli")
    assert "1 di 2" in row[3]
    assert total[0] == "Totale"
    assert page.rows("1 alunno valutato due volte.")[1] == ["A1", "0", "1"]
    for words in (
        "1 lezione svolta e non ancora firmata",
        "I colloqui non sono ancora registrati qui.",
        "non indicati",
    ):
        assert words in page.text


def test_an_empty_school_says_what_will_be_here(browser: Browser) -> None:
    factories.make_school_year()
    school = factories.make_institute()
    page = browser.sign_in(factories.make_user(Role.HEAD, school)).get("/reports")
    assert "In questo periodo non ci sono lezioni" in page.text


def test_without_a_school_year_there_is_nothing_to_report(browser: Browser, database: Session) -> None:
    page = browser.sign_in(factories.make_user(Role.HEAD)).get("/reports")
    assert "Qui ci saranno le relazioni" in page.text


def test_a_head_of_two_schools_chooses_one(browser: Browser, school: Institute, pupil: Pupil) -> None:
    head = factories.make_user(Role.HEAD, school)
    other = factories.make_institute(name="IC Valle Alta")
    factories.make_membership(head, Role.HEAD, other)
    page = browser.sign_in(head).get("/reports")
    assert page.links()["IC Valle Alta"].startswith(f"/reports/schools/{other.id}?")
    page = browser.get(page.links()["IC Valle Alta"])
    assert "IC Valle Alta" in page.text
    assert "In questo periodo non ci sono lezioni" in page.text


def test_what_is_missing_stands_by_facilitator(browser: Browser, school: Institute, pupil: Pupil) -> None:
    page = browser.sign_in(factories.make_user(Role.COORDINATOR, school)).get("/reports").follow("Che cosa manca")
    for words in ("Chiara Fontana", "1 lezione svolta e non ancora firmata", "mancano 6 giorni", "Scrivi quanti sono"):
        assert words in page.text


def test_the_facilitator_writes_signs_and_the_head_countersigns(
    browser: Browser, school: Institute, facilitator: User, workshop: Workshop, pupil: Pupil
) -> None:
    page = browser.sign_in(facilitator).get("/reports")
    assert "Da scrivere" in page.text
    page = browser.get(f"/reports/workshops/{workshop.id}/words")
    refused = page.form("Firma la relazione").fill("Argomenti svolti", "La famiglia").press("Firma la relazione").send()
    assert refused.status == 422
    assert refused.title.startswith("Errore:")
    assert "Scrivi qualche riga prima di firmare." in refused.text
    assert "La famiglia" in refused.text, "what was typed stays"
    signed = refused.form("Firma la relazione").fill("Come è andata", "Bene").press("Firma la relazione").send()
    assert "Relazione firmata." in signed.text
    head = factories.make_user(Role.HEAD, school)
    waiting = browser.sign_in(head).get("/reports")
    done = waiting.form("Metti il visto").press("Metti il visto").send()
    assert "Visto messo su 1 relazione." in done.text
    assert "Firmata e vistata" in done.text


def test_a_class_is_said_alike_on_the_page_and_on_paper(browser: Browser, school: Institute, pupil: Pupil) -> None:
    class_of(pupil).pupils_enrolled = 20
    factories.make_pupil(school, school_class=class_of(pupil), first_enrolment=None, entry_level=None)
    browser.sign_in(factories.make_user(Role.COORDINATOR, school))
    row = browser.get(f"/reports/schools/{school.id}").rows("Alunni con almeno una lezione")[0]
    assert row[-2:] == ["20", "1 (5 %), 1 da chiarire"]
    paper = PdfReader(BytesIO(browser.request("GET", f"/reports/schools/{school.id}/report.pdf").data))
    assert "20 1 (5 %), 1 da chiarire" in " ".join(paper.pages[0].extract_text().split())


def test_each_table_is_a_csv_and_there_are_no_others(browser: Browser, school: Institute, pupil: Pupil) -> None:
    page = browser.sign_in(factories.make_user(Role.COORDINATOR, school)).get(f"/reports/schools/{school.id}")
    answer = browser.request("GET", page.links()["Classi"])
    assert answer.get_data(as_text=True).splitlines()[1].startswith("1B;")
    assert "classes" in answer.headers["Content-Disposition"]
    for table in ("months", "", "../x"):
        assert browser.request("GET", f"/reports/schools/{school.id}/report.csv?table={table}").status_code == 404


def test_a_batch_without_a_choice_is_refused_with_a_sentence(
    browser: Browser, school: Institute, workshop: Workshop, pupil: Pupil, facilitator: User
) -> None:
    now = clock.now()
    factories.make_workshop_report(workshop, topics="A", signed_at=now, signed_by_id=facilitator.id, version=1)
    page = browser.sign_in(factories.make_user(Role.HEAD, school)).get("/reports")
    refused = page.form("Metti il visto").untick("Italiano per comunicare A1").press("Metti il visto").send()
    assert refused.status == 422
    assert "Scegli almeno una relazione." in refused.text


def test_a_foreign_report_in_a_batch_is_a_missing_page_and_nothing_is_countersigned(
    browser: Browser, school: Institute, workshop: Workshop, pupil: Pupil, facilitator: User
) -> None:
    now = clock.now()
    own = factories.make_workshop_report(workshop, topics="A", signed_at=now, signed_by_id=facilitator.id, version=1)
    foreign = factories.make_workshop_report(topics="B", signed_at=now, signed_by_id=facilitator.id, version=1)
    form = browser.sign_in(factories.make_user(Role.HEAD, school)).get("/reports").form("Metti il visto")
    form.values["workshop_id"] = [str(workshop.id), str(foreign.workshop_id)]
    assert form.press("Metti il visto").send().status == 404
    assert (own.countersigned_at, foreign.countersigned_at) == (None, None)


def test_a_signed_report_is_corrected_with_a_reason(
    browser: Browser, facilitator: User, workshop: Workshop, pupil: Pupil
) -> None:
    now = clock.now()
    factories.make_workshop_report(
        workshop, topics="La famiglia", progress="Bene", signed_at=now, signed_by_id=facilitator.id, version=1
    )
    page = browser.sign_in(facilitator).get(f"/reports/workshops/{workshop.id}/words")
    form = page.form("Salva la correzione").fill("Argomenti svolti", "La casa")
    refused = form.press("Salva la correzione").send()
    assert refused.status == 422
    done = (
        refused.form("Salva la correzione").fill("Perché correggi", "Era la casa").press("Salva la correzione").send()
    )
    assert "La casa" in done.text


def test_the_facilitator_writes_about_each_pupil_in_turn(
    browser: Browser, facilitator: User, workshop: Workshop, pupil: Pupil
) -> None:
    following = factories.make_pupil(workshop.institute, last_name="Zhang", first_name="Xinyi")
    factories.make_enrolment(workshop, following)
    page = browser.sign_in(facilitator).get(f"/reports/workshops/{workshop.id}/pupils/{pupil.id}")
    refused = (
        page.form("Salva e passa a Zhang Xinyi")
        .fill("Che cosa scrivi", "Aspetta la diagnosi.")
        .press("Salva e passa a Zhang Xinyi")
        .send()
    )
    assert refused.status == 422
    assert "Togli «diagnosi»" in refused.text
    after = (
        refused.form("Salva e passa a Zhang Xinyi")
        .fill("Che cosa scrivi", "Ascolta molto.")
        .press("Salva e passa a Zhang Xinyi")
        .send()
    )
    assert after.h1 == "Zhang Xinyi"
    sheet = browser.get(f"/reports/pupils/{pupil.id}")
    assert "Ascolta molto." in sheet.text
    assert "da Pre-A1 a A1" in sheet.text


def test_the_words_of_a_pupil_of_another_workshop_are_not_there_to_write(
    browser: Browser, facilitator: User, workshop: Workshop, school: Institute
) -> None:
    stranger = factories.make_pupil(school)
    browser.sign_in(facilitator)
    assert browser.request("GET", f"/reports/workshops/{workshop.id}/pupils/{stranger.id}").status_code == 404


def test_the_teacher_reads_and_prints_the_sheets_of_the_own_class(
    browser: Browser, school: Institute, pupil: Pupil
) -> None:
    teacher = factories.make_user(Role.TEACHER, school)
    school_class = class_of(pupil)
    factories.make_class_teacher(teacher, school_class)
    page = browser.sign_in(teacher).get("/reports")
    (link,) = [words for words in page.links() if words.startswith("1B")]
    listed = page.follow(link)
    assert listed.rows("Alunni nei laboratori")[0][0] == "Tesfay Selam"
    sheet = listed.follow("Tesfay Selam")
    assert sheet.rows("Cerchio: ingresso")[0][-1] == "da Pre-A1 a A1"
    assert browser.request("GET", f"/reports/classes/{school_class.id}/sheets.pdf").data.startswith(b"%PDF")


KINDS = {"pdf": b"%PDF", "xlsx": b"PK", "csv": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("extension", KINDS)
def test_reports_come_as_files_whose_names_name_nobody(
    browser: Browser, school: Institute, workshop: Workshop, pupil: Pupil, extension: str
) -> None:
    browser.sign_in(factories.make_user(Role.HEAD, school))
    class_id = class_of(pupil).id
    for address in (
        f"schools/{school.id}/report",
        f"workshops/{workshop.id}/report",
        f"classes/{class_id}/sheets",
        f"pupils/{pupil.id}/sheet",
    ):
        answer = browser.request("GET", f"/reports/{address}.{extension}")
        assert answer.status_code == 200, address
        assert answer.data.startswith(KINDS[extension])
        disposition = answer.headers["Content-Disposition"]
        assert "20260901-20270131" in disposition
        assert "Tesfay" not in disposition


def test_the_whole_school_with_its_sheets_is_one_file(
    browser: Browser, school: Institute, workshop: Workshop, pupil: Pupil
) -> None:
    browser.sign_in(factories.make_user(Role.HEAD, school))
    alone = browser.request("GET", f"/reports/schools/{school.id}/report.pdf").data
    whole = browser.request("GET", f"/reports/schools/{school.id}/report.pdf?sheets=1").data
    assert len(whole) > len(alone)


def test_a_class_without_pupils_in_workshops_prints_a_sentence(browser: Browser, school: Institute) -> None:
    factories.make_school_year()
    empty = factories.make_class(factories.make_site(school), name="3C")
    browser.sign_in(factories.make_user(Role.HEAD, school))
    answer = browser.request("GET", f"/reports/classes/{empty.id}/sheets.pdf")
    assert answer.status_code == 400
    assert "Nessun alunno della classe" in answer.get_data(as_text=True)
    assert "Nessun alunno della classe" in browser.get(f"/reports/classes/{empty.id}").text


def test_a_term_that_is_not_there_is_not_found(browser: Browser, school: Institute, pupil: Pupil) -> None:
    browser.sign_in(factories.make_user(Role.HEAD, school))
    assert browser.request("GET", f"/reports/schools/{school.id}?term=999999").status_code == 404


def test_the_terms_of_the_year_are_links(browser: Browser, school: Institute, pupil: Pupil) -> None:
    with time_machine.travel("2027-05-03T09:00:00+02:00", tick=False):
        page = browser.sign_in(factories.make_user(Role.HEAD, school)).get("/reports")
        assert "In questo periodo non ci sono lezioni" in page.text
        first = page.follow("Primo quadrimestre 2026/27")
        assert "Italiano per comunicare A1" in first.text
