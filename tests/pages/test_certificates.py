"""Certificates as the school meets them: what has matured, one button for all, one paper and its end."""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.roles import Role
from schoolapp.domain.workshops import WorkshopStatus
from schoolapp.models import IssuedDocument
from tests import factories
from tests.documents.test_structure import elements, tree_of
from tests.support.concluded import Concluded, concluded_workshop
from tests.support.page import Browser, Page
from tests.support.standing import again

NOON = "2027-01-11T11:00:00+00:00"


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(scope="module")
def standing_school(stands: Callable[..., Concluded]) -> Concluded:
    return stands(lambda: concluded_workshop({"Awa": 4, "Ben": 3, "Chen": 2}), at=NOON)


@pytest.fixture
def school(standing_school: Concluded, database: Session) -> Concluded:
    return again(standing_school)


@pytest.fixture
def coordinator(browser: Browser, school: Concluded) -> Browser:
    return browser.sign_in(school.coordinator)


def page_of(browser: Browser, school: Concluded) -> Page:
    return browser.get(f"/workshops/{school.workshop.id}/certificates")


def issue_all(browser: Browser, school: Concluded) -> Page:
    return page_of(browser, school).form("Emetti gli attestati").send()


def row_of(page: Page, name: str) -> list[str]:
    return next(row for row in page.rows("Ore frequentate") if name in row[0])


def documents(database: Session) -> list[IssuedDocument]:
    return list(database.scalars(select(IssuedDocument).order_by(IssuedDocument.number)))


def test_the_list_says_how_many_are_earned_and_how_many_issued(coordinator: Browser, school: Concluded) -> None:
    workshop = factories.make_workshop(site=school.workshop.site, title="Ancora in corso")
    factories.make_enrolment(workshop, school.pupils["Awa"])
    factories.make_workshop(site=school.workshop.site, title="Non partito", status=WorkshopStatus.PLANNED)
    rows = coordinator.get("/certificates").rows("Laboratori e attestati")
    assert [row[1:] for row in rows] == [["1", "alla fine, il 31/05/2027", "0"], ["3", "2 maturati", "0"]]
    issue_all(coordinator, school)
    assert coordinator.get("/certificates").rows("Laboratori e attestati")[1][2:] == ["nessuno", "2"]


def test_one_button_issues_for_all_who_earned_it_and_says_why_for_who_did_not(
    coordinator: Browser, school: Concluded, database: Session
) -> None:
    page = page_of(coordinator, school)
    assert "2 attestati da emettere" in page.text
    assert "Non maturato" in row_of(page, "Chen")[2]
    assert "Frequenza: 50 % delle ore offerte. È sotto la soglia: 70 %." in row_of(page, "Chen")[2]
    form = page.form("Emetti gli attestati").fill("Numero di protocollo", "12/A")
    page = form.fill("Data di protocollo", "11/01/2027").send()
    assert "2 attestati emessi." in page.text
    assert "Emesso n. 2026/27-0001 del 11/01/2027, prot. 12/A" in row_of(page, "Awa")[2]
    assert [document.pupil_id for document in documents(database)] == [
        school.pupils["Awa"].id,
        school.pupils["Ben"].id,
    ]


def test_who_is_not_ticked_waits(coordinator: Browser, school: Concluded, database: Session) -> None:
    form = page_of(coordinator, school).form("Emetti gli attestati")
    form.values["pupil_ids"] = [str(school.pupils["Ben"].id)]
    page = form.send()
    assert "1 attestato emesso." in page.text
    assert "1 attestato da emettere" in page.text


def test_a_name_that_cannot_be_printed_is_said_and_the_others_go_on_if_wanted(
    coordinator: Browser, school: Concluded, database: Session
) -> None:
    school.pupils["Awa"].first_name = "عائشة"
    form = page_of(coordinator, school).form("Emetti gli attestati")
    form.fill("Numero di protocollo", "12/A").fill("Data di protocollo", "11/01/2027")
    page = form.send()
    assert page.status == 422
    assert documents(database) == []
    assert any("scrivi la forma in lettere latine" in error for error in page.errors()), page.errors()
    again = page.form("Emetti per gli altri")
    assert again.values["pupil_ids"] == [str(school.pupils["Ben"].id)]
    assert again.values["protocol_number"] == ["12/A"]
    page = again.send()
    assert "1 attestato emesso." in page.text
    assert [document.pupil_id for document in documents(database)] == [school.pupils["Ben"].id]


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Numero di protocollo", "12/A", "Scrivi anche la data di protocollo."),
        ("Data di protocollo", "11/01/2027", "Scrivi anche il numero di protocollo."),
        ("Data di protocollo", "33/01/2027", "Questo giorno non esiste."),
    ],
)
def test_half_a_protocol_is_said_at_its_field_and_nothing_is_issued(
    label: str, value: str, sentence: str, coordinator: Browser, school: Concluded, database: Session
) -> None:
    page = page_of(coordinator, school).form("Emetti gli attestati").fill(label, value).send()
    assert page.status == 422
    assert any(sentence in error for error in page.errors())
    assert documents(database) == []


