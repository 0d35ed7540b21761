"""The pages under every page, and the frame they stand in."""

import pytest
from flask import render_template

from tests.factories import make_user
from tests.support.page import Browser


@pytest.mark.parametrize(
    ("link", "heading"),
    [("Aiuto", "Aiuto"), ("Privacy", "Privacy"), ("Dichiarazione di accessibilità", "Dichiarazione di accessibilità")],
)
def test_the_pages_of_the_footer_are_open_to_everyone(browser: Browser, link: str, heading: str) -> None:
    page = browser.get("/sign-in").follow(link)
    assert page.status == 200
    assert page.h1 == heading


def test_the_first_link_skips_to_the_content(browser: Browser) -> None:
    page = browser.get("/help")
    first = page.root.all("a")[0]
    assert first.text == "Vai al contenuto"
    assert first.get("href") == f"#{page.main.get('id')}"


def test_a_person_without_a_role_reads_why_the_menu_is_empty(browser: Browser) -> None:
    page = browser.sign_in(make_user(name="Irene Valsecca")).get("/")
    assert "oggi non ha nessun ruolo" in page.main.text
    assert "Irene Valsecca" in page.text


def test_signing_out_is_a_button_on_every_page(browser: Browser) -> None:
    browser.sign_in(make_user())
    assert browser.get("/help").form("Esci").send().h1 == "Entra"
    assert browser.get("/").h1.startswith("Entra")


def test_the_language_changes_by_a_button_and_is_remembered(browser: Browser) -> None:
    browser.get("/help").form("English").send()
    assert browser.get("/privacy").root.all("html")[0].get("lang") == "en"


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 413, 429, 500])
def test_each_error_page_says_what_happened_and_where_to_go(browser: Browser, code: int) -> None:
    with browser.app.test_request_context():
        page = render_template(f"errors/{code}.html")
    assert f"Codice: {code}." in page
    assert 'class="btn btn-primary' in page


def test_a_page_that_is_not_there_says_so(browser: Browser) -> None:
    page = browser.get("/nowhere")
    assert page.status == 404
    assert page.h1 == "Questa pagina non c’è"
