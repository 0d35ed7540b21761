"""Accounts, roles in places, and the page of one's own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask_security import hash_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, Membership, User
from tests import factories
from tests.support.mailbox import Mailbox
from tests.support.page import Browser, Page

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def admin(browser: Browser) -> Browser:
    return browser.sign_in(factories.make_user(Role.ADMINISTRATOR, name="Giovanni Corvi"))


def create(admin: Browser, name: str = "Olga Rossi", email: str = "olga@example.org") -> Page:
    return admin.get("/accounts/new").form("Crea l’accesso").fill("Nome e cognome", name).fill("E-mail", email).send()


def found(database: Session, email: str) -> User:
    return database.scalars(select(User).where(User.email == email)).one()


def test_the_list_is_searched_without_accents_and_case(admin: Browser) -> None:
    factories.make_user(Role.TEACHER, name="Niccolò D’Angelo")
    factories.make_user(Role.TEACHER, name="Marta Bianchi")
    page = admin.get("/accounts?q=NICCOLO+angelo")
    assert [row[0].split(" persona")[0] for row in page.rows("1 accesso")] == ["Niccolò D’Angelo"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=head", ["Zoe Dirige"]),
        ("state=switched_off", ["Zoe Spenta"]),
        ("state=without_role&q=zoe", ["Zoe Senza"]),
        ("q=nessuno", None),
        ("role=' OR 1=1&state=x&page=-3&q=zoe+dirige", ["Zoe Dirige"]),
        ("page=abc&q=zoe+dirige", ["Zoe Dirige"]),
        ("q=%25&role=head", ["Zoe Dirige"]),
    ],
)
def test_the_list_is_filtered_by_words_it_knows(query: str, names: list[str] | None, admin: Browser) -> None:
    factories.make_user(Role.HEAD, name="Zoe Dirige")
    factories.make_user(Role.TEACHER, name="Zoe Spenta", active=False)
    factories.make_user(name="Zoe Senza")
    page = admin.get(f"/accounts?{query}")
    assert page.status == 200
    if names is None:
        assert "Nessun accesso corrisponde" in page.text
    else:
        assert [row[0].split(" persona")[0] for row in page.rows()] == names


def test_the_list_takes_as_many_statements_for_sixty_accounts_as_for_one(
    admin: Browser, statements: Callable[[], Any]
) -> None:
    with statements() as few:
        admin.get("/accounts")
    for _ in range(60):
        factories.make_user(Role.TEACHER)
    with statements() as many:
        page = admin.get("/accounts")
    assert len(many) == len(few) <= 4
    assert "Pagina 1 di 2" in page.text
    assert len(page.follow("Successiva").rows()) == 11


def test_without_mail_a_new_account_shows_its_link_once(admin: Browser, app: Flask, database: Session) -> None:
    page = create(admin)
    link = next(node.get("value") for node in page.root.all("input") if node.get("id") == "handed-over")
    assert link.startswith("http://localhost/welcome/")
    assert not [n for n in admin.get(page.url).root.all("input") if n.get("id") == "handed-over"]
    person = Browser(app, database)
    form = person.get(link).form("Salva la password").fill("Password nuova", "tetto verde lungo mare")
    assert "Adesso entra" in form.fill("Scrivila un’altra volta", "tetto verde lungo mare").send().text
    inside = person.get("/sign-in").form("Entra").fill("E-mail", "olga@example.org")
    assert "Olga Rossi" in inside.fill("Password", "tetto verde lungo mare").send().text
    assert "già stato usato o è scaduto" in Browser(app, database).get(link).text


def test_opening_a_link_changes_nothing_and_after_a_week_it_is_void(
    admin: Browser, app: Flask, database: Session, monday: Any
) -> None:
    page = create(admin)
    link = next(node.get("value") for node in page.root.all("input") if node.get("id") == "handed-over")
    for _ in range(3):  # mail scanners, previews
        assert Browser(app, database).get(link).h1 == "Scegli una password nuova"
    monday.move_to(date(2026, 12, 2))
    assert Browser(app, database).get(link).h1 == "Entra"


def test_with_mail_a_new_account_gets_a_message(admin: Browser, app: Flask) -> None:
    with Mailbox() as mailbox:
        app.config["SMTP_URL"] = mailbox.url
        try:
            page = create(admin)
            message = mailbox.next()
        finally:
            app.config["SMTP_URL"] = ""
    assert "Abbiamo mandato a olga@example.org" in page.text
    assert "/welcome/" in message.get_content()
    assert not [n for n in page.root.all("input") if n.get("id") == "handed-over"]


def test_where_the_mail_server_fails_the_link_is_shown(admin: Browser, app: Flask) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    try:
        page = create(admin)
    finally:
        app.config["SMTP_URL"] = ""
    assert [n for n in page.root.all("input") if n.get("id") == "handed-over"]


def test_an_address_with_an_account_is_refused_and_that_account_stays_as_it_is(
    admin: Browser, database: Session
) -> None:
    """B2: an invitation never overwrites."""
    factories.make_user(Role.HEAD, name="Lidia Marini", email="lidia@example.org", password="kept")
    page = create(admin, name="Altra Persona", email="Lidia@Example.org")
    assert page.status == 422
    assert page.errors() == ["Con questo indirizzo c’è già un accesso."]
    assert page.form("Crea l’accesso").values["name"] == ["Altra Persona"]
    kept = found(database, "lidia@example.org")
    assert (kept.name, kept.password, len(kept.memberships)) == ("Lidia Marini", "kept", 1)


@pytest.mark.parametrize(
    ("name", "email", "sentence"),
    [
        ("", "olga@example.org", "Scrivi nome e cognome."),
        ("Olga", "", "Scrivi l’e-mail con cui la persona entra."),
        ("Olga", "olga", "L’indirizzo non è completo"),
        ("O" * 121, "olga@example.org", "Al massimo 120 caratteri."),
    ],
)
def test_what_is_missing_is_said_at_its_field(name: str, email: str, sentence: str, admin: Browser) -> None:
    page = create(admin, name, email)
    assert page.status == 422
    assert any(sentence in error for error in page.errors())


def test_fields_that_the_page_does_not_have_are_ignored(admin: Browser, database: Session) -> None:
    """B1: mass assignment."""
    form = admin.get("/accounts/new").form("Crea l’accesso")
    form.fill("Nome e cognome", "Olga Rossi").fill("E-mail", "olga@example.org")
    form.values |= {
        "role": ["administrator"],
        "institute_id": ["1"],
        "password": ["x"],
        "active": [""],
        "id": ["1"],
        "memberships-0-role": ["administrator"],
    }
    form.send()
    made = found(database, "olga@example.org")
    assert (made.password, made.active, made.memberships) == (None, True, [])


def test_a_person_cannot_change_the_own_roles_anywhere(browser: Browser, database: Session) -> None:
    """B1: extra fields on the pages of one's own are as if they were not there."""
    teacher = factories.make_user(Role.TEACHER, password=hash_password("tetto verde lungo mare"))
    browser.sign_in(teacher)
    form = browser.get("/account").form("English")
    form.values |= {"role": ["administrator"], "institute_id": ["1"], "active": [""], "email": ["x@example.org"]}
    form.send()
    assert browser.request("POST", "/account", data=form.values).status_code in {400, 405}
    kept = database.get_one(User, teacher.id)
    assert [held.role for held in kept.memberships] == [Role.TEACHER]
    assert kept.email == teacher.email