@pytest.mark.parametrize("ids", [[], ["x"], ["999999"]])
def test_what_the_page_would_not_send_issues_nothing(
    ids: list[str], coordinator: Browser, school: Concluded, database: Session
) -> None:
    form = page_of(coordinator, school).form("Emetti gli attestati")
    form.values["pupil_ids"] = ids
    assert form.send().status == 422
    assert documents(database) == []


def test_a_pupil_of_another_school_gets_no_certificate_here(
    coordinator: Browser, school: Concluded, database: Session
) -> None:
    other = concluded_workshop({"Dina": 4})
    form = page_of(coordinator, school).form("Emetti gli attestati")
    form.values["pupil_ids"] = [str(other.pupils["Dina"].id)]
    page = form.send()
    assert page.status == 422
    assert "Dina" not in page.text
    assert documents(database) == []


def test_all_are_printed_in_one_file_or_taken_one_by_one(coordinator: Browser, school: Concluded) -> None:
    page = issue_all(coordinator, school)
    base = f"/workshops/{school.workshop.id}/certificates"
    together = coordinator.request("GET", f"{base}.pdf")
    assert len(PdfReader(BytesIO(together.data)).pages) == 2
    assert together.headers["Content-Disposition"] == f'inline; filename="attestati-{school.workshop.id}.pdf"'
    with ZipFile(BytesIO(coordinator.request("GET", f"{base}.zip").data)) as files:
        assert files.namelist() == ["2026-27-0001-diop-awa.pdf", "2026-27-0002-diop-ben.pdf"]
    one = page.follow("n. 2026/27-0001")
    single = coordinator.request("GET", one.links()["Apri il PDF"])
    assert "Awa Diop" in PdfReader(BytesIO(single.data)).pages[0].extract_text()


def test_where_none_was_issued_there_is_nothing_to_print(coordinator: Browser, school: Concluded) -> None:
    for kind in ("pdf", "zip"):
        answer = coordinator.request("GET", f"/workshops/{school.workshop.id}/certificates.{kind}")
        assert answer.status_code == 303


def test_the_list_is_also_a_spreadsheet_whose_texts_nothing_runs(coordinator: Browser, school: Concluded) -> None:
    school.pupils["Chen"].last_name = "=cmd|' /C calc'!A1"
    issue_all(coordinator, school)
    base = f"/workshops/{school.workshop.id}/certificates"
    text = coordinator.request("GET", f"{base}.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))
    assert [(row["Alunno"], row["Stato"], row["Frequenza %"]) for row in rows] == [
        ("Diop Awa", "Emesso", "100"),
        ("Diop Ben", "Emesso", "75"),
        ("'=cmd|' /C calc'!A1 Chen", "Non maturato", "50"),
    ]
    assert rows[0]["Numero"] == "2026/27-0001"
    book = CalamineWorkbook.from_filelike(BytesIO(coordinator.request("GET", f"{base}.xlsx").data))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[4:]] == [row["Alunno"] for row in rows]
    assert sheet[4][2:5] == [360, 360, 100]


def test_the_protocol_is_written_afterwards(coordinator: Browser, school: Concluded) -> None:
    page = issue_all(coordinator, school).follow("n. 2026/27-0001")
    assert "non ancora scritto" in page.text
    form = page.form("Salva il protocollo").fill("Numero di protocollo", "2417/IV.5")
    page = form.fill("Data di protocollo", "12/01/2027").send()
    assert "Questo giorno deve ancora venire" in page.text
    page = page.form("Salva il protocollo").fill("Data di protocollo", "11/01/2027").send()
    assert "n. 2417/IV.5 del 11/01/2027" in page.text


def test_a_certificate_is_revoked_with_a_reason_and_another_may_be_issued(
    coordinator: Browser, school: Concluded
) -> None:
    page = issue_all(coordinator, school).follow("n. 2026/27-0001").follow("Annulla l’attestato")
    refused = page.form("Annulla l’attestato").send()
    assert refused.status == 422
    assert any("Scrivi il motivo" in error for error in refused.errors())
    page = refused.form("Annulla l’attestato").fill("Motivo", "ore sbagliate").send()
    assert "Annullato" in page.text
    assert "ore sbagliate" in page.text
    assert "C’è un errore?" not in page.text
    text = row_of(page_of(coordinator, school), "Awa")[2]
    assert text.startswith("Maturato")
    assert "n. 2026/27-0001 annullato il 11/01/2027: ore sbagliate" in text
    assert (
        "ANNULLATO"
        in PdfReader(BytesIO(coordinator.request("GET", page.links()["Apri il PDF"]).data)).pages[0].extract_text()
    )


def test_a_certificate_is_replaced_with_what_is_kept_today(coordinator: Browser, school: Concluded) -> None:
    page = issue_all(coordinator, school).follow("n. 2026/27-0001")
    school.pupils["Awa"].first_name = "Awa Marie"
    page = page.follow("Sostituisci").form("Emetti quello nuovo").fill("Motivo", "nome incompleto").send()
    assert page.h1 == "Attestato n. 2026/27-0003"
    assert "Awa Marie Diop" in page.text
    old = page.follow("n. 2026/27-0001")
    assert "Annullato e sostituito" in old.text
    assert "nome incompleto" in old.text
    assert old.follow("n. 2026/27-0003").h1 == page.h1


