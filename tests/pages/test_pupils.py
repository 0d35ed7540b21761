"""The list of pupils, the card and its form, as a person meets them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.levels import Level
from schoolapp.domain.roles import Role
from schoolapp.models import CardReading, ClassMembership, Institute, Pupil, User
from tests import factories
from tests.support.page import Browser


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        yield


@pytest.fixture
def institute(database: Session) -> Institute:
    return factories.make_institute()


@pytest.fixture
def coordinator(institute: Institute, browser: Browser) -> User:
    user = factories.make_user(Role.COORDINATOR, institute)
    browser.sign_in(user)
    return user


def test_the_list_is_searched_without_accents_and_in_any_order(
    browser: Browser, institute: Institute, coordinator: User
) -> None:
    factories.make_pupil(institute, last_name="Benali", first_name="Salma")
    factories.make_pupil(institute, last_name="Conti", first_name="Ada")
    page = browser.get("/pupils")
    assert page.h1 == "Alunni"
    assert "2 alunni" in page.text
    found = page.form("Cerca").fill("Cerca per nome", "SÀLM ben").send()
    assert [row[0] for row in found.rows("Alunni")] == ["Benali Salma"]
    assert "1 alunno trovato" in found.text
    nothing = page.form("Cerca").fill("Cerca per nome", "zzz").send()
    assert "Nessun alunno con questi filtri" in nothing.text
    assert nothing.follow("Togli i filtri").rows("Alunni")


def test_what_is_not_on_offer_in_the_address_of_the_list_asks_nothing(
    browser: Browser, institute: Institute, coordinator: User
) -> None:
    factories.make_pupil(institute)
    foreign = factories.make_class()
    for query in (
        f"place=class-{foreign.id}",
        "place=class-x",
        "language=%27%3B--",
        "enrolled=maybe&archived=perhaps",
        "page=0",
        "page=abc",
        "page=99999999999999999999",
        "q=%25",
    ):
        page = browser.get(f"/pupils?{query}")
        assert page.status == 200
        assert len(page.rows("Alunni")) == 1, query


def test_a_name_is_text_wherever_it_stands(browser: Browser, institute: Institute, coordinator: User) -> None:
    pupil = factories.make_pupil(institute, last_name="<script>alert(1)</script>", first_name="سلمى")
    assert "<script>alert(1)" in browser.get("/pupils").text
    assert "<script>alert(1)" in browser.get(f"/pupils/{pupil.id}").text
    assert "<script>alert(1)" in browser.get(f"/pupils/{pupil.id}/edit").text


def test_the_card_says_every_condition_with_its_reason_for_the_day_asked(
    browser: Browser, institute: Institute, coordinator: User
) -> None:
    pupil = factories.make_pupil(
        institute,
        sex="F",
        birth_date=date(2014, 3, 14),
        arrival_month=date(2026, 1, 1),
        first_enrolment=date(2026, 2, 2),
        entry_level=Level.A1,
    )
    page = browser.get(f"/pupils/{pupil.id}")
    for words in (
        "Nata il 14 marzo 2014 12 anni",
        "In Italia da gennaio 2026",
        "al 23 novembre 2026",
        "NAI per la legge: sì non ha ancora tutte le abilità al livello A2",
        "NAI, meno di 2 anni: sì in Italia da 10 mesi",
        "NAI statistica: no prima iscrizione nell’anno 2025/26",
        "Ammissibile FAMI: sì cittadinanza di un Paese terzo",
    ):
        assert words in page.text
    later = page.form("Calcola").fill("Giorno", "2028-03-01").send()
    assert "NAI, meno di 2 anni: no in Italia da 26 mesi" in later.text


def test_a_day_that_does_not_exist_is_said_and_kept(browser: Browser, institute: Institute, coordinator: User) -> None:
    page = browser.get(f"/pupils/{factories.make_pupil(institute).id}?on=2026-02-31")
    assert page.status == 422
    assert "Questo giorno non esiste" in page.text
    assert page.form("Calcola").values["on"] == ["2026-02-31"]


def test_what_is_not_known_is_said_to_be_so(browser: Browser, institute: Institute, coordinator: User) -> None:
    pupil = factories.make_pupil(institute, birth_date=None, citizenships=[], languages=[])
    page = browser.get(f"/pupils/{pupil.id}")
    assert page.text.count("non indicato") >= 6
    assert "Ammissibile FAMI: non si sa cittadinanza non indicata" in page.text


def test_opening_a_card_leaves_who_did_it(
    browser: Browser, database: Session, institute: Institute, coordinator: User
) -> None:
    pupil = factories.make_pupil(institute)
    assert "Nessuno prima di te." in browser.get(f"/pupils/{pupil.id}").text
    page = browser.get(f"/pupils/{pupil.id}")
    assert f"Ultima lettura: {coordinator.name}, 23/11/2026, 10:00" in page.text
    readings = database.scalars(select(CardReading)).all()
    assert [(reading.user_id, reading.pupil_id) for reading in readings] == [(coordinator.id, pupil.id)] * 2


def test_a_teacher_opens_the_card_without_contacts_and_leaves_a_trace(
    browser: Browser, database: Session, institute: Institute
) -> None:
    school_class = factories.make_class(factories.make_site(institute))
    teacher = factories.make_user(Role.TEACHER, institute)
    factories.make_class_teacher(teacher, school_class)
    pupil = factories.make_pupil(institute, school_class=school_class)
    browser.sign_in(teacher)
    page = browser.get(f"/pupils/{pupil.id}")
    assert "Segnala per un laboratorio" in page.text
    for word in ("Contatti", "Modifica", "Chi ha aperto", "archivio"):
        assert word not in page.main.text
    assert database.scalar(select(func.count()).select_from(CardReading)) == 1


def test_a_foreign_card_is_a_missing_page_and_leaves_no_trace(
    browser: Browser, database: Session, coordinator: User
) -> None:
    stranger = factories.make_pupil(last_name="Segreto")
    for path in (f"/pupils/{stranger.id}", f"/pupils/{stranger.id}/edit", "/pupils/999999"):
        page = browser.get(path)
        assert page.status == 404
        assert "Segreto" not in page.text
    assert database.scalar(select(func.count()).select_from(CardReading)) == 0


def test_a_pupil_is_added_with_a_surname_only(browser: Browser, database: Session, coordinator: User) -> None:
    page = browser.get("/pupils/new").form("Crea la scheda").fill("Cognome", "  Benali ").send()
    assert page.h1 == "Benali"
    assert "Scheda creata." in page.text
    assert database.scalars(select(Pupil)).one().last_name == "Benali"


def test_every_fact_of_the_form_reaches_the_card(browser: Browser, institute: Institute, coordinator: User) -> None:
    school_class = factories.make_class(factories.make_site(institute, name="Secondaria Ponte Alto"))
    form = browser.get("/pupils/new").form("Crea la scheda")
    for label, value in (
        ("Cognome", "Benali"),
        ("Nome", "Salma"),
        ("Come si fa chiamare", "Sally"),
        ("Classe", school_class.name),
        ("Data di nascita", "14/03/2014"),
        ("Cittadinanza 1", "Marocco"),
        ("Cittadinanza 2", "Italia"),
        ("Mese", "gennaio"),
        ("Anno", "2026"),
        ("Prima iscrizione in una scuola italiana", "2026-02-02"),
        ("Anni di scuola all’estero", "6"),
        ("Livello d’ingresso in italiano", "Pre-A1"),
        ("Lingua 1", "arabo marocchino"),
        ("Lingua 2", "amazigh (berbero)"),
        ("Lingua delle lettere alla famiglia", "francese"),
        ("Lingua del mediatore", "arabo"),
    ):
        form.fill(label, value)
    form.choose("femmina").choose("arabo").choose("latino").choose("sì")
    form.fill("contacts-0-name", "Fatima").fill("contacts-0-relation", "madre")
    form.fill("contacts-0-phone", "340 123 4567").fill("contacts-0-email", "fatima@esempio.it")
    page = form.send()
    assert page.h1 == "Salma Benali"
    for words in (
        "Classe 2B, Secondaria Ponte Alto",
        "Si fa chiamare Sally",
        "Nata il 14 marzo 2014",
        "Cittadinanza Italia, Marocco",
        "In Italia da gennaio 2026",
        "Prima iscrizione 2 febbraio 2026",
        "Scuola prima 6 anni",
        "Legge latino, arabo",
        "Livello d’ingresso Pre-A1",
        "A casa arabo marocchino, amazigh (berbero)",
        "Lettere alla famiglia francese",
        "Mediatore sì, in arabo",
        "Fatima",
        "340 123 4567",
        "Ammissibile FAMI: no ha la cittadinanza italiana",
    ):
        assert words in page.text
    edit = page.follow("Modifica").form("Salva la scheda")
    same = edit.send()
    assert same.h1 == "Salma Benali"
    for words in ("Si fa chiamare Sally", "Legge latino, arabo", "Mediatore sì, in arabo", "340 123 4567"):
        assert words in same.text


BAD = [
    ("Cognome", "", "Scrivi il cognome dell’alunno."),
    ("Data di nascita", "31/02/2014", "Questo giorno non esiste. Scrivilo come giorno/mese/anno."),
    ("Data di nascita", "14/03/1914", "Controlla l’anno: va dal 2000 al 2100."),
    ("Data di nascita", "14/03/2030", "La data di nascita è nel futuro: controlla l’anno."),
    ("Anno", "2026", "Scegli anche il mese di arrivo."),
    ("Anno", "duemila", "Scrivi un numero intero."),
    ("Mese", "gennaio", "Scrivi anche l’anno di arrivo, per esempio 2026."),
    ("Anni di scuola all’estero", "99", "Gli anni vanno da 0 a 20."),
    ("contacts-0-phone", "dopo le 16", "Questo numero di telefono non è completo."),
    ("contacts-1-email", "fatima@", "Questo indirizzo e-mail non è completo."),
    ("Nome", "a" * 81, "È troppo lungo: accorcialo un po’."),
]


@pytest.mark.parametrize(("label", "value", "sentence"), BAD, ids=[f"{row[0]}: {row[1][:12]}" for row in BAD])
def test_what_cannot_be_true_is_said_where_it_belongs_and_nothing_is_lost(
    browser: Browser, database: Session, coordinator: User, label: str, value: str, sentence: str
) -> None:
    form = browser.get("/pupils/new").form("Crea la scheda").fill("Cognome", "Benali").fill("contacts-0-name", "Omar")
    page = form.fill(label, value).send()
    assert page.status == 422
    assert page.title.startswith("Errore:")
    assert any(sentence in error for error in page.errors()), page.errors()
    again = page.form("Crea la scheda")
    assert again.values["contacts-0-name"] == ["Omar"]
    assert database.scalars(select(Pupil)).all() == []
    if label != "Mese":
        assert value in page.response.get_data(as_text=True)


def test_codes_that_are_not_on_offer_are_refused(browser: Browser, database: Session, coordinator: User) -> None:
    foreign = factories.make_class()
    for name, value in (
        ("class_id", str(foreign.id)),
        ("citizenships-0", "ZZZ"),
        ("languages-0", "<b>"),
        ("sex", "Q"),
        ("entry_level", "c9"),
        ("alphabets", "Klingon"),
        ("mediator_language", "tlh"),
    ):
        form = browser.get("/pupils/new").form("Crea la scheda").fill("Cognome", "Benali")
        form.values[name] = [value]
        assert form.send().status == 422, name
    assert database.scalars(select(Pupil)).all() == []


def test_a_likely_double_is_told_and_a_second_press_makes_it_anyway(
    browser: Browser, database: Session, institute: Institute, coordinator: User
) -> None:
    factories.make_pupil(institute, last_name="Salma", first_name="Benali", birth_date=date(2014, 3, 14))
    form = browser.get("/pupils/new").form("Crea la scheda")
    page = form.fill("Cognome", "Benali").fill("Nome", "Salma").fill("Data di nascita", "2014-03-14").send()
    assert page.status == 422
    assert "Somiglia a un altro alunno: è la stessa persona?" in page.text
    assert "ha cognome e nome scambiati e la stessa data di nascita" in page.text
    assert database.scalar(select(func.count()).select_from(Pupil)) == 1
    made = page.form("Crea lo stesso").send()
    assert made.h1 == "Salma Benali"
    assert "Potrebbe esserci un’altra scheda dello stesso alunno." in made.text
    assert database.scalar(select(func.count()).select_from(Pupil)) == 2


def test_a_class_chosen_in_the_form_closes_the_old_one(
    browser: Browser, database: Session, institute: Institute, coordinator: User
) -> None:
    site = factories.make_site(institute)
    old, new = factories.make_class(site, name="2A"), factories.make_class(site, name="2B")
    pupil = factories.make_pupil(institute, school_class=old)
    browser.get(f"/pupils/{pupil.id}/edit").form("Salva la scheda").fill("Classe", "2B").send()
    memberships = database.scalars(select(ClassMembership).order_by(ClassMembership.id)).all()
    assert [(m.class_id, m.valid_to) for m in memberships] == [(old.id, date(2026, 11, 22)), (new.id, None)]


def test_a_pupil_goes_to_the_archive_and_comes_back(browser: Browser, institute: Institute, coordinator: User) -> None:
    pupil = factories.make_pupil(institute)
    page = browser.get(f"/pupils/{pupil.id}").form("Metti in archivio").send()
    assert "Questa scheda è in archivio." in page.text
    assert "Qui ci saranno gli alunni" in browser.get("/pupils").text
    assert len(browser.get("/pupils?archived=yes").rows("Alunni")) == 1
    page.form("Riporta tra gli alunni").send()
    assert len(browser.get("/pupils").rows("Alunni")) == 1


def test_a_foreign_pupil_is_neither_changed_nor_archived(
    browser: Browser, database: Session, institute: Institute, coordinator: User
) -> None:
    mine, foreign = factories.make_pupil(institute), factories.make_pupil(last_name="Segreto")
    form = browser.get(f"/pupils/{mine.id}/edit").form("Salva la scheda").fill("Cognome", "Altro")
    for path in ("edit", "archive", "unarchive"):
        assert browser.post(f"/pupils/{foreign.id}/{path}", form.values).status == 404
    database.refresh(foreign)
    assert (foreign.last_name, foreign.archived_at) == ("Segreto", None)


def test_in_english_countries_and_languages_have_their_english_names(
    browser: Browser, institute: Institute, coordinator: User
) -> None:
    pupil = factories.make_pupil(institute, citizenships=["MA"], languages=["ar"])
    browser.get("/pupils").form("English").send()
    assert "Morocco" in browser.get(f"/pupils/{pupil.id}").text


def test_pages_ask_the_same_number_of_statements_however_many_rows(
    browser: Browser,
    institute: Institute,
    coordinator: User,
    statements: Callable[[], Any],
) -> None:
    site = factories.make_site(institute)
    counts = []
    for _ in range(2):
        school_class = factories.make_class(site, name=f"{len(counts) + 1}A")
        pupils = [factories.make_pupil(institute, school_class=school_class) for _ in range(12)]
        for pupil in pupils:
            factories.make_enrolment(factories.make_workshop(site=site), pupil)
        seen_by_path = []
        for path in ("/pupils", "/pupils?q=ben&language=ar&enrolled=yes", f"/pupils/{pupils[0].id}", "/pupils/new"):
            with statements() as seen:
                assert browser.get(path).status == 200
            seen_by_path.append(len(seen))
        counts.append(seen_by_path)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 6
    assert counts[0][1] <= 6


def test_who_coordinates_two_institutes_says_where_the_pupil_goes(
    browser: Browser, database: Session, institute: Institute, coordinator: User
) -> None:
    other = factories.make_institute(name="IC Altra Valle")
    factories.make_membership(coordinator, Role.COORDINATOR, other)
    school_class = factories.make_class(factories.make_site(other), name="1Z")
    form = browser.get("/pupils/new").form("Crea la scheda").fill("Cognome", "Benali").fill("Istituto", other.name)
    form.send()
    assert database.scalars(select(Pupil.institute_id)).one() == other.id
    form = browser.get("/pupils/new").form("Crea la scheda").fill("Cognome", "Conti").fill("Classe", school_class.name)
    form.send()
    assert database.scalars(select(Pupil.institute_id).where(Pupil.last_name == "Conti")).one() == other.id
    stranger = factories.make_institute()
    form.fill("Cognome", "Dossi")
    form.values["institute_id"] = [str(stranger.id)]
    refused = form.send()
    assert refused.errors() == ["Scegli l’istituto dall’elenco."]
    assert database.scalar(select(func.count()).select_from(Pupil)) == 2


def test_the_place_of_birth_is_optional_and_stands_on_the_card_when_known(browser: Browser, database: Session) -> None:
    coordinator = factories.make_user(Role.COORDINATOR)
    pupil = factories.make_pupil(coordinator.memberships[0].institute)
    browser.sign_in(coordinator)
    card = browser.get(f"/pupils/{pupil.id}")
    assert "Luogo di nascita" not in card.text
    form = browser.get(f"/pupils/{pupil.id}/edit").form("Salva").fill("Luogo di nascita", " Asmara  (Eritrea)")
    assert "Asmara (Eritrea)" in form.send().text
    too_long = browser.get(f"/pupils/{pupil.id}/edit").form("Salva").fill("Luogo di nascita", "x" * 81).send()
    assert too_long.status == 422
