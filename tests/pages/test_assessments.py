"""Levels on the pages: the group, the sheet, what is shared, the profile over time."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from schoolapp.domain.assessment import AssessmentState, Moment
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.roles import Role
from schoolapp.models import Assessment, Institute, Pupil, User, Workshop
from tests import factories
from tests.support.page import Browser, Form
from tests.support.standing import again

SKILLS = list(Skill)
MONDAY = "2026-11-23T09:00:00Z"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


class School:
    """A workshop of three pupils in one class, with its people."""

    def __init__(self) -> None:
        self.institute: Institute = factories.make_institute()
        site = factories.make_site(self.institute)
        self.school_class = factories.make_class(site, name="3C")
        self.irene: User = factories.make_user(Role.FACILITATOR, self.institute, name="Irene Valsecca")
        self.lucia: User = factories.make_user(Role.COORDINATOR, self.institute)
        self.teacher: User = factories.make_user(Role.TEACHER, self.institute)
        factories.make_class_teacher(self.teacher, self.school_class)
        self.workshop: Workshop = factories.make_workshop(site=site, facilitator=self.irene)
        self.awa = self.pupil("Awa", "Fall")
        self.hoang = self.pupil("Hoang", "Ly")
        self.salma = self.pupil("Salma", "Zahi")

    def pupil(self, first_name: str, last_name: str) -> Pupil:
        pupil = factories.make_pupil(
            self.institute,
            school_class=self.school_class,
            first_name=first_name,
            last_name=last_name,
        )
        factories.make_enrolment(self.workshop, pupil)
        return pupil


@pytest.fixture(scope="module")
def standing_school(stands: Callable[..., School]) -> School:
    return stands(School, at=MONDAY)


@pytest.fixture
def school(standing_school: School, database: Session) -> School:
    return again(standing_school)


def chosen(form: Form, levels: str) -> Form:
    """Levels in the order of the skills, "-" for not assessed."""
    for skill, word in zip(SKILLS, levels.split(), strict=False):
        form.values[f"level-{skill}"] = ["" if word == "-" else word]
    return form


def test_a_facilitator_goes_through_the_group_one_pupil_after_the_other(browser: Browser, school: School) -> None:
    browser.sign_in(school.irene)
    page = browser.get(f"/workshops/{school.workshop.id}").follow("Livelli").follow("Italiano per comunicare")
    assert "Mancano le valutazioni di 3 alunni." in page.text
    sheet = page.follow("Valuta Awa Fall")
    assert "Livello proposto: servono almeno tre abilità" in sheet.text
    following = chosen(sheet.form("Completa e passa a Hoang Ly"), "a2 a1 a1 a1 pre_a1").send()
    assert "Valutazione di Awa Fall completata." in following.text
    assert following.h1 == "Hoang Ly"
    draft = chosen(following.form("Salva bozza"), "a1").send()
    assert "Bozza di Hoang Ly salvata." in draft.text
    assert draft.form("Completa").values["level-listening"] == ["a1"]
    last = browser.get(f"/pupils/{school.salma.id}/levels/record?workshop={school.workshop.id}")
    done = chosen(last.form("Completa e passa a Hoang Ly"), "b1 b1 b1 - -").send()
    assert done.h1 == "Hoang Ly"
    end = chosen(done.form("Completa la valutazione"), "a1 a1 a1").send()
    assert "Le valutazioni ci sono tutte." in end.text
    assert [(row[0], row[2], row[3]) for row in end.rows("Valutazione: ingresso")] == [
        ("Awa Fall", "Completata", "A1"),
        ("Hoang Ly", "Completata 2 abilità senza livello", "A1"),
        ("Salma Zahi", "Completata 2 abilità senza livello", "B1"),
    ]


def test_what_was_typed_stays_when_a_rule_says_no(browser: Browser, school: School, database: Session) -> None:
    browser.sign_in(school.irene)
    sheet = browser.get(f"/pupils/{school.awa.id}/levels/record?workshop={school.workshop.id}")
    form = chosen(sheet.form("Completa"), "a2 a2").fill("Nota", "Ha una diagnosi").choose("Legge l’alfabeto latino")
    form.values["seen"] = ["listening.a2.1"]
    refused = form.send()
    assert refused.status == 422
    assert refused.errors() == [
        "Togli «diagnosi»: qui si scrive solo dell’italiano a scuola, non di salute, famiglia o documenti."
    ]
    again = refused.form("Completa")
    assert again.values["level-reading"] == ["a2"]
    assert again.values["seen"] == ["listening.a2.1"]
    assert again.values["literacy"] == ["latin"]
    few = again.fill("Nota", "").send()
    assert few.errors() == ["Scegli il livello di almeno 3 abilità oltre alla lingua dello studio."]
    assert database.query(Assessment).count() == 0


def test_another_overall_level_wants_its_reason(browser: Browser, school: School, database: Session) -> None:
    browser.sign_in(school.irene)
    sheet = browser.get(f"/pupils/{school.awa.id}/levels/record?workshop={school.workshop.id}")
    form = chosen(sheet.form("Completa"), "a1 a1 a1")
    form.values["overall"] = ["a2"]
    refused = form.send()
    assert refused.errors() == ["Il livello proposto è A1. Scrivi perché scegli A2."]
    refused.form("Completa").fill("Perché un livello diverso", "legge da sé").send()
    kept = database.query(Assessment).one()
    assert (kept.overall_level, kept.overall_why) == (Level.A2, "legge da sé")


def test_two_people_who_assess_the_same_pupil_lose_nothing(browser: Browser, school: School, database: Session) -> None:
    browser.sign_in(school.lucia)
    address = f"/pupils/{school.awa.id}/levels/record?workshop={school.workshop.id}"
    mine = browser.get(address)
    browser.sign_in(school.irene)
    chosen(browser.get(address).form("Salva bozza"), "a1 a1 a1").send()
    browser.sign_in(school.lucia)
    form = chosen(mine.form("Completa"), "b1 b1 b1")
    form.values["csrf_token"] = browser.get(address).form("Completa").values["csrf_token"]
    told = form.send()
    assert told.status == 409
    assert "Irene Valsecca ha salvato intanto questa valutazione." in told.text
    assert "Irene Valsecca: A1" in told.text
    again = told.form("Completa")
    assert again.values["level-listening"] == ["b1"]
    again.send()
    database.expire_all()
    assert database.query(Assessment).one().overall_level is Level.B1


def test_the_level_of_the_time_before_stands_beside_each_skill(browser: Browser, school: School) -> None:
    factories.make_assessment(school.awa, levels={Skill.READING: Level.A1, Skill.LISTENING: Level.A2})
    browser.sign_in(school.irene)
    page = browser.get(f"/pupils/{school.awa.id}/levels/record?workshop={school.workshop.id}&moment=intermediate")
    legends = [node.text for node in page.main.all("legend")]
    assert "Ascolto prima: A2" in legends
    assert "Scrittura prima: non valutata" in legends


def test_the_time_before_an_old_sheet_is_not_what_came_after_it(browser: Browser, school: School) -> None:
    factories.make_assessment(school.awa, workshop_id=school.workshop.id)
    factories.make_assessment(school.awa, moment=Moment.INTERMEDIATE, day=date(2026, 11, 20))
    browser.sign_in(school.irene)
    page = browser.get(f"/pupils/{school.awa.id}/levels/record?workshop={school.workshop.id}&moment=entry")
    assert "prima:" not in page.text


def test_assessments_are_shared_together_and_then_are_text(browser: Browser, school: School, database: Session) -> None:
    for pupil in (school.awa, school.salma):
        factories.make_assessment(pupil, workshop_id=school.workshop.id)
    factories.make_assessment(school.hoang, state=AssessmentState.DRAFT, workshop_id=school.workshop.id)
    browser.sign_in(school.irene)
    page = browser.get(f"/workshops/{school.workshop.id}/levels")
    shared = page.form("Condividi le valutazioni scelte").send()
    assert "2 valutazioni condivise." in shared.text
    sheet = shared.follow("Awa Fall")
    assert not sheet.main.all("input")
    corrected = sheet.follow("Correggi")
    refused = chosen(corrected.form("Salva la correzione"), "a2 a2 a2 a2").send()
    assert refused.errors() == ["La valutazione è già condivisa: scrivi perché la correggi. Lo legge la scuola."]
    done = refused.form("Salva la correzione").fill("Perché la correggi", "errore mio").send()
    assert (done.h1, "Correzione di Awa Fall salvata." in done.text) == ("Awa Fall", True)
    database.expire_all()
    kept = database.query(Assessment).filter_by(pupil_id=school.awa.id).one()
    assert (kept.state, kept.overall_level) == (AssessmentState.SHARED, Level.A2)


def test_sharing_nothing_is_refused_and_foreign_ids_are_ignored(browser: Browser, school: School) -> None:
    factories.make_assessment(school.awa, workshop_id=school.workshop.id)
    foreign = factories.make_assessment()
    browser.sign_in(school.irene)
    form = browser.get(f"/workshops/{school.workshop.id}/levels").form("Condividi le valutazioni scelte")
    form.values["assessment_id"] = [str(foreign.id), "x"]
    refused = form.send()
    assert refused.status == 422
    assert "Scegli almeno una valutazione." in refused.text
    assert foreign.state is AssessmentState.COMPLETE


def test_a_teacher_reads_what_was_shared_of_the_own_classes_and_nothing_else(browser: Browser, school: School) -> None:
    factories.make_assessment(school.awa, state=AssessmentState.SHARED, note="Parla volentieri in coppia.")
    factories.make_assessment(school.hoang)
    factories.make_assessment(factories.make_pupil(school.institute), state=AssessmentState.SHARED)
    browser.sign_in(school.teacher)
    index = browser.get("/levels")
    assert [row[0] for row in index.rows("Valutazioni condivise")] == ["Fall Awa"]
    page = index.follow("Fall Awa")
    assert "Parla volentieri in coppia." in page.text
    assert "Apri la valutazione" not in page.text
    hidden = browser.get(f"/pupils/{school.hoang.id}/levels")
    assert "Non c’è ancora una valutazione completata." in hidden.text
    card = browser.get(f"/pupils/{school.hoang.id}")
    assert "Non c’è ancora una valutazione completata." in card.text
    lines = list(csv.reader(StringIO(browser.request("GET", "/levels.csv").get_data(as_text=True)[1:]), delimiter=";"))
    assert [line[0] for line in lines[1:]] == ["Fall Awa"]


def test_a_coordinator_assesses_a_new_pupil_from_the_card(browser: Browser, school: School) -> None:
    pupil = factories.make_pupil(school.institute, first_name="Omar", last_name="Diallo")
    browser.sign_in(school.lucia)
    sheet = browser.get(f"/pupils/{pupil.id}").follow("Fai la valutazione d’ingresso")
    page = chosen(sheet.form("Completa la valutazione"), "pre_a1 pre_a1 pre_a1 pre_a1 pre_a1").send()
    assert page.h1 == "Livelli di Omar Diallo"
    assert "Italiano per comunicare, gruppo verso A1" in page.text
    assert "7 posti liberi su 10" in page.text
    assert "Fai la valutazione d’ingresso" not in browser.get(f"/pupils/{pupil.id}").text


def test_the_card_shows_levels_over_time_in_words_in_a_drawing_and_in_a_table(browser: Browser, school: School) -> None:
    factories.make_assessment(school.awa, levels=dict.fromkeys(SKILLS[:5], Level.PRE_A1))
    factories.make_assessment(
        school.awa, moment=Moment.INTERMEDIATE, day=date(2026, 11, 20), levels=dict.fromkeys(SKILLS, Level.A1)
    )
    browser.sign_in(school.lucia)
    page = browser.get(f"/pupils/{school.awa.id}")
    assert "In un mese almeno un livello in più in tutte le abilità." in page.text
    assert page.rows("Gli stessi dati in tabella")[0] == ["Ascolto", "Pre-A1", "A1"]
    assert page.rows("Gli stessi dati in tabella")[5] == ["Lingua dello studio", "non valutata", "A1"]
    words = next(node.text for node in page.main.all("desc"))
    assert "Ascolto: ingresso Pre-A1, intermedia A1." in words
    assert "Lingua dello studio: ingresso non valutata, intermedia A1." in words
    assert "NAI per la legge: sì" in page.text
    levels = page.follow("Apri le valutazioni")
    assert "Almeno un livello in più nell’anno 2026/27, per chi finanzia: sì, da Pre-A1 a A1." in levels.text
    browser.sign_in(school.irene)
    group = browser.get(f"/workshops/{school.workshop.id}/levels")
    assert "1 alunno ha almeno un livello in più dall’ingresso. 0 no. Di 2 manca" in group.text


def test_the_law_looks_at_the_latest_profile_and_not_at_the_list(browser: Browser, school: School) -> None:
    values = {"first_enrolment": date(2024, 10, 1), "entry_level": Level.PRE_A1}
    pupil = factories.make_pupil(school.institute, school_class=school.school_class, **values)
    browser.sign_in(school.lucia)
    assert "NAI per la legge: sì" in browser.get(f"/pupils/{pupil.id}").text
    factories.make_assessment(pupil, levels=dict.fromkeys(SKILLS, Level.A2))
    assert "NAI per la legge: no" in browser.get(f"/pupils/{pupil.id}").text
    factories.make_assessment(
        pupil,
        moment=Moment.INTERMEDIATE,
        day=date(2026, 11, 10),
        levels=dict.fromkeys(SKILLS, Level.A2) | {Skill.STUDY: Level.A1},
    )
    assert "NAI per la legge: no" in browser.get(f"/pupils/{pupil.id}").text  # the language of study is no such skill


def test_an_old_moment_or_workshop_in_the_address_is_not_found(browser: Browser, school: School) -> None:
    other = factories.make_workshop(school.institute, facilitator=school.irene)
    browser.sign_in(school.irene)
    for query in (f"workshop={other.id}", "workshop=x", "workshop=999999", "moment=autumn"):
        assert browser.request("GET", f"/pupils/{school.awa.id}/levels/record?{query}").status_code == 404


def test_enter_in_a_completed_sheet_saves_it_and_calls_it_no_draft(browser: Browser, school: School) -> None:
    factories.make_assessment(school.awa, workshop_id=school.workshop.id)
    browser.sign_in(school.irene)
    sheet = browser.get(f"/pupils/{school.awa.id}/levels/record?workshop={school.workshop.id}")
    saved = sheet.form("Salva bozza").send()  # the first button, hidden: what Enter presses
    assert "Valutazione di Awa Fall salvata." in saved.text
    assert "Completata" in saved.text


def test_who_saved_last_is_named_to_who_comes_too_late(browser: Browser, school: School) -> None:
    factories.make_assessment(school.awa, state=AssessmentState.DRAFT, assessor_id=school.irene.id)
    address = f"/pupils/{school.awa.id}/levels/record?moment=entry"
    browser.sign_in(school.irene)
    mine = chosen(browser.get(address).form("Salva bozza"), "b1 b1 b1")
    browser.sign_in(school.lucia)
    browser.get(address).form("Salva bozza").fill("Nota", "Legge volentieri.").send()
    browser.sign_in(school.irene)
    mine.values["csrf_token"] = browser.get(address).form("Salva bozza").values["csrf_token"]
    told = mine.send()
    assert told.status == 409
    assert f"{school.lucia.name} ha salvato intanto questa valutazione." in told.text
    assert "La sua nota: Legge volentieri." in told.text


def test_what_is_shared_already_is_said_so_and_a_draft_is_refused_on_its_page(
    browser: Browser, school: School, database: Session
) -> None:
    done = factories.make_assessment(school.awa, workshop_id=school.workshop.id)
    browser.sign_in(school.irene)
    form = browser.get(f"/workshops/{school.workshop.id}/levels").form("Condividi le valutazioni scelte")
    form.send()
    assert "Le valutazioni scelte erano già condivise." in form.send().text
    form.values.pop("assessment_id")
    refused = form.send()
    assert (refused.status, "Scegli almeno una valutazione." in refused.text) == (422, True)
    assert done.state is AssessmentState.SHARED
    other = factories.make_assessment(school.hoang)
    one = browser.get(f"/pupils/{school.hoang.id}/levels").form("Condividi con il consiglio di classe")
    other.state, other.completed_at = AssessmentState.DRAFT, None
    database.flush()
    again = one.send()
    assert (again.status, "prima completala, poi condividila" in again.text) == (422, True)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/workshops/{workshop}/levels", 9),
        ("/levels", 5),
        ("/workshops/{workshop}/levels.csv", 6),
        ("/levels.csv", 7),
        ("/levels.xlsx", 10),
    ],
)
def test_pages_and_files_cost_the_same_however_many_pupils(
    browser: Browser, school: School, statements: Callable[[], Any], path: str, most: int
) -> None:
    browser.sign_in(school.irene)
    counts = []
    for _ in range(2):
        for number in range(4):
            factories.make_assessment(school.pupil("Nuova", f"Prova {number}"))
        with statements() as seen:
            assert browser.request("GET", path.format(workshop=school.workshop.id)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= most


def test_a_sheet_and_the_page_of_a_pupil_take_few_statements(
    browser: Browser, school: School, statements: Callable[[], Any]
) -> None:
    factories.make_assessment(school.awa)
    browser.sign_in(school.irene)
    address = f"/pupils/{school.awa.id}/levels"
    for path, most in ((address, 8), (f"{address}/record", 7), (f"{address}.csv", 7), (f"{address}.xlsx", 7)):
        with statements() as seen:
            assert browser.request("GET", path).status_code == 200
        assert len(seen) <= most, path