def test_a_replacement_that_cannot_be_printed_leaves_the_old_one_standing(
    coordinator: Browser, school: Concluded, database: Session
) -> None:
    page = issue_all(coordinator, school).follow("n. 2026/27-0001").follow("Sostituisci")
    school.pupils["Awa"].first_name = "عائشة"
    page = page.form("Emetti quello nuovo").fill("Motivo", "nome").send()
    assert page.status == 422
    assert any("lettere latine" in error for error in page.errors())
    database.expire_all()
    assert all(document.revoked_at is None for document in documents(database))


def test_what_is_already_revoked_offers_no_second_end(coordinator: Browser, school: Concluded) -> None:
    page = issue_all(coordinator, school).follow("n. 2026/27-0001")
    url = page.url
    page.follow("Annulla l’attestato").form("Annulla l’attestato").fill("Motivo", "x").send()
    for end in ("revocation", "replacement"):
        again = coordinator.get(f"{url}/{end}")
        assert "già annullato" in again.text
        assert "Motivo" not in again.text


def test_the_head_issues_too_and_the_facilitator_does_not_see_them(browser: Browser, school: Concluded) -> None:
    head = factories.make_user(Role.HEAD, school.institute, name="Marco Bellini")
    assert "2 attestati emessi." in issue_all(browser.sign_in(head), school).text
    facilitator = school.workshop.facilitators[0].user
    assert browser.sign_in(facilitator).request("GET", "/certificates").status_code == 403


def test_pages_cost_the_same_for_many_pupils_as_for_few(browser: Browser, school: Concluded, statements: Any) -> None:
    large = concluded_workshop({f"Alunno {number}": 4 for number in range(12)})
    seen = []
    for found in (school, large):
        browser.sign_in(found.coordinator)
        issue_all(browser, found)
        with statements() as of_list:
            browser.get("/certificates")
        with statements() as of_workshop:
            page_of(browser, found)
        seen.append((len(of_list), len(of_workshop)))
    assert seen[0] == seen[1]
    assert seen[0][0] <= 9
    assert seen[0][1] <= 8


def test_the_emblems_of_the_project_stand_on_the_paper(coordinator: Browser, school: Concluded) -> None:
    project = school.workshop.funding_line.project
    assert project is not None
    factories.make_project_emblem(project, name="Emblema Unione europea")
    page = issue_all(coordinator, school).follow("n. 2026/27-0001")
    for url in (page.links()["Apri il PDF"], f"/workshops/{school.workshop.id}/certificates.pdf"):
        pdf = coordinator.request("GET", url).data
        names = [figure["/Alt"] for figure in elements(tree_of(pdf), "/Figure")]
        assert names[0] == "Emblema Unione europea"


def test_the_years_book_holds_every_certificate_in_the_order_of_its_number(
    coordinator: Browser, school: Concluded
) -> None:
    page = issue_all(coordinator, school).follow("n. 2026/27-0001").follow("Sostituisci")
    page.form("Emetti quello nuovo").fill("Motivo", "=1+1").send()
    elsewhere = concluded_workshop({"Dina": 4})
    factories.make_issued_document(elsewhere.workshop, elsewhere.pupils["Dina"])
    text = coordinator.request("GET", "/certificates.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))
    assert [(row["Numero"], row["Alunno"], row["Stato"], row["Sostituito dal n."]) for row in rows] == [
        ("2026/27-0001", "Diop Awa", "Annullato e sostituito", "2026/27-0003"),
        ("2026/27-0002", "Diop Ben", "Emesso", ""),
        ("2026/27-0003", "Diop Awa", "Emesso", ""),
    ]
    assert rows[0]["Motivo dell’annullamento"] == "'=1+1"
    book = CalamineWorkbook.from_filelike(BytesIO(coordinator.request("GET", "/certificates.xlsx").data))
    assert [row[0] for row in book.get_sheet_by_index(0).to_python()[4:]] == [row["Numero"] for row in rows]


def test_the_pupils_card_names_the_certificates(coordinator: Browser, school: Concluded, browser: Browser) -> None:
    card = f"/pupils/{school.pupils['Awa'].id}"
    assert "2026/27-0001" not in coordinator.get(card).text
    issue_all(coordinator, school)
    assert coordinator.get(card).follow("n. 2026/27-0001").h1 == "Attestato n. 2026/27-0001"
    stranger = factories.actor_of(factories.make_user(Role.COORDINATOR))
    assert queries.certificates.list_of_pupil(stranger, school.pupils["Awa"].id) == []
    teacher = factories.make_user(Role.TEACHER, school.institute)
    factories.make_class_teacher(teacher, school.pupils["Awa"].class_memberships[0].school_class)
    assert "2026/27-0001" not in browser.sign_in(teacher).get(card).text
