"""Schools entered by hand, a school's own plessi, and projects."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from schoolapp import services
from schoolapp.blueprints.accounts.routes import PERMISSION_WORDS
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, FundingLine, Institute, Project, Site
from tests import factories
from tests.support.page import Browser


@pytest.fixture
def admin(browser: Browser) -> Browser:
    return browser.sign_in(factories.make_user(Role.ADMINISTRATOR))


@pytest.fixture
def school(database: Session) -> Institute:
    return factories.make_institute(name="IC Tirano")


@pytest.fixture
def coordinator(browser: Browser, school: Institute) -> Browser:
    return browser.sign_in(factories.make_user(Role.COORDINATOR, school))


def test_every_permission_has_its_words() -> None:
    assert set(PERMISSION_WORDS) == set(Permission)


def test_a_school_without_a_code_is_entered_by_hand(admin: Browser, database: Session) -> None:
    factories.make_comune(name="Teglio")
    form = admin.get("/institutes").follow("Nuova scuola").form("Salva").fill("Nome", "Scuola nel bosco")
    page = form.fill("Comune", "teglio").fill("Fino al", "31/08/2027").send()
    assert page.h1 == "Scuola nel bosco"
    assert "Teglio · senza codice" in page.text
    assert "Esiste fino al 31 agosto 2027" in page.text


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Nome", "", "Scrivi il nome."),
        ("Comune", "Atlantide", "Non conosciamo un comune con questo nome"),
        ("Codice meccanografico", "12", "Il codice ha due lettere della provincia"),
        ("Codice meccanografico", "SOIC80400N", "Questo codice è già di un’altra scuola."),
        ("E-mail della scuola", "boh", "L’indirizzo non è completo"),
        ("Fino al", "32/13/2026", "Questo giorno non esiste."),
    ],
)
def test_what_will_not_do_is_said_at_its_field_and_nothing_is_written(
    label: str, value: str, sentence: str, admin: Browser, database: Session
) -> None:
    factories.make_institute(code="SOIC80400N")
    before = database.scalar(select(func.count(Institute.id)))
    page = admin.get("/institutes/new").form("Salva").fill("Nome", "Scuola nel bosco").fill(label, value).send()
    assert page.status == 422
    assert any(sentence in error for error in page.errors()), page.errors()
    assert database.scalar(select(func.count(Institute.id))) == before


def test_a_code_is_kept_in_capitals(admin: Browser, database: Session) -> None:
    form = admin.get("/institutes/new").form("Salva").fill("Nome", "IC Bormio")
    form.fill("Codice meccanografico", "soic 80500d").send()
    assert database.scalars(select(Institute.code).where(Institute.name == "IC Bormio")).one() == "SOIC80500D"


def test_the_administration_searches_every_school(admin: Browser) -> None:
    factories.make_institute(name="IC Bormio")
    factories.make_institute(name="IC Tirano", comune_id=factories.make_comune(name="Tirano").id)
    assert [row[0] for row in admin.get("/institutes?q=TIR").rows("1 scuola")] == ["IC Tirano"]
    assert "Nessuna scuola corrisponde" in admin.get("/institutes?q=%25").text


def test_a_coordinator_sees_and_changes_the_own_school_only(coordinator: Browser, school: Institute) -> None:
    other = factories.make_institute(name="IC Altrove")
    site = factories.make_site(other)
    page = coordinator.get("/institutes")
    assert [row[0] for row in page.rows()] == ["IC Tirano"]
    assert coordinator.request("GET", f"/institutes/{other.id}").status_code == 404
    assert coordinator.request("GET", f"/institutes/{other.id}/sites/{site.id}/edit").status_code == 404
    assert coordinator.request("GET", f"/institutes/{school.id}/sites/{site.id}/edit").status_code == 404
    assert coordinator.request("GET", f"/institutes/{school.id}/edit").status_code == 403
    assert coordinator.request("GET", "/institutes/new").status_code == 403


def test_a_plesso_without_a_code_opens_and_closes(coordinator: Browser, database: Session, school: Institute) -> None:
    page = coordinator.get(f"/institutes/{school.id}").follow("Nuovo plesso")
    page = page.form("Salva").fill("Nome", "Primaria Stazzona").fill("Tipo di scuola", "scuola primaria").send()
    assert "Primaria Stazzona Scuola primaria · senza codice" in page.text
    closed = page.follow("Cambia").form("Salva").fill("Fino al", "31/08/2026").send()
    assert "Chiuso dopo il 31/08/2026" in closed.text
    site = database.scalars(select(Site).where(Site.name == "Primaria Stazzona")).one()
    actions = database.scalars(select(AuditEvent.action).where(AuditEvent.subject == "site")).all()
    assert site.institute_id == school.id
    assert actions[-2:] == ["created", "changed"]


def test_two_plessi_of_a_school_do_not_share_a_name(coordinator: Browser, school: Institute) -> None:
    factories.make_site(school, name="Primaria Stazzona")
    page = coordinator.get(f"/institutes/{school.id}/sites/new").form("Salva").fill("Nome", "Primaria Stazzona").send()
    assert page.errors() == ["La scuola ha già un plesso con questo nome."]


def test_a_name_of_another_schools_plesso_is_free(coordinator: Browser, database: Session, school: Institute) -> None:
    factories.make_site(name="Primaria Centro")
    form = coordinator.get(f"/institutes/{school.id}/sites/new").form("Salva")
    assert form.fill("Nome", "Primaria Centro").send().status == 200
    assert database.scalars(select(Site.name).where(Site.institute_id == school.id)).all() == ["Primaria Centro"]


def test_a_plesso_does_not_close_before_it_opens(coordinator: Browser, database: Session, school: Institute) -> None:
    form = coordinator.get(f"/institutes/{school.id}/sites/new").form("Salva").fill("Nome", "Primaria Centro")
    page = form.fill("Esiste dal", "01/09/2026").fill("Fino al", "31/08/2026").send()
    assert (page.status, page.errors()) == (422, ["La fine viene prima dell’inizio: controlla le date."])
    assert database.scalar(select(func.count(Site.id))) == 0


def test_a_plesso_is_changed_under_its_own_school_only(database: Session, school: Institute) -> None:
    other = factories.make_site(name="Primaria Altrove")
    with pytest.raises(NoResultFound):
        services.institutes.change_site(school.id, other.id, services.institutes.SchoolFacts(name="Preso"))
    assert other.name == "Primaria Altrove"


def test_a_project_and_its_funding_lines(admin: Browser, database: Session) -> None:
    form = admin.get("/projects").follow("Nuovo progetto").form("Salva").fill("Titolo", "Lab’Impact 2")
    page = form.fill("Codice del progetto", "PROG-1").fill("CUP", "E00E").send()
    page = page.form("Aggiungi la linea").fill("Linea di finanziamento", "FAMI 2021-2027 Lab").send()
    assert "Linea di finanziamento aggiunta" in page.text
    again = page.form("Aggiungi la linea").fill("Linea di finanziamento", "FAMI 2021-2027 Lab").send()
    assert again.status == 422
    assert again.errors() == ["C’è già una linea di finanziamento con questo nome."]
    assert "codice PROG-1 · CUP E00E" in admin.get("/projects").text
    project = database.scalars(select(Project).where(Project.title == "Lab’Impact 2")).one()
    assert (
        database.scalars(select(FundingLine.project_id).where(FundingLine.name == "FAMI 2021-2027 Lab")).one()
        == project.id
    )


def test_a_project_ends_after_it_begins(admin: Browser) -> None:
    form = admin.get("/projects/new").form("Salva").fill("Titolo", "X").fill("Dal", "2026-09-01")
    page = form.fill("Fino al", "2026-08-01").send()
    assert page.errors() == ["La fine viene prima dell’inizio: controlla le date."]


def test_a_school_says_how_its_papers_come_out(coordinator: Browser, database: Session, school: Institute) -> None:
    page = coordinator.get(f"/institutes/{school.id}")
    assert "a mano, sulla riga" in page.text
    form = page.follow("Cambia i documenti").form("Salva").fill("Indirizzo", "Via Roma 1, 23037 Tirano")
    page = form.choose("Stampa il nome del dirigente al posto della firma").send()
    assert "Via Roma 1, 23037 Tirano" in page.text
    assert "a mezzo stampa" in page.text
    assert database.get_one(Institute, school.id).printed_signature
    too_long = page.follow("Cambia i documenti").form("Salva").fill("Indirizzo", "x" * 161).send()
    assert too_long.errors() == ["Al massimo 160 caratteri."]
    other = factories.make_institute()
    assert coordinator.request("GET", f"/institutes/{other.id}/papers").status_code == 404
