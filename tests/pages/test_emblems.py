"""The emblems on the documents of a project, as its administrator puts them there."""

from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.models import AuditEvent, Project, ProjectEmblem
from tests import factories
from tests.support.emblems import picture_bytes
from tests.support.page import Browser, Page


@pytest.fixture
def admin(browser: Browser) -> Browser:
    return browser.sign_in(factories.make_user(Role.ADMINISTRATOR))


@pytest.fixture
def project(database: Session) -> Project:
    return factories.make_project()


def send(page: Page, name: str, file: tuple[str, bytes]) -> Page:
    filename, content = file
    return (
        page.form("Aggiungi l’emblema")
        .fill("Di chi è l’emblema", name)
        .fill("Immagine", (BytesIO(content), filename))
        .send()
    )


def test_an_emblem_is_added_shown_and_taken_away(admin: Browser, project: Project, database: Session) -> None:
    page = admin.get(f"/projects/{project.id}")
    assert "Ancora nessuno: i documenti escono senza fascia." in page.text
    page = send(page, "Unione europea", ("ue.jpg", picture_bytes((1600, 400), kind="JPEG")))
    assert "Emblema aggiunto" in page.text
    emblem = database.scalars(select(ProjectEmblem)).one()
    assert (emblem.position, emblem.width, emblem.height) == (1, 800, 200)
    picture = admin.request("GET", f"/projects/{project.id}/emblems/{emblem.id}/picture")
    assert picture.mimetype == "image/png"
    assert picture.data == emblem.png
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    page = page.form("Togli").send()
    assert "Emblema tolto: Unione europea." in page.text
    assert database.scalars(select(ProjectEmblem)).all() == []


def test_the_audit_tells_the_name_and_keeps_no_picture(admin: Browser, project: Project, database: Session) -> None:
    send(admin.get(f"/projects/{project.id}"), "Regione", ("r.png", picture_bytes()))
    event = database.scalars(select(AuditEvent).where(AuditEvent.subject == "project_emblem")).one()
    assert event.changes["name"] == [None, "Regione"]
    assert "png" not in event.changes


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("ue.svg", b"<svg><script>alert(1)</script></svg>", "Questo file non è un’immagine che si legge"),
        ("ue.png", b"<html>", "Questo file non è un’immagine che si legge"),
        ("ue.png", picture_bytes((30, 30)), "L’immagine è troppo piccola per la stampa"),
    ],
)
def test_what_is_not_a_picture_is_refused_and_the_name_stays(
    admin: Browser, project: Project, database: Session, name: str, content: bytes, sentence: str
) -> None:
    page = send(admin.get(f"/projects/{project.id}"), "Unione europea", (name, content))
    assert page.status == 422
    assert sentence in page.errors()[0]
    assert page.form("Aggiungi l’emblema").values["emblem_name"] == ["Unione europea"]
    assert database.scalars(select(ProjectEmblem)).all() == []


def test_a_full_band_says_so_and_takes_no_more(admin: Browser, project: Project, database: Session) -> None:
    before = admin.get(f"/projects/{project.id}")
    for position in range(1, 6):
        factories.make_project_emblem(project, position=position)
    assert "La fascia è piena" in admin.get(f"/projects/{project.id}").text
    late = send(before, "Uno di troppo", ("x.png", picture_bytes()))
    assert late.errors() == ["Ci sono già 5 emblemi: togline uno, poi aggiungi questo."]


def test_an_emblem_of_another_project_is_not_found(admin: Browser, project: Project, database: Session) -> None:
    foreign = factories.make_project_emblem()
    assert admin.get(f"/projects/{project.id}/emblems/{foreign.id}/picture").status == 404
    before = send(admin.get(f"/projects/{project.id}"), "Mio", ("m.png", picture_bytes()))
    token = before.form("Togli").values
    assert admin.post(f"/projects/{project.id}/emblems/{foreign.id}/remove", token).status == 404
    assert database.get(ProjectEmblem, foreign.id) is not None
