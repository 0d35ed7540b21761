"""Printing a letter to a family, answering it from a telephone, and confirming its sentences."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.domain.letters import bank
from schoolapp.domain.letters.kinds import LetterKind, sentences_of
from schoolapp.domain.links import LinkPurpose
from schoolapp.domain.meeting_steps import MeetingAction, MeetingState
from schoolapp.domain.meetings import AppointmentState, LanguageLevel, MeetingMode
from schoolapp.domain.roles import Role
from schoolapp.models import (
    Appointment,
    CheckedSentence,
    FamilyLetter,
    MediatorLanguage,
    MeetingEvent,
    MeetingRequest,
    OutboxMessage,
    PersonalLink,
)
from tests import factories
from tests.support.letters import make_letter
from tests.support.meetings import MeetingPlace
from tests.support.page import Browser

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OLD_PHONE = {"User-Agent": "Nokia6300/2.0"}


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def place(place: MeetingPlace, database: Session) -> MeetingPlace:
    place.pupil.letters_language = "ar"
    database.flush()
    return place


def confirmed(place: MeetingPlace, **values: object) -> MeetingRequest:
    request = factories.make_meeting_request(
        place.institute,
        **{"pupil": place.pupil, "requester_id": place.paola.id, "state": MeetingState.CONFIRMED, **values},
    )
    factories.make_appointment(request, place.nadia, state=AppointmentState.CONFIRMED)
    return request


def family_link(request: MeetingRequest, database: Session, **values: object) -> str:
    factories.make_family_letter(request, contents=make_letter(language="ur", first_name="Yasmine"))
    appointment = database.scalars(select(Appointment).filter_by(request_id=request.id)).one()
    secret = services.links.make(
        **{
            "purpose": LinkPurpose.FAMILY_ANSWER,
            "request_id": request.id,
            "appointment_id": appointment.id,
            "expires_at": appointment.ends_at,
            **values,
        }
    )
    return f"/f/{secret}"


def test_the_building_is_named_once_when_who_asks_wrote_it_as_the_place(browser: Browser, place: MeetingPlace) -> None:
    site = place.school_class.site
    request = confirmed(place)
    request.place = site.name
    page = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter")
    assert page.text.count(site.name) == 1


def test_a_teacher_prints_the_invitation_in_the_language_of_the_family(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = confirmed(place)
    page = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter")
    assert "Giovedì 3 dicembre" in page.text
    assert "16:30" in page.text
    form = page.form("Stampa la lettera").fill("Telefono della scuola", "0342 000000")
    answer = browser.request("POST", f"/meetings/{request.id}/letter", data=form.values)
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert len(PdfReader(BytesIO(answer.data)).pages) == 1
    letter = database.scalars(select(FamilyLetter)).one()
    assert answer.headers["Content-Disposition"] == f'inline; filename="lettera-{letter.id}-ar.pdf"'
    assert (letter.kind, letter.language, letter.bank_version) == ("invitation", "ar", bank.BANK_VERSION)
    assert (letter.pupil_id, letter.request_id, letter.printed_by_id) == (
        place.pupil.id,
        request.id,
        place.paola.id,
    )
    assert letter.contents["people"] == "Paola Gerosa"
    assert letter.contents["start"] == "16:30:00"
    link = database.scalars(select(PersonalLink)).one()
    assert link.expires_at == datetime(2026, 12, 3, 16, 30, tzinfo=UTC)
    again = browser.get(f"/meetings/{request.id}/letter")
    assert "Invito al colloquio, arabo" in again.text
    assert "0342 000000" in [node.get("value") for node in again.root.all("input")]


def test_what_does_not_fit_is_said_and_nothing_is_kept(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = confirmed(place)
    page = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter")
    for label, typed, said in (
        ("Telefono della scuola", "", "Scrivi il telefono della scuola: le famiglie lo chiamano."),
        ("Telefono della scuola", "chiedere", "Scrivi il telefono della scuola: le famiglie lo chiamano."),
        ("Risposta entro", "2026-12-04", "La risposta serve prima dell’incontro."),
        ("Risposta entro", "2026-11-20", "Questo giorno è già passato."),
        ("Chi ci sarà della scuola", "Elena " * 25, "Al massimo 120 lettere."),
    ):
        form = page.form("Stampa la lettera").fill("Telefono della scuola", "0342 000000").fill(label, typed)
        refused = form.send()
        assert refused.status == 422
        assert any(said in error for error in refused.errors())
    assert database.scalar(select(func.count(FamilyLetter.id))) == 0
    assert database.scalar(select(func.count(PersonalLink.id))) == 0


def test_a_language_that_is_not_offered_is_refused(browser: Browser, place: MeetingPlace) -> None:
    request = confirmed(place)
    form = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter").form("Stampa la lettera")
    values = {**form.fill("Telefono della scuola", "0342 000000").values, "language": "../../etc"}
    assert browser.request("POST", f"/meetings/{request.id}/letter", data=values).status_code == 422


def test_before_a_mediator_has_confirmed_there_is_no_letter(browser: Browser, place: MeetingPlace) -> None:
    request = factories.make_meeting_request(place.institute, pupil=place.pupil, requester_id=place.paola.id)
    page = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter")
    assert "La lettera si stampa quando il mediatore ha confermato l’incontro." in page.text


def test_a_meeting_that_was_moved_offers_that_letter_first(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = confirmed(place)
    for action, to_state in (
        (MeetingAction.ACCEPT, MeetingState.CONFIRMED),
        (MeetingAction.MOVE, MeetingState.MOVED),
        (MeetingAction.ACCEPT, MeetingState.CONFIRMED),
    ):
        database.add(MeetingEvent(request_id=request.id, at=NOW, action=action, to_state=to_state, reason="malattia"))
        database.flush()
    page = browser.sign_in(place.lucia).get(f"/meetings/{request.id}/letter")
    chosen = [node.get("value") for node in page.root.all("input") if "checked" in node.attributes]
    assert chosen == ["moved"]


def test_a_cancelled_meeting_has_the_letter_that_says_so_and_no_link(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = confirmed(place, state=MeetingState.CANCELLED)
    assert "La lettera si stampa quando" in browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter").text
    agreed = MeetingEvent(request_id=request.id, at=NOW, action=MeetingAction.ACCEPT, to_state=MeetingState.CONFIRMED)
    database.add(agreed)
    database.flush()
    database.expire(request)
    page = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter")
    form = page.form("Stampa la lettera").fill("Telefono della scuola", "0342 000000")
    assert browser.request("POST", f"/meetings/{request.id}/letter", data=form.values).status_code == 200
    assert database.scalars(select(FamilyLetter.kind)).all() == ["cancelled"]
    assert database.scalar(select(func.count(PersonalLink.id))) == 0


def test_a_service_that_names_no_pupil_has_no_letter(browser: Browser, place: MeetingPlace) -> None:
    request = factories.make_meeting_request(
        place.institute, pupil=None, reason="class_assembly", class_id=place.school_class.id
    )
    assert browser.sign_in(place.lucia).get(f"/meetings/{request.id}/letter").status == 404


def test_the_request_leads_to_its_letter_only_when_there_is_one(browser: Browser, place: MeetingPlace) -> None:
    draft = factories.make_meeting_request(place.institute, pupil=place.pupil, requester_id=place.paola.id)
    ready = confirmed(place)
    browser.sign_in(place.paola)
    assert "Lettera alla famiglia" not in browser.get(f"/meetings/{draft.id}").links()
    assert "Lettera alla famiglia" in browser.get(f"/meetings/{ready.id}").links()
    assert "Lettera alla famiglia" not in browser.sign_in(place.nadia).get(f"/meetings/{ready.id}").links()


def test_another_teacher_of_the_school_does_not_find_it(browser: Browser, place: MeetingPlace) -> None:
    request = confirmed(place)
    other = factories.make_user(Role.TEACHER, place.institute)
    assert browser.sign_in(other).get(f"/meetings/{request.id}/letter").status == 404


def test_letters_about_a_workshop_start_from_the_pupil(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    workshop = factories.make_workshop(place.institute, title="Italiano per studiare")
    factories.make_slot(workshop)
    factories.make_enrolment(workshop, place.pupil)
    page = browser.sign_in(place.lucia).get(f"/pupils/{place.pupil.id}").follow("Lettera alla famiglia")
    form = page.form("Stampa la lettera").choose("Inizio del laboratorio")
    form.fill("Telefono della scuola", "0342 000000").fill("Lingua accanto all’italiano", "ti")
    answer = browser.request("POST", f"/pupils/{place.pupil.id}/letter", data=form.values)
    assert answer.content_type == "application/pdf"
    letter = database.scalars(select(FamilyLetter)).one()
    assert (letter.kind, letter.language, letter.request_id) == ("workshop", "ti", None)
    assert letter.contents["slots"] == [[0, "10:30:00", "12:00:00"]]


def test_a_workshop_of_another_pupil_is_refused(browser: Browser, place: MeetingPlace) -> None:
    factories.make_enrolment(factories.make_workshop(place.institute), place.pupil)
    other = factories.make_workshop()
    form = browser.sign_in(place.lucia).get(f"/pupils/{place.pupil.id}/letter").form("Stampa la lettera")
    values = {**form.fill("Telefono della scuola", "0342 000000").values, "workshop_id": str(other.id)}
    assert browser.request("POST", f"/pupils/{place.pupil.id}/letter", data=values).status_code == 422


def test_a_pupil_without_a_workshop_has_no_such_letter(browser: Browser, place: MeetingPlace) -> None:
    page = browser.sign_in(place.lucia).get(f"/pupils/{place.pupil.id}/letter")
    assert "quando l’alunno è iscritto a un laboratorio" in page.text


def test_a_meeting_on_the_phone_names_no_building(browser: Browser, place: MeetingPlace, database: Session) -> None:
    request = confirmed(place, mode=MeetingMode.PHONE)
    page = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter")
    form = page.form("Stampa la lettera").fill("Telefono della scuola", "0342 000000")
    browser.request("POST", f"/meetings/{request.id}/letter", data=form.values)
    assert database.scalars(select(FamilyLetter)).one().contents["place"] == ["Al telefono"]


def test_it_says_first_name_day_time_and_place_in_the_familys_language(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    address = family_link(confirmed(place), database)
    page = browser.get(address, headers=OLD_PHONE)
    assert page.h1 == bank.sentence("ur", "page_title")
    document = page.root.all("html")[0]
    assert (document.get("lang"), document.get("dir")) == ("ur", "rtl")
    for word in ("Yasmine", "16:30", "14/01/2027", "جمعرات", "Scuola «Ada Negri»"):
        assert word in page.text
    for hidden in ("El Amrani", "2A", "Elena Bianchi", "Valle Serena", "0342"):
        assert hidden not in page.text
    assert page.root.all("script") == []
    assert "noindex" in page.response.headers["X-Robots-Tag"]


def test_looking_answers_nothing(browser: Browser, place: MeetingPlace, database: Session) -> None:
    address = family_link(confirmed(place), database)
    for _ in range(3):
        assert browser.get(address).status == 200
    assert database.scalars(select(PersonalLink)).one().used_at is None


def test_one_answer_is_taken_and_seen_by_who_asked(browser: Browser, place: MeetingPlace, database: Session) -> None:
    request = confirmed(place)
    address = family_link(request, database)
    copy = family_link(request, database)
    thanks = browser.get(address).form(bank.sentence("ur", "reply_other_day")).send()
    assert bank.sentence("ur", "page_thanks") in thanks.text
    for used in (address, copy):
        assert browser.get(used).status == 410
    assert browser.request("POST", address, data={"answer": "yes"}).status_code == 400  # without its token
    page = browser.sign_in(place.paola).get(f"/meetings/{request.id}/letter")
    assert "La famiglia chiede un altro giorno." in page.text
    message = database.scalars(select(OutboxMessage)).one()
    assert message.to_address == place.paola.email
    page = page.follow(f"Richiesta {message.subject.split()[1][:-1]}")
    assert "La famiglia chiede un altro giorno." in page.text
    assert page.follow("Lettera alla famiglia").status == 200
    assert message.subject.endswith("la famiglia ha risposto")
    assert "Yasmine" not in message.subject + message.body


def test_an_answer_that_is_none_of_the_three_asks_again(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    address = family_link(confirmed(place), database)
    form = browser.get(address).form(bank.sentence("ur", "reply_yes"))
    values = {**form.values, "answer": "maybe"}
    assert browser.request("POST", address, data=values).status_code == 422
    assert database.scalars(select(PersonalLink)).one().used_at is None


@pytest.mark.parametrize(
    ("accepted", "language"), [("ur-PK,ur;q=0.9", "ur"), ("zh-Hans-CN, zh-Hans", "zh"), ("xx", "it"), ("", "it")]
)
def test_a_made_up_link_reads_like_one_that_is_over(
    browser: Browser, database: Session, accepted: str, language: str
) -> None:
    page = browser.get("/f/AAAAAAAAAAAAAAAAAAAAAA", headers={"Accept-Language": accepted})
    assert page.status == 410
    assert bank.sentence(language, "page_over") in page.text


def test_a_link_ends_with_its_meeting_and_with_its_appointment(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = confirmed(place)
    address = family_link(request, database)
    with time_machine.travel(datetime(2026, 12, 3, 16, 31, tzinfo=UTC)):
        assert browser.get(address).status == 410
    assert browser.get(address).status == 200
    appointment = database.scalars(select(Appointment)).one()
    appointment.state = AppointmentState.CANCELLED
    request.state = MeetingState.MOVED
    database.flush()
    assert browser.get(address).status == 410


def test_a_mediators_link_is_no_familys(browser: Browser, place: MeetingPlace, database: Session) -> None:
    address = family_link(confirmed(place), database, purpose=LinkPurpose.MEDIATOR_ANSWER)
    assert browser.get(address).status == 410


def test_an_answer_without_its_token_is_not_taken(browser: Browser, place: MeetingPlace, database: Session) -> None:
    address = family_link(confirmed(place), database)
    assert browser.request("POST", address, data={"answer": "yes"}).status_code == 400
    assert database.scalars(select(PersonalLink)).one().used_at is None


@pytest.mark.parametrize("language", bank.LETTER_LANGUAGES)
def test_every_language_has_its_page(browser: Browser, place: MeetingPlace, database: Session, language: str) -> None:
    request = confirmed(place)
    factories.make_family_letter(request, contents=make_letter(language=language))
    appointment = database.scalars(select(Appointment)).one()
    secret = services.links.make(
        purpose=LinkPurpose.FAMILY_ANSWER,
        request_id=request.id,
        appointment_id=appointment.id,
        expires_at=appointment.ends_at,
    )
    page = browser.get(f"/f/{secret}")
    for answer in ("reply_yes", "reply_other_day", "reply_call"):
        assert bank.sentence(language, answer) in page.text


def test_a_mediator_confirms_sentence_by_sentence_in_own_languages(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    page = browser.sign_in(place.nadia).get("/").follow("Traduzioni")
    assert f"frasi confermate 0 su {len(bank.SENTENCES['ar'])}" in page.text
    assert bank.sentence("ar", "mediator_free") in page.text
    page = page.form("È giusta 7").send()
    assert "Frase confermata." in page.text
    assert "frasi confermate 1 su" in page.text
    row = database.scalars(select(CheckedSentence)).one()
    assert (row.language, row.sentence, row.version) == ("ar", list(bank.SENTENCES["ar"])[6], 1)
    assert row.checked_by_id == place.nadia.id
    page.form("Togli la conferma 7").send()
    assert database.scalar(select(func.count(CheckedSentence.id))) == 0


def test_confirming_twice_is_confirming_once(browser: Browser, place: MeetingPlace, database: Session) -> None:
    form = browser.sign_in(place.nadia).get("/translations").form("È giusta 7")
    form.send()
    form.send()
    assert database.scalar(select(func.count(CheckedSentence.id))) == 1


def test_a_language_that_is_not_theirs_does_not_exist(browser: Browser, place: MeetingPlace, database: Session) -> None:
    database.add(MediatorLanguage(user_id=place.nadia.id, language="fr", level=LanguageLevel.BASIC))
    database.flush()
    form = browser.sign_in(place.nadia).get("/translations").form("È giusta 7")
    for language in ("zh", "fr", "it", "xx"):
        assert browser.get(f"/translations?language={language}").status == 404
        values = {**form.values, "language": language}
        assert browser.request("POST", "/translations", data=values).status_code == 404
    assert database.scalar(select(func.count(CheckedSentence.id))) == 0


def test_a_sentence_that_has_changed_meanwhile_is_read_again(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    form = browser.sign_in(place.nadia).get("/translations").form("È giusta 7")
    for wrong in ({"version": "2"}, {"version": "x"}, {"sentence": "no_such"}):
        answer = browser.request("POST", "/translations", data={**form.values, **wrong}, follow_redirects=True)
        assert "Intanto questa frase è cambiata" in answer.get_data(as_text=True)
    assert database.scalar(select(func.count(CheckedSentence.id))) == 0


def test_a_mediator_of_a_language_we_do_not_write_reads_so(browser: Browser, place: MeetingPlace) -> None:
    somali = factories.make_mediator(place.provider, languages=("so",))
    assert "Qui ci sono le frasi delle lettere" in browser.sign_in(somali).get("/translations").text


def test_when_all_its_sentences_are_confirmed_the_letter_no_longer_says_unchecked(
    browser: Browser, place: MeetingPlace, database: Session
) -> None:
    request = confirmed(place)
    names = sorted(sentences_of(LetterKind.INVITATION))
    address = f"/meetings/{request.id}/letter"

    def printed() -> bool:
        form = browser.sign_in(place.paola).get(address).form("Stampa la lettera")
        browser.request("POST", address, data=form.fill("Telefono della scuola", "0342 000000").values)
        last = select(FamilyLetter).order_by(FamilyLetter.id.desc()).limit(1)
        return bool(database.scalars(last).one().contents["checked"])

    for name in names[:-1]:
        services.sentences.check("ar", name, version=1, by_id=place.nadia.id, at=NOW)
    assert not printed()
    services.sentences.check("ar", names[-1], version=1, by_id=place.nadia.id, at=NOW)
    assert printed()


def test_the_hours_of_a_letter_are_those_of_the_school(place: MeetingPlace, database: Session) -> None:
    request = confirmed(place)
    from schoolapp.queries import letters

    draft = letters.of_meeting(place.teacher, request.id)
    assert draft.start == time(16, 30)  # 15:30 in Greenwich
    assert draft.minutes == 60


def test_the_questions_of_the_page_do_not_grow_with_the_letters_printed(
    browser: Browser, place: MeetingPlace, database: Session, statements: Callable[[], Any]
) -> None:
    request = confirmed(place)
    browser.sign_in(place.paola)
    counts = []
    for _ in range(3):
        family_link(request, database)
        database.expire_all()
        with statements() as seen:
            browser.get(f"/meetings/{request.id}/letter")
        counts.append(len(seen))
    assert len(set(counts)) == 1
    assert counts[0] <= 16