def test_a_role_is_given_in_a_place_that_was_searched_for(admin: Browser, database: Session) -> None:
    tirano = factories.make_institute(name="IC Tirano", comune_id=factories.make_comune(name="Tirano").id)
    factories.make_institute(name="IC Bormio")
    user = factories.make_user(name="Olga Rossi")
    page = admin.get(f"/accounts/{user.id}").follow("Dai un ruolo")
    page = page.form("Continua").fill("Ruolo", "referente intercultura").fill("Dove", "tirano").send()
    assert "IC Bormio" not in page.text
    done = page.form("Dai il ruolo").choose("IC Tirano · Tirano").send()
    assert "referente intercultura · IC Tirano" in done.text
    assert "dal 23 novembre 2026" in done.text
    held = database.scalars(select(Membership).where(Membership.user_id == user.id)).one()
    assert (held.role, held.institute_id, held.valid_from) == (Role.COORDINATOR, tirano.id, TODAY)


def test_who_asks_for_a_service_is_given_that_service_and_its_ambito(admin: Browser, database: Session) -> None:
    service = factories.make_service(name="Ambulatorio vaccinazioni")
    factories.make_service(name="Servizio sociale di base")
    user = factories.make_user(name="Olga Rossi")
    page = admin.get(f"/accounts/{user.id}").follow("Dai un ruolo")
    page = page.form("Continua").fill("Ruolo", "servizio richiedente").fill("Dove", "vacc").send()
    assert "Servizio sociale di base" not in page.text
    done = page.form("Dai il ruolo").choose("Ambulatorio vaccinazioni").send()
    assert "servizio richiedente · Ambulatorio vaccinazioni" in done.text
    held = database.scalars(select(Membership).where(Membership.user_id == user.id)).one()
    assert (held.role, held.service_id, held.ambito_id) == (Role.SERVICE_REQUESTER, service.id, service.ambito_id)


def test_a_role_that_holds_everywhere_asks_for_no_place(admin: Browser, database: Session) -> None:
    user = factories.make_user()
    page = admin.get(f"/accounts/{user.id}/roles/new?role=region_viewer")
    page.form("Dai il ruolo").send()
    assert database.scalars(select(Membership.role).where(Membership.user_id == user.id)).all() == [Role.REGION_VIEWER]


@pytest.mark.parametrize("tampered", ["999999", "x", ""])
def test_a_place_that_was_not_offered_is_refused(tampered: str, admin: Browser, database: Session) -> None:
    factories.make_institute(name="IC Tirano")
    user = factories.make_user()
    form = admin.get(f"/accounts/{user.id}/roles/new?role=teacher&place=tirano").form("Dai il ruolo")
    form.values["place"] = [tampered]
    assert form.send().status == 422
    assert database.scalar(select(func.count(Membership.id)).where(Membership.user_id == user.id)) == 0


