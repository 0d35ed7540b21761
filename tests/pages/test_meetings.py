"""From asking for a mediator to an answer, as a teacher, a coordinator, the Ambito and a service meet it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.meeting_steps import MeetingState
from schoolapp.models import MeetingRequest, OutboxMessage
from tests import factories
from tests.support.meetings import ENDS, NOW, STARTS, MeetingPlace
from tests.support.page import Browser, Form, Page

S = MeetingState


@pytest.fixture
def place(place: MeetingPlace) -> Iterator[MeetingPlace]:
    with time_machine.travel(NOW, tick=False):
        place.pupil.first_name, place.pupil.last_name = "Salma", "Benali"
        place.pupil.mediator_language = "ary"
        yield place


def _form(browser: Browser, place: MeetingPlace, button: str = "Invia al referente") -> Form:
    return browser.get(f"/meetings/new?pupil={place.pupil.id}").form(button)


def _filled(form: Form) -> Form:
    form.fill("Motivo", "Colloquio scuola–famiglia").fill("slot1_day", "2026-12-03").fill("slot1_start", "16:30")
    return form.fill("slot2_day", "09/12/2026").fill("slot2_start", "14.00")


def test_a_teacher_asks_from_the_card_and_sees_the_hours_first(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.paola)
    page = browser.get(f"/pupils/{place.pupil.id}").follow("Chiedi un colloquio")
    assert "La scuola ha ancora 10 ore" in page.text
    assert "Un colloquio di 1 ora: dopo ne restano 9 h." in page.text
    assert "Salma Benali" in page.text
    assert "Non scrivere di salute, di documenti o di fatti della famiglia." in page.text
    form = page.form("Invia al referente")
    assert set(form.values["language"]) == {"ary"}
    sent = _filled(form).fill("Durata", "1 ora e 30 minuti").send()
    assert "Richiesta inviata." in sent.text
    assert "Mancano 13 giorni: di solito ne servono 15." in sent.text
    assert sent.h1 == "Colloquio per Salma Benali"
    assert "Aspettiamo l’approvazione della scuola" in sent.text
    assert "Giovedì 3 dicembre, 16:30" in sent.text
    listed = browser.get("/meetings")
    assert [row[0] for row in listed.rows("In cammino")] == ["Salma Benali 2026-1"]
    assert "Inviata al referente" in browser.get(f"/pupils/{place.pupil.id}").text


def test_a_draft_is_kept_changed_and_sent(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.paola)
    page = _filled(_form(browser, place)).press("Salva bozza").send()
    assert "Bozza salvata." in page.text
    assert "È ancora una bozza" in page.text
    form = page.follow("Modifica").form("Invia al referente")
    assert form.values["slot2_day"] == ["2026-12-09"]
    sent = form.fill("Luogo", "sala colloqui").send()
    assert "Aspettiamo l’approvazione della scuola" in sent.text
    assert "sala colloqui" in sent.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("Motivo", "scegli il motivo", "Scegli il motivo dall’elenco."),
        ("slot1_day", "", "Scrivi anche il giorno."),
        ("slot1_start", "", "Scrivi anche l’ora, per esempio 16:30."),
        ("slot1_day", "2026-11-01", "Questo giorno è già passato: proponine uno che deve venire."),
        ("slot1_day", "31/02/2027", "Questo giorno non esiste. Scrivilo come giorno/mese/anno."),
        ("Nota per chi organizza", "x" * 201, "Al massimo 200 lettere: bastano poche parole."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    browser: Browser, database: Session, place: MeetingPlace, field: str, typed: str, sentence: str
) -> None:
    browser.sign_in(place.paola)
    form = _filled(_form(browser, place)).fill("Luogo", "aula magna").fill(field, typed)
    page = form.send()
    assert page.status == 422
    assert sentence in page.errors()
    again = page.form("Invia al referente")
    assert again.values["place"] == ["aula magna"]
    assert again.values["slot2_day"] == ["09/12/2026"]
    assert database.scalar(select(func.count()).select_from(MeetingRequest)) == 0


def test_whom_it_is_for_is_found_by_name(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.paola)
    page = browser.get("/meetings/new")
    assert "Salma Benali" in page.form("Cerca").fill("Cerca per nome", "sal").send().follow("Benali Salma").text
    assert "Nessun alunno si chiama così" in page.form("Cerca").fill("Cerca per nome", "zzz").send().text


def test_a_class_assembly_is_about_a_class(browser: Browser, place: MeetingPlace) -> None:
    browser.sign_in(place.paola)
    form = browser.get("/meetings/new").follow("assemblea di classe").form("Invia al referente")
    form.fill("slot1_day", "2026-12-14").fill("slot1_start", "17:00").fill("Lingua", "arabo")
    refused = form.send()
    assert "Scegli la classe dell’assemblea." in refused.errors()
    sent = form.fill("Classe", "2B").fill("Quante famiglie aspettate", "12").send()
    assert sent.h1.startswith("Colloquio per 2B")
    assert "12" in sent.text


def test_the_coordinator_finds_it_on_top_and_approves(browser: Browser, place: MeetingPlace) -> None:
    place.request(S.WITH_COORDINATOR)
    browser.sign_in(place.lucia)
    listed = browser.get("/meetings")
    assert "1 richiesta aspetta te" in listed.text
    page = listed.follow("Salma Benali")
    assert "Il monte ore ha 10 h libere su 10 h; questo colloquio ne prende 1 h." in page.text
    done = page.form("Approva").send()
    assert "La cooperativa cerca un mediatore" in done.text
    assert "Lucia Fontanive" in done.text or "tu" in done.text
    assert "9 h libere" in browser.get("/budgets").text


def test_sent_back_needs_a_reason_and_keeps_what_was_typed(browser: Browser, place: MeetingPlace) -> None:
    place.request(S.WITH_COORDINATOR)
    browser.sign_in(place.lucia)
    page = browser.get("/meetings").follow("Salma Benali")
    refused = page.form("Chiedi di completare").send()
    assert refused.status == 422
    assert "Scrivi il motivo, in poche parole." in refused.errors()
    done = refused.form("Chiedi di completare").fill("Motivo", "Manca il luogo").send()
    assert "«Manca il luogo»" in done.text
    browser.sign_in(place.paola)
    mine = browser.get("/meetings").follow("Salma Benali")
    assert "Manca qualcosa: la richiesta è da completare" in mine.text


def test_a_step_that_somebody_took_before_is_told(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.WITH_COORDINATOR)
    browser.sign_in(place.lucia)
    read = browser.get(f"/meetings/{request.id}").form("Approva")
    Browser(browser.app, browser.database).sign_in(place.lucia).get(f"/meetings/{request.id}").form("Approva").send()
    page = read.send()
    assert page.status == 422
    assert "Intanto la richiesta è cambiata: guarda a che punto è." in page.errors()
    assert "La cooperativa cerca un mediatore" in page.text


def test_the_ambito_approves_by_number_and_reads_no_name(browser: Browser, place: MeetingPlace) -> None:
    place.budget.needs_grant = True
    place.school_class.name = "Seconda Bellavista"  # "2B" may stand in the token of a form
    request = place.draft(note="Meglio dopo le 16")
    browser.sign_in(place.paola).get(f"/meetings/{request.id}").form("Invia la richiesta").send()
    browser.sign_in(place.lucia).get(f"/meetings/{request.id}").form("Approva").send()
    browser.sign_in(place.elena)
    listed = browser.get("/meetings/grants")
    assert [row[0] for row in listed.rows("Richieste")] == ["2026-1"]
    page = listed.follow("2026-1")
    body = page.response.get_data(as_text=True) + listed.response.get_data(as_text=True)
    for private in ("Salma", "Benali", "Paola Gerosa", "Lucia Fontanive", "Meglio dopo le 16", place.school_class.name):
        assert private not in body
    assert place.institute.name in page.text
    done = page.form("Approva").send()
    assert "La cooperativa cerca un mediatore" in done.text
    assert [row[0] for row in browser.get("/meetings/grants?show=sent").rows("Richieste")] == ["2026-1"]


def test_the_cooperative_reads_no_name_of_a_pupil(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.PROPOSED)
    browser.sign_in(place.marco)
    for address in (f"/meetings/{request.id}", "/meetings", "/meetings/calendar?week=2026-W49"):
        body = browser.get(address).response.get_data(as_text=True)
        assert "Salma" not in body
        assert "Benali" not in body
        assert "2B" not in body
    assert place.institute.name in browser.get("/meetings/calendar?week=2026-W49").text


def test_a_service_asks_by_case_code_and_has_no_field_for_a_pupil(
    browser: Browser, database: Session, place: MeetingPlace
) -> None:
    browser.sign_in(place.anna)
    page = browser.get("/meetings/new")
    assert "Il servizio ha ancora 5 ore" in page.text
    assert "con la lettera" not in page.text
    form = page.form("Invia alla cooperativa")
    assert not {"pupil", "pupil_id", "class_id", "participants"} & form.values.keys()
    form.fill("Motivo", "Tutela minori").fill("Lingua", "arabo").fill("slot1_day", "2026-12-14").fill(
        "slot1_start", "9:00"
    )
    refused = form.fill("Codice del caso", "Rossi Mario").send()
    assert any("Mai un nome." in error for error in refused.errors())
    form.values["pupil_id"] = [str(place.pupil.id)]
    sent = form.fill("Codice del caso", "TM-2026-14").send()
    assert sent.h1 == "Colloquio per il caso TM-2026-14"
    assert "La cooperativa cerca un mediatore" in sent.text
    request = database.scalars(select(MeetingRequest)).one()
    assert (request.pupil_id, request.institute_id, request.service_id) == (None, None, place.service.id)


def test_pupils_services_and_requests_of_others_are_missing_pages(browser: Browser, place: MeetingPlace) -> None:
    other = MeetingPlace()
    theirs = other.request(S.PROPOSED)
    stranger = factories.make_pupil(place.institute)
    for user, addresses in (
        (
            place.paola,
            [
                f"/meetings/new?pupil={other.pupil.id}",
                f"/meetings/new?pupil={stranger.id}",
                f"/meetings/new?service={place.service.id}",
                f"/meetings/{theirs.id}",
                f"/meetings/{theirs.id}/edit",
            ],
        ),
        (place.anna, [f"/meetings/new?service={other.service.id}", f"/meetings/new?pupil={place.pupil.id}"]),
        (place.elena, [f"/meetings/{theirs.id}"]),
        (place.marco, [f"/meetings/{theirs.id}"]),
        (place.nadia, [f"/meetings/{theirs.id}"]),
    ):
        browser.sign_in(user)
        for address in addresses:
            assert browser.request("GET", address).status_code == 404, address


def test_a_mediator_answers_and_then_gives_it_back(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.PROPOSED)
    browser.sign_in(place.nadia)
    page = browser.get("/meetings").follow("Salma Benali")
    assert "2B" in page.text
    refused = page.form("Non posso").send()
    assert "Scrivi il motivo, in poche parole." in refused.errors()
    accepted = page.form("Accetta").send()
    assert "Il colloquio è confermato" in accepted.text
    assert "Giovedì 3 dicembre, 16:30–17:30" in accepted.text
    browser.sign_in(place.paola)
    assert "Il colloquio è confermato" in browser.get(f"/meetings/{request.id}").text


def test_cancelling_says_what_it_costs(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    browser.sign_in(place.paola)
    assert "Fino a 48 ore prima l’annullamento non consuma ore." in browser.get(f"/meetings/{request.id}").text
    with time_machine.travel(STARTS - timedelta(hours=5), tick=False):
        browser.sign_in(place.paola)
        page = browser.get(f"/meetings/{request.id}")
        assert "Mancano meno di 48 ore: se annulli adesso, le ore contano come usate." in page.text
        page.form("Annulla la richiesta").fill("Motivo", "Malattia").send()
    assert place.budget.used_minutes == 60


def test_a_moved_meeting_gets_other_times(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    browser.sign_in(place.paola)
    moved = browser.get(f"/meetings/{request.id}").form("Rinvia il colloquio").fill("Motivo", "Sciopero").send()
    assert "Servono altri orari" in moved.text
    refused = moved.form("Manda i nuovi orari").send()
    assert "Proponi almeno un orario: giorno e ora." in refused.errors()
    form = refused.form("Manda i nuovi orari").fill("slot1_day", "2026-12-16").fill("slot1_start", "15:00")
    assert "La cooperativa cerca un mediatore" in form.send().text


def test_the_week_shows_what_stands_and_what_is_asked_for(browser: Browser, place: MeetingPlace) -> None:
    place.request(S.CONFIRMED)
    place.request(S.WITH_COORDINATOR)
    browser.sign_in(place.lucia)
    page = browser.get("/meetings/calendar?week=2026-W49")
    assert "Giovedì 3 dicembre" in page.text
    assert "16:30–17:30" in page.text
    assert "orario chiesto" in page.text
    assert "In questa settimana non c’è nessun colloquio." in page.follow("Dopo").text
    assert browser.get("/meetings/calendar?week=2026-W99").status == 200
    with time_machine.travel(datetime(2026, 11, 29, 9, 0, tzinfo=UTC)):  # a Sunday
        assert "Benali" in browser.sign_in(place.lucia).get("/meetings/calendar").text
    assert "Salma" not in browser.sign_in(MeetingPlace().lucia).get("/meetings/calendar?week=2026-W49").text


def test_without_hours_a_draft_can_be_kept(browser: Browser, place: MeetingPlace, database: Session) -> None:
    database.delete(place.budget)
    browser.sign_in(place.paola)
    page = _form(browser, place).page
    assert "Non c’è ancora un monte ore per quest’anno." in page.text
    refused = _filled(page.form("Invia al referente")).send()
    assert "Manca il monte ore: lo assegna l’Ufficio di Piano." in refused.errors()
    assert database.scalar(select(func.count()).select_from(MeetingRequest)) == 0
    assert "Bozza salvata." in _filled(page.form("Salva bozza")).send().text


def test_with_two_budgets_one_is_chosen(browser: Browser, place: MeetingPlace, database: Session) -> None:
    other = factories.make_hour_budget(place.institute, granted_minutes=90)
    browser.sign_in(place.paola)
    form = _filled(_form(browser, place)).fill("Monte ore", str(other.id))
    form.send()
    assert database.scalars(select(MeetingRequest)).one().budget_id == other.id


def _statements(browser: Browser, address: str, statements: Callable[[], Any]) -> int:
    with statements() as seen:
        page: Page = browser.get(address)
    assert page.status == 200
    return len(seen)


def test_pages_cost_the_same_for_one_request_and_for_many(
    browser: Browser, place: MeetingPlace, statements: Callable[[], Any]
) -> None:
    addresses = ("/meetings", "/meetings/calendar?week=2026-W49", "/meetings/grants", "/budgets")
    place.request(S.WITH_PROVIDER)
    place.request(S.WITH_COORDINATOR)
    counts: list[list[int]] = []
    for _ in range(2):
        found = []
        for address in addresses:
            browser.sign_in(place.elena if address in {"/meetings/grants", "/budgets"} else place.lucia)
            browser.get(address)
            found.append(_statements(browser, address, statements))
        counts.append(found)
        for _more in range(4):
            place.request(S.WITH_COORDINATOR)
            place.request(S.WITH_PROVIDER)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 6


def test_a_mediator_says_that_it_was_held(browser: Browser, place: MeetingPlace) -> None:
    request = place.request(S.CONFIRMED)
    with time_machine.travel(ENDS, tick=False):
        browser.sign_in(place.nadia)
        done = browser.get(f"/meetings/{request.id}").form("Il colloquio c’è stato").send()
    assert "Il colloquio c’è stato: aspettiamo la relazione" in done.text


def test_from_the_page_one_prints_the_letter_and_subscribes_to_the_calendar(
    browser: Browser, place: MeetingPlace
) -> None:
    request = place.request(S.CONFIRMED)
    browser.sign_in(place.paola)
    assert browser.get(f"/meetings/{request.id}").follow("Lettera alla famiglia").status == 200
    assert browser.get("/meetings/calendar").follow("Nel tuo calendario").status == 200
    browser.sign_in(place.nadia)
    assert "Lettera alla famiglia" not in browser.get(f"/meetings/{request.id}").text


@pytest.mark.parametrize(
    ("who", "reads"),
    [("paola", True), ("lucia", True), ("marco", True), ("nadia", False), ("elena", False), ("lidia", False)],
)
def test_a_message_that_was_given_up_is_seen_by_who_can_telephone(
    browser: Browser, place: MeetingPlace, database: Session, who: str, reads: bool
) -> None:
    request = place.walked_to(MeetingState.PROPOSED)
    message = database.scalars(select(OutboxMessage).filter_by(to_address=place.nadia.email)).one()
    services.messages.claim(message.id)
    services.messages.was_not_sent(message.id, error="SMTPRecipientsRefused 550", for_good=True)
    page = browser.sign_in(getattr(place, who)).get(f"/meetings/{request.id}")
    assert (f"Un messaggio a {place.nadia.name} non è arrivato." in page.text) is reads
