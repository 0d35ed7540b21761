"""Mediators on their pages: the cooperative keeps the cards, mediators say when they can come and whom they know."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.domain.roles import Role
from schoolapp.models import (
    Appointment,
    Availability,
    DeclaredConflict,
    MediatorLanguage,
    MediatorProfile,
    MeetingRequest,
    Membership,
    Unavailability,
    User,
)
from tests import factories
from tests.support.meetings import DAY, NOW, MeetingPlace
from tests.support.page import Browser


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        place.nadia.name = "Nadia Rahmani"
        yield place


def test_who_knows_the_family_says_so_and_is_proposed_there_no_more(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(MeetingState.PROPOSED)
    browser.sign_in(place.nadia)
    page = browser.get(f"/meetings/{request.id}").form("Conosco questa famiglia").send()
    assert "La cooperativa cerca un’altra persona" in page.text
    assert database.get_one(MeetingRequest, request.id).state is MeetingState.WITH_PROVIDER
    browser.sign_in(place.marco)
    assert "per il conflitto dichiarato" in browser.get(f"/board/{request.id}").text
    for who in (place.paola, place.lucia, place.lidia):
        browser.sign_in(who)
        told = browser.get(f"/meetings/{request.id}").text
        assert "Conosco" not in told
        assert "conflitto" not in told


def test_said_of_a_confirmed_meeting_it_is_kept_once_and_the_meeting_stands(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(MeetingState.CONFIRMED)
    browser.sign_in(place.nadia)
    for _ in range(2):
        page = browser.get(f"/meetings/{request.id}").form("Conosco questa famiglia").send()
        assert "il colloquio è ancora confermato" in page.text
    assert database.scalar(select(func.count()).select_from(DeclaredConflict)) == 1
    assert database.get_one(MeetingRequest, request.id).state is MeetingState.CONFIRMED


TODAY = NOW.date()


def test_the_list_says_who_can_come_and_who_is_away(browser: Browser, place: MeetingPlace) -> None:
    place.request(MeetingState.CONFIRMED)
    for weekday in (0, 1, 2):
        factories.make_availability(place.nadia, weekday=weekday)
    factories.make_days_away(place.nadia, TODAY, TODAY + timedelta(days=2))
    browser.sign_in(place.marco)
    page = browser.get("/mediators")
    assert page.rows("1 persona") == [
        [
            "Nadia Rahmani comune non indicato",
            "Arabo , lingua madre",
            "lun–mer 14:00–18:00 assente fino al 22 nov",
            "0 h",
        ]
    ]
    assert "Oggi non può venire: Nadia Rahmani." in page.text


def test_the_list_is_narrowed_by_name_language_and_end(browser: Browser, place: MeetingPlace) -> None:
    liu = factories.make_mediator(place.provider, ("zh",))
    liu.name, liu.search_key = "Liu Mei", "liu mei"
    left = factories.make_mediator(place.provider, ("sq",))
    left.name = "Elira Hoxha"
    left.memberships[0].valid_to = TODAY - timedelta(days=1)
    browser.sign_in(place.marco)

    def names(query: str) -> list[str]:
        return [row[0].split(" comune")[0] for row in browser.get(f"/mediators?{query}").rows("person")]

    assert names("") == ["Liu Mei", "Nadia Rahmani"]
    assert names("language=zh") == ["Liu Mei"]
    assert names("q=liù") == ["Liu Mei"]
    assert names("state=former") == ["Elira Hoxha"]
    assert names("state=%27%3B&language=%27%3B&page=-3") == ["Liu Mei", "Nadia Rahmani"]
    empty = browser.get("/mediators?q=nessuno")
    assert "Nessuna persona corrisponde alla ricerca." in empty.text
    assert empty.follow("Mostra tutti").status == 200


def test_a_cooperative_without_mediators_is_told_the_next_step(browser: Browser, database: Session) -> None:
    somebody = factories.make_user()
    factories.make_membership(somebody, Role.PROVIDER_COORDINATOR)
    browser.sign_in(somebody)
    assert browser.get("/mediators").follow("Aggiungi il primo").h1 == "Nuovo mediatore"


def test_from_a_new_card_to_the_first_proposal(browser: Browser, place: MeetingPlace, database: Session) -> None:
    request = place.request(MeetingState.WITH_PROVIDER, language="zh")
    factories.make_comune(name="Chiuro", ambito_id=place.ambito.id)
    browser.sign_in(place.marco)
    form = browser.get("/mediators").follow("Nuovo mediatore").form("Crea la scheda")
    form.fill("Nome e cognome", "Liu Mei").fill("E-mail", "liu@example.org").fill("Lingua", "cinese")
    page = form.press("Aggiungi una lingua").send()
    assert page.status == 200
    form = page.form("Crea la scheda")
    form.fill("languages-1-language", "inglese").fill("languages-1-level", "parlata un po’")
    form.fill("Comune da cui parte", "chiuro").fill("Donna o uomo", "donna").fill("Numero dell’incarico", "MED-9")
    card = form.send()
    assert card.h1 == "Liu Mei"
    assert "Scheda creata." in card.text
    assert "Collegamento da consegnare" in card.text
    assert "Cinese , lingua madre" in card.text
    assert "Inglese , parlata un po’" in card.text
    assert "Chiuro" in card.text
    assert "Collegamento da consegnare" not in browser.get(card.url).text
    made = database.scalars(select(User).where(User.email == "liu@example.org")).one()
    assert made.password is None
    form = card.follow("Scrivi gli orari").form("Salva gli orari")
    form.choose("giovedì").choose("venerdì").fill("Dalle", "14:00").fill("Alle", "18:00")
    assert "Orari salvati." in form.send().text
    assert "Disponibilità sì 20 su 20" in browser.get(f"/board/{request.id}").text


def test_a_refused_card_keeps_what_was_typed_and_writes_nothing(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    browser.sign_in(place.marco)
    form = browser.get("/mediators/new").form("Crea la scheda")
    form.fill("Nome e cognome", "<script>alert(1)</script>").fill("E-mail", place.lidia.email)
    form.fill("Lingua", "cinese").fill("Comune da cui parte", "Atlantide")
    refused = form.send()
    assert refused.status == 422
    assert refused.title.startswith("Errore:")
    assert refused.errors() == [
        "Con questo indirizzo c’è già un accesso: chiedi all’amministrazione di dargli il ruolo di mediatore."
    ]
    form = refused.form("Crea la scheda")
    assert form.values["name"] == ["<script>alert(1)</script>"]
    assert set(form.values["languages-0-language"]) == {"zh"}
    again = form.fill("E-mail", "nuova@example.org").send()
    assert again.errors() == ["Non conosciamo un comune con questo nome: controlla come si scrive."]
    empty = again.form("Crea la scheda").fill("Comune", "").fill("Lingua", "non indicato").send()
    assert empty.errors() == ["Scegli almeno una lingua."]
    assert database.scalar(select(func.count()).select_from(MediatorProfile)) == 1


def test_a_forged_field_of_a_card_gives_no_role_and_no_other_cooperative(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    browser.sign_in(place.marco)
    form = browser.get("/mediators/new").form("Crea la scheda")
    form.fill("Nome e cognome", "Liu Mei").fill("E-mail", "liu@example.org").fill("Lingua", "cinese")
    elsewhere = factories.make_provider()
    form.values |= {
        "provider_id": [str(elsewhere.id)],
        "role": ["administrator"],
        "password": ["prova-prova-1"],
        "languages-0-level": ["best"],
    }
    assert form.send().errors() == ["Di’ come parla questa lingua."]
    form.values["languages-0-level"] = ["fluent"]
    form.send()
    made = database.scalars(select(User).where(User.email == "liu@example.org")).one()
    held = database.scalars(select(Membership).where(Membership.user_id == made.id)).one()
    assert (held.role, held.provider_id, made.password) == (Role.MEDIATOR, place.provider.id, None)


def test_who_coordinates_two_cooperatives_says_which(browser: Browser, place: MeetingPlace, database: Session) -> None:
    second = factories.make_provider(name="Cooperativa Larice")
    factories.make_membership(place.marco, Role.PROVIDER_COORDINATOR, provider=second)
    browser.sign_in(place.marco)
    form = browser.get("/mediators/new").form("Crea la scheda")
    form.fill("Nome e cognome", "Liu Mei").fill("E-mail", "liu@example.org").fill("Lingua", "cinese")
    assert form.fill("Cooperativa", "Cooperativa Larice").send().h1 == "Liu Mei"
    assert database.scalar(select(func.count()).where(Membership.provider_id == second.id)) == 2


def test_a_card_changes_and_its_languages_with_it(browser: Browser, place: MeetingPlace, database: Session) -> None:
    browser.sign_in(place.marco)
    form = browser.get(f"/mediators/{place.nadia.id}").follow("Cambia la scheda").form("Salva la scheda")
    page = form.press("Aggiungi una lingua").send()
    form = page.form("Salva la scheda").fill("languages-1-language", "francese").choose("Togli questa lingua")
    assert "Scheda salvata." in form.fill("Nome", "Nadia Rahmani Rossi").send().text
    spoken = database.scalars(select(MediatorLanguage.language).where(MediatorLanguage.user_id == place.nadia.id))
    assert list(spoken) == ["fr"]
    assert database.get_one(User, place.nadia.id).name == "Nadia Rahmani Rossi"


def test_the_account_of_who_has_other_roles_is_not_the_cooperatives(browser: Browser, place: MeetingPlace) -> None:
    place.nadia.password = None
    factories.make_membership(place.nadia, Role.TEACHER, place.institute)
    browser.sign_in(place.marco)
    card = browser.get(f"/mediators/{place.nadia.id}")
    assert "collegamento nuovo" not in card.text
    form = card.follow("Cambia la scheda").form("Salva la scheda")
    assert {"name", "email"}.isdisjoint(form.values)
    form.values |= {"name": ["Altra"], "email": ["altra@example.org"]}
    assert "Scheda salvata." in form.send().text
    assert browser.get(card.url).h1 == "Nadia Rahmani"
    told = browser.post(f"/mediators/{place.nadia.id}/link", {"csrf_token": form.values["csrf_token"]})
    assert "il collegamento lo manda l’amministrazione" in told.text
    assert "Collegamento da consegnare" not in told.text


def test_who_never_entered_gets_another_link(browser: Browser, place: MeetingPlace) -> None:
    place.nadia.password = None
    browser.sign_in(place.marco)
    page = browser.get(f"/mediators/{place.nadia.id}").form("Fai un collegamento nuovo").send()
    assert "Collegamento da consegnare" in page.text


def test_who_got_the_role_from_the_administration_has_a_card_to_write(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    person = factories.make_user(name="Oksana Bondar")
    factories.make_membership(person, Role.MEDIATOR, provider=place.provider)
    browser.sign_in(person)
    assert "Non ce n’è ancora nessuna." in browser.get("/mediators/own").text
    browser.sign_in(place.marco)
    page = browser.get("/mediators")
    assert "scheda da scrivere" in page.text
    form = page.follow("Oksana Bondar").follow("Cambia la scheda").form("Salva la scheda")
    assert "Ucraino , lingua madre" in form.fill("Lingua", "ucraino").send().text
    assert database.get_one(MediatorProfile, person.id).comune_id is None


def test_days_away_that_hit_a_meeting_are_kept_and_the_meeting_too(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(MeetingState.CONFIRMED)
    browser.sign_in(place.nadia)
    form = browser.get("/mediators/own").form("Segna l’assenza")
    page = form.fill("Dal", f"{DAY:%d/%m/%Y}").send()
    assert page.h1 == "La mia disponibilità"
    assert "In quei giorni c’è 1 colloquio, che non è annullato" in page.text
    assert "1 colloquio cade quando non ci sei." in page.text
    assert f"Richiesta 2026-{request.number} , giovedì 3 dicembre, 16:30–17:30" in page.text
    assert database.get_one(MeetingRequest, request.id).state is MeetingState.CONFIRMED
    browser.sign_in(place.marco)
    assert "quel giorno non c’è" in browser.get("/board").text
    card = browser.get(f"/mediators/{place.nadia.id}")
    assert "1 colloquio cade quando la persona non c’è." in card.text
    assert place.pupil.last_name not in card.text
    assert place.institute.name not in card.text
    done = card.form("Togli").send()
    assert "Assenza tolta." in done.text
    assert "quel giorno non c’è" not in browser.get("/board").text
    assert "cade quando" not in done.text
    assert database.scalar(select(func.count()).select_from(Unavailability)) == 0


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("", "", "Scrivi il primo giorno di assenza."),
        ("31/02/2027", "", "Questo giorno non esiste. Scrivilo come giorno/mese/anno."),
        ("2026-12-10", "2026-12-09", "La fine viene prima dell’inizio: controlla le date."),
        ("2026-11-10", "2026-11-12", "Sono giorni già passati: scegli da oggi in poi."),
    ],
)
@pytest.mark.parametrize("is_own", [True, False])
def test_days_away_that_cannot_be_keep_what_was_typed(
    is_own: bool, first: str, last: str, sentence: str, browser: Browser, place: MeetingPlace, database: Session
) -> None:
    browser.sign_in(place.nadia if is_own else place.marco)
    form = browser.get("/mediators/own" if is_own else f"/mediators/{place.nadia.id}").form("Segna l’assenza")
    refused = form.fill("Dal", first).fill("Al", last).send()
    assert refused.status == 422
    assert refused.errors() == [sentence]
    assert refused.form("Segna l’assenza").values["first_day"] == [first]
    assert database.scalar(select(func.count()).select_from(Unavailability)) == 0


def test_a_mediator_writes_the_own_week(browser: Browser, place: MeetingPlace, database: Session) -> None:
    factories.make_availability(place.nadia, weekday=0)
    browser.sign_in(place.nadia)
    form = browser.get("/mediators/own").follow("Cambia gli orari").form("Salva gli orari")
    page = form.press("Aggiungi un orario").send()
    form = page.form("Salva gli orari")
    assert form.values["slots-0-weekday"] == ["0"]
    form.values["slots-1-weekday"] = ["0", "2"]
    form.fill("slots-1-start", "17:00").fill("slots-1-end", "1900")
    refused = form.send()
    assert refused.status == 422
    assert refused.errors() == ["Scrivi l’ora così: 10:30."]
    form = refused.form("Salva gli orari")
    assert form.values["slots-1-end"] == ["1900"]
    assert form.values["slots-1-weekday"] == ["0", "2"]
    over = form.fill("slots-1-end", "19:00").send()
    assert over.errors() == ["Il lunedì c’è già un orario dalle 14:00 alle 18:00: uniscili in uno."]
    done = over.form("Salva gli orari").fill("slots-1-start", "18:00").fill("slots-1-valid_to", "2027-06-08").send()
    assert done.h1 == "La mia disponibilità"
    assert "Lun 14:00 18:00 18:00 19:00 fino al 8 giu Mar Mer 18:00 19:00 fino al 8 giu" in done.text
    assert database.scalar(select(func.count()).select_from(Availability)) == 3
    form = done.follow("Cambia gli orari").form("Salva gli orari").choose("slots-0-remove")
    assert "14:00" not in form.send().main.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("weekday", [], "Scegli il giorno della settimana."),
        ("weekday", ["x"], "Scegli il giorno della settimana."),
        ("weekday", ["6"], "Scegli un giorno da lunedì a sabato."),
        ("start", [""], "Scrivi a che ora comincia, per esempio 10:30."),
        ("end", ["13:00"], "La fine viene prima dell’inizio: controlla le ore."),
        ("valid_to", ["2026-01-01"], "La fine viene prima dell’inizio: controlla le date."),
        ("valid_from", ["domani"], "Questo giorno non esiste. Scrivilo come giorno/mese/anno."),
    ],
)
def test_a_week_that_cannot_be_is_said_at_its_field(
    field: str, value: list[str], sentence: str, browser: Browser, place: MeetingPlace, database: Session
) -> None:
    factories.make_availability(place.nadia)
    browser.sign_in(place.marco)
    form = browser.get(f"/mediators/{place.nadia.id}/week").form("Aggiungi un orario").send().form("Salva gli orari")
    form.values |= {"slots-1-weekday": ["1"], "slots-1-start": ["14:00"], "slots-1-end": ["15:00"]}
    form.values[f"slots-1-{field}"] = value
    refused = form.send()
    assert refused.status == 422
    assert refused.errors() == [sentence]
    assert f"#slots-1-{field}" in refused.links()[sentence]
    assert database.scalar(select(func.count()).select_from(Availability)) == 1


def test_times_that_changed_meanwhile_are_said_before_they_are_written_over(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    browser.sign_in(place.marco)
    form = browser.get(f"/mediators/{place.nadia.id}/week").form("Salva gli orari")
    form.choose("lunedì").fill("Dalle", "08:00").fill("Alle", "12:00")
    factories.make_availability(place.nadia)
    refused = form.send()
    assert refused.status == 422
    assert "Intanto gli orari sono cambiati" in refused.errors()[0]
    assert [each.weekday for each in database.scalars(select(Availability))] == [3]
    again = refused.form("Salva gli orari")
    assert again.values["slots-0-start"] == ["08:00"]
    assert "Orari salvati." in again.send().text
    now = select(Availability.weekday).where(Availability.valid_to.is_(None))
    assert list(database.scalars(now)) == [0]


def test_a_mediator_reads_the_own_languages_and_cannot_write_them(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.nadia)
    page = browser.get("/mediators/own")
    assert "Arabo , lingua madre" in page.text
    assert "Disponibilità" in page.links()
    colleague = factories.make_mediator(place.provider)
    browser.sign_in(place.nadia)
    for path, status in (
        (f"/mediators/{place.nadia.id}", 403),
        (f"/mediators/{place.nadia.id}/edit", 403),
        (f"/mediators/{colleague.id}/week", 404),
    ):
        assert browser.request("GET", path).status_code == status, path


def test_a_collaboration_ends_and_goes_on_again(browser: Browser, place: MeetingPlace, database: Session) -> None:
    place.request(MeetingState.CONFIRMED)
    browser.sign_in(place.marco)
    page = browser.get(f"/mediators/{place.nadia.id}").follow("Fine della collaborazione")
    assert "La fine non annulla niente" in page.text
    early = page.form("Salva la fine").fill("Ultimo giorno", "2020-01-01").send()
    assert early.errors() == ["La collaborazione non era ancora cominciata: controlla il giorno."]
    ended = early.form("Salva la fine").fill("Ultimo giorno", f"{TODAY - timedelta(days=1)}").send()
    assert "La collaborazione ha una fine." in ended.text
    assert "Collaborazione finita" in ended.text
    assert "1 colloquio cade quando la persona non c’è." in ended.text
    assert "Quando può" not in ended.main.text
    assert browser.request("GET", f"/mediators/{place.nadia.id}/edit").status_code == 404
    form = ended.follow("Riprendi la collaborazione").form("Riprendi la collaborazione")
    assert form.fill("Da quale giorno", "2026-10-01").send().errors() == ["La collaborazione riprende da oggi in poi."]
    assert "La collaborazione riprende." in form.fill("Da quale giorno", f"{TODAY}").send().text
    held = database.scalars(select(Membership).where(Membership.user_id == place.nadia.id).order_by(Membership.id))
    assert [(each.valid_from, each.valid_to) for each in held] == [
        (factories.YEAR_FIRST_DAY, TODAY - timedelta(days=1)),
        (TODAY, None),
    ]


def test_commitments_for_another_cooperative_stand_without_their_number(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = place.request(MeetingState.CONFIRMED)
    request.provider_id = factories.make_provider().id
    browser.sign_in(place.marco)
    page = browser.get(f"/mediators/{place.nadia.id}")
    assert "Per un’altra cooperativa" in page.text
    assert f"2026-{request.number}" not in page.text


def test_names_of_any_length_and_direction_stand_as_text(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.marco)
    for name in ("نادية رحماني", "<b>Nadia</b>", "Maria " * 19):
        place.nadia.name = name.strip()
        for url in ("/mediators", f"/mediators/{place.nadia.id}", f"/mediators/{place.nadia.id}/collaboration"):
            assert name.strip() in browser.get(url).text


def test_the_pages_in_english_have_no_italian(browser: Browser, place: MeetingPlace) -> None:
    factories.make_availability(place.nadia)
    place.marco.locale = place.nadia.locale = "en"
    browser.sign_in(place.marco)
    assert "Mother tongue" in browser.get("/mediators").text or "mother tongue" in browser.get("/mediators").text
    assert "What matching sees" in browser.get(f"/mediators/{place.nadia.id}").text


def test_the_statements_do_not_grow_with_people_and_meetings(
    browser: Browser, place: MeetingPlace, statements: Callable[[], Any], database: Session
) -> None:
    place.request(MeetingState.CONFIRMED)
    counts = []
    for later in (40, 50):
        for who, url in (
            (place.marco, "/mediators"),
            (place.marco, f"/mediators/{place.nadia.id}"),
            (place.marco, f"/mediators/{place.nadia.id}/week"),
            (place.nadia, "/mediators/own"),
        ):
            browser.sign_in(who)
            with statements() as seen:
                browser.get(url)
            counts.append(len(seen))
        for number in range(5):
            mediator = factories.make_mediator(place.provider, ("ar", "fr"))
            for person in (mediator, place.nadia):
                factories.make_availability(person, weekday=number)
                factories.make_days_away(person, date(2027, 3, 1) + timedelta(days=10 * number))
        factories.make_appointment(
            mediator=place.nadia, starts_at=NOW + timedelta(days=later), ends_at=NOW + timedelta(days=later, hours=1)
        )
    assert counts[:4] == counts[4:]
    assert max(counts) <= 11
    assert database.scalar(select(func.count()).select_from(Appointment)) == 3