def test_the_same_role_is_not_given_twice_in_the_same_days(admin: Browser) -> None:
    school = factories.make_institute(name="IC Tirano")
    user = factories.make_user(Role.TEACHER, school)
    form = (
        admin.get(f"/accounts/{user.id}/roles/new?role=teacher&place=tirano").form("Dai il ruolo").choose("IC Tirano")
    )
    assert form.send().errors() == ["In quei giorni la persona ha già questo ruolo nello stesso posto."]


def test_a_role_ends_on_a_day(admin: Browser, database: Session) -> None:
    user = factories.make_user(Role.TEACHER)
    page = admin.get(f"/accounts/{user.id}").follow("Metti una fine")
    page.form("Salva la fine").fill("Ultimo giorno", "2026-11-30").send()
    assert database.scalars(select(Membership.valid_to).where(Membership.user_id == user.id)).one() == date(
        2026, 11, 30
    )


def test_the_role_of_one_person_is_not_reached_through_another(admin: Browser) -> None:
    """A2: the child belongs to the parent of the address."""
    victim = factories.make_user(Role.TEACHER)
    other = factories.make_user()
    url = f"/accounts/{other.id}/roles/{victim.memberships[0].id}/end"
    assert admin.request("GET", url).status_code == 404


def test_switching_off_puts_the_person_out_and_switching_on_lets_them_in(
    admin: Browser, app: Flask, database: Session
) -> None:
    user = factories.make_user(Role.TEACHER)
    inside = Browser(app, database).sign_in(user)
    assert inside.request("GET", "/account").status_code == 200
    page = admin.get(f"/accounts/{user.id}").form("Spegni l’accesso").send()
    assert "Accesso spento" in page.text
    assert inside.request("GET", "/account", headers={"Accept": "text/html"}).status_code == 302
    assert "Accesso acceso" in page.form("Riaccendi l’accesso").send().text
    assert inside.request("GET", "/account", headers={"Accept": "text/html"}).status_code == 302  # the old session


def test_an_administrator_does_not_raise_or_end_themselves(admin: Browser, database: Session) -> None:
    user = found(database, factories.make_user(Role.ADMINISTRATOR).email)
    me = Browser(admin.app, database).sign_in(user)
    page = me.get(f"/accounts/{user.id}")
    assert "È il tuo accesso" in page.text
    form = me.get("/accounts").root.all("input")[0]
    assert form is not None
    token = me.get("/account").form("Esci").values["csrf_token"]
    for path in ("switch-off", "link"):
        me.post(f"/accounts/{user.id}/{path}", {"csrf_token": token})
    refused = me.get(f"/accounts/{user.id}/roles/new?role=region_viewer").form("Dai il ruolo").send()
    assert "Non puoi dare un ruolo a te" in refused.text
    ended = me.get(f"/accounts/{user.id}/roles/{user.memberships[0].id}/end").form("Salva la fine").send()
    assert "Non puoi togliere un ruolo a te" in ended.text
    kept = database.get_one(User, user.id)
    assert kept.active
    assert len(kept.memberships) == 1


def test_a_new_link_ends_the_old_password(admin: Browser, database: Session) -> None:
    user = factories.make_user(Role.TEACHER, password="old")
    page = admin.get(f"/accounts/{user.id}").form("Fai un collegamento nuovo").send()
    assert "Collegamento da consegnare" in page.text
    assert database.get_one(User, user.id).password is None


def test_every_change_of_an_account_is_in_the_audit_without_secrets(admin: Browser, database: Session) -> None:
    create(admin)
    user = found(database, "olga@example.org")
    admin.get(f"/accounts/{user.id}/edit").form("Salva").fill("Nome e cognome", "Olga Bianchi").send()
    events = database.scalars(
        select(AuditEvent).where(AuditEvent.subject == "user_account", AuditEvent.subject_id == user.id)
    ).all()
    assert [event.action for event in events] == ["created", "changed"]
    assert events[1].changes == {"name": ["Olga Rossi", "Olga Bianchi"]}
    assert all(event.user_id is not None for event in events)
    assert not {"password", "fs_uniquifier", "search_key"} & {key for event in events for key in event.changes}


def test_the_table_of_roles_is_said_in_words(admin: Browser) -> None:
    page = admin.get("/accounts").follow("Chi può fare che cosa")
    assert "fare l’appello e firmare" in page.text
    assert "Facilitazione linguistica" in page.text


def test_the_own_page_shows_the_own_roles(browser: Browser) -> None:
    school = factories.make_institute(name="IC Tirano")
    user = factories.make_user(Role.HEAD, school, name="Lidia Marini")
    page = browser.sign_in(user).get("/account")
    assert "dirigente scolastico · IC Tirano" in page.text
    assert page.follow("Cambia la password").h1 == "Cambia la password"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_gives_roles(role: Role, browser: Browser) -> None:
    user = factories.make_user(role)
    assert browser.sign_in(user).request("GET", f"/accounts/{user.id}/roles/new").status_code == 403
