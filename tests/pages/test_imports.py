"""Bringing in a list, as a coordinator meets it."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.models import Institute, Pupil, PupilImport, SchoolClass
from tests import factories
from tests.support.page import Browser, Page

TODAY = date(2026, 11, 23)
HEADER = "Cognome;Nome;Nato il;Cittadinanza;Lingua di casa;Plesso;Classe\n"
GOOD = HEADER + "FALL;AWA;03/05/2014;Senegal;Wolof;Primaria di Mezzo;2B\n"
BAD = GOOD + "Lin;Yutong;31/02/2014;Cina;Cinese;;\n;Fatou9;;;;;\n"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def school(database: Session) -> Institute:
    institute = factories.make_institute(name="IC Valle Alta")
    site = factories.make_site(institute, name="Primaria di Mezzo")
    factories.make_class(site, name="2B")
    factories.make_class(site, name="3C")
    return institute


@pytest.fixture
def coordinator(browser: Browser, school: Institute) -> Browser:
    return browser.sign_in(factories.make_user(Role.COORDINATOR, school, name="Lucia Fontanive"))


def upload(coordinator: Browser, text: str = GOOD, name: str = "elenco.csv") -> Page:
    form = coordinator.get("/pupils/imports").form("Continua")
    return form.fill("File dell’elenco", (BytesIO(text.encode()), name)).send()


def check(coordinator: Browser, text: str = GOOD) -> Page:
    return upload(coordinator, text).form("Controlla l’elenco").send()


def names(database: Session) -> list[str]:
    database.expire_all()
    return [f"{pupil.last_name} {pupil.first_name}" for pupil in database.scalars(select(Pupil).order_by(Pupil.id))]


def counts(page: Page) -> dict[str, str]:
    """The row of counts: noun → number."""
    (box,) = [node for node in page.main.all("ul") if node.has_class("counts")]
    return {line.text.split(" ", 1)[1]: line.text.split(" ", 1)[0] for line in box.all("li")}


def test_a_list_is_brought_in_in_four_steps(coordinator: Browser, database: Session) -> None:
    columns = upload(coordinator)
    assert columns.h1 == "Che cosa c’è in ogni colonna"
    checked = columns.form("Controlla l’elenco").send()
    assert checked.h1 == "Controlla l’elenco prima di salvare"
    assert counts(checked) == {"da correggere": "0", "in dubbio": "0", "nuovo": "1", "cambiati": "0", "uguali": "0"}
    assert names(database) == []
    done = checked.form("Importa l’elenco").send()
    assert done.h1 == "Elenco importato"
    assert counts(done) == {"nuovo": "1", "cambiati": "0", "uguali": "0"}
    assert names(database) == ["Fall Awa"]


def test_the_same_list_again_changes_nothing_and_says_so(coordinator: Browser, database: Session) -> None:
    check(coordinator).form("Importa l’elenco").send()
    page = check(coordinator)
    assert counts(page)["uguale"] == "1"
    assert counts(page.form("Importa l’elenco").send()) == {"nuovi": "0", "cambiati": "0", "uguale": "1"}
    assert names(database) == ["Fall Awa"]


def test_bad_lines_are_shown_with_number_sentence_and_value_and_nothing_can_be_saved(
    coordinator: Browser, database: Session
) -> None:
    page = check(coordinator, BAD)
    assert "Non abbiamo salvato nulla: 2 righe sono da correggere." in page.text
    assert "Riga 3 La data di nascita non esiste. Scrivila come giorno/mese/anno. 31/02/2014" in page.text
    assert "Riga 4" in page.text
    assert "Importa l’elenco" not in [button.text for button in page.main.all("button")]
    assert page.follow("Carica il file corretto").h1 == "Importa l’elenco degli alunni"
    coordinator.request("POST", page.url.replace("check", "apply"))
    assert names(database) == []


def test_bad_lines_can_be_taken_away_as_a_file(coordinator: Browser) -> None:
    page = check(coordinator, GOOD + "=1+1;Yutong;31/02/2014;;;;\n")
    response = coordinator.request("GET", page.links()["Scarica queste righe in un file"])
    lines = response.data.decode("utf-8-sig").splitlines()
    assert response.mimetype == "text/csv"
    assert lines[0] == "Riga;Che cosa correggere;Nel file c’è"
    assert [line.split(";")[0] for line in lines[1:]] == ["3", "3"]
    assert any(line.endswith("'=1+1 Yutong") for line in lines)


def test_before_the_columns_are_said_there_are_no_lines_to_take_away(coordinator: Browser) -> None:
    page = upload(coordinator, "1;2\n3;4\n")
    assert page.h1 == "Che cosa c’è in ogni colonna"
    assert coordinator.get(page.url.replace("columns", "errors.csv")).h1 == "Che cosa c’è in ogni colonna"


def test_a_corrected_file_keeps_columns_and_answers(coordinator: Browser, database: Session) -> None:
    page = check(coordinator, BAD.replace("Wolof", "Moldavo"))
    page.form("Salva le risposte").choose("Sì, rumeno").send()
    page = check(coordinator, GOOD.replace("Wolof", "Moldavo"))
    assert counts(page)["in dubbio"] == "0"
    page.form("Importa l’elenco").send()
    assert [item.language for item in database.scalars(select(Pupil)).one().languages] == ["ro"]


def test_columns_can_be_corrected_and_are_remembered(coordinator: Browser, database: Session) -> None:
    text = "Uno;Due\nAwa;Fall\nEndri;Hoxha\n"
    form = upload(coordinator, text).form("Controlla l’elenco").choose("La prima riga è fatta di titoli")
    page = form.fill("Colonna 1", "Nome").fill("Colonna 2", "Cognome").send()
    page.form("Importa l’elenco").send()
    assert names(database) == ["Fall Awa", "Hoxha Endri"]
    again = upload(coordinator, text).form("Controlla l’elenco")
    assert [again.values[name] for name in ("column_0", "column_1")] == [["first_name"], ["last_name"]]


def test_two_columns_with_the_same_meaning_are_refused_at_the_field(coordinator: Browser) -> None:
    page = upload(coordinator).form("Controlla l’elenco").fill("Nome", "Cognome").send()
    assert page.status == 422
    assert page.title.startswith("Errore:")
    assert page.errors() == ["Due colonne dicono la stessa cosa. Lasciane una sola."]


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "Il file è vuoto."), ("%PDF-1.7", "Questo è un PDF")],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_at_its_field(
    coordinator: Browser, database: Session, content: str, words: str
) -> None:
    page = upload(coordinator, content)
    assert page.status == 422
    assert words in page.errors()[0]
    assert database.scalars(select(PupilImport)).all() == []


def test_without_a_file_the_page_says_what_to_choose(coordinator: Browser) -> None:
    page = coordinator.get("/pupils/imports").form("Continua").send()
    assert (page.status, page.errors()) == (422, ["Scegli il file: XLSX, XLS, ODS, CSV o TSV."])


def test_a_class_that_is_not_there_can_be_made_left_empty_or_chosen(coordinator: Browser, database: Session) -> None:
    page = check(coordinator, GOOD.replace("2B", "2D"))
    assert counts(page)["in dubbio"] == "1"
    assert "2D non è tra le classi di Primaria di Mezzo." in page.text
    page = page.form("Salva le risposte").choose("Crea la classe 2D").send()
    page.form("Importa l’elenco").send()
    assert "2D" in [item.name for item in database.scalars(select(SchoolClass))]


def test_another_class_is_chosen_from_the_list(coordinator: Browser, database: Session) -> None:
    form = check(coordinator, GOOD.replace("2B", "2D")).form("Salva le risposte").choose("Scegli un’altra classe")
    page = form.send()
    assert (page.status, page.errors()) == (422, ["Scegli dall’elenco."])
    page = page.form("Salva le risposte").fill("Quale", "3C, Primaria di Mezzo").send()
    page.form("Importa l’elenco").send()
    (membership,) = database.scalars(select(Pupil)).one().class_memberships
    assert membership.school_class.name == "3C"


def test_one_answer_settles_all_the_classes_that_are_missing(coordinator: Browser, database: Session) -> None:
    lines = [GOOD.splitlines()[1].replace("2B", f"{year}E").replace("2014", f"201{year}") for year in range(1, 6)]
    page = check(coordinator, HEADER + "\n".join(lines))
    assert counts(page)["in dubbio"] == "5"
    page = page.form("Salva le risposte").choose("Creale").send()
    assert counts(page)["in dubbio"] == "0"
    page.form("Importa l’elenco").send()
    assert {item.name for item in database.scalars(select(SchoolClass))} >= {f"{year}E" for year in range(1, 6)}


def test_classes_whose_plesso_is_not_known_are_not_offered_to_be_made(coordinator: Browser, school: Institute) -> None:
    factories.make_site(school, name="Secondaria di Mezzo")
    lines = [f"Fall;Awa;03/05/201{year};Senegal;Wolof;;{year}E" for year in range(1, 6)]
    page = check(coordinator, HEADER + "\n".join(lines))
    assert counts(page)["in dubbio"] == "5"
    assert "Creale" not in page.text
    page = page.form("Salva le risposte").choose("Lasciale vuote").send()
    assert counts(page)["in dubbio"] == "0"


def test_another_language_is_written_by_name(coordinator: Browser, database: Session) -> None:
    page = check(coordinator, GOOD.replace("Wolof", "Qwerty"))
    form = page.form("Salva le risposte").choose("Scegli un’altra lingua").fill("Quale", "Klingoniano")
    page = form.send()
    assert (page.status, page.errors()) == (422, ["Scegli un nome dall’elenco."])
    page = page.form("Salva le risposte").fill("Quale", "Bambara").send()
    page.form("Importa l’elenco").send()
    assert [item.language for item in database.scalars(select(Pupil)).one().languages] == ["bm"]


def test_some_questions_can_be_answered_now_and_others_later(coordinator: Browser) -> None:
    page = check(coordinator, GOOD.replace("Wolof", "Moldavo").replace("Senegal", "Marroco"))
    assert counts(page)["in dubbio"] == "2"
    page = page.form("Salva le risposte").choose("Sì, rumeno").send()
    assert counts(page)["in dubbio"] == "1"
    page = page.form("Rifai le domande").send()
    assert counts(page)["in dubbio"] == "2"


def test_what_was_answered_for_an_earlier_list_can_be_asked_again(coordinator: Browser) -> None:
    text = GOOD.replace("Wolof", "Dothraki")
    check(coordinator, text).form("Salva le risposte").choose("Lascia vuoto").send()
    page = check(coordinator, text)
    assert counts(page)["in dubbio"] == "0"
    page = page.form("Rifai le domande").send()
    assert counts(page)["in dubbio"] == "1"
    assert "Rifai le domande" not in page.text


def test_a_pupil_who_resembles_another_is_a_question_with_both_answers(
    coordinator: Browser, database: Session, school: Institute
) -> None:
    factories.make_pupil(school, last_name="Hossain", first_name="Rafi", birth_date=date(2012, 5, 3))
    page = check(coordinator, HEADER + "Rafi;Hossain;03/05/2012;;;;\n")
    assert "Rafi Hossain somiglia a Hossain Rafi" in page.text
    page = page.form("Salva le risposte").choose("Sono due alunni diversi").send()
    page.form("Importa l’elenco").send()
    assert names(database) == ["Hossain Rafi", "Rafi Hossain"]


def test_changes_show_the_old_and_the_new(coordinator: Browser, database: Session) -> None:
    check(coordinator).form("Importa l’elenco").send()
    page = check(coordinator, GOOD.replace("2B", "3C").replace("Wolof", "Francese"))
    assert page.rows("Che cosa cambia") == [
        ["2", "Fall Awa", "Lingua di casa", "wolof", "francese"],
        ["2", "Fall Awa", "Classe", "2B", "3C"],
    ]


def test_an_import_can_be_taken_back(coordinator: Browser, database: Session) -> None:
    done = check(coordinator).form("Importa l’elenco").send()
    page = done.form("Annulla questa importazione").send()
    assert page.h1 == "Importazione annullata"
    assert names(database) == []


def test_an_import_that_was_used_cannot_be_taken_back(
    coordinator: Browser, database: Session, school: Institute
) -> None:
    done = check(coordinator).form("Importa l’elenco").send()
    pupil = database.scalars(select(Pupil)).one()
    factories.make_enrolment(factories.make_workshop(school), pupil)
    page = coordinator.get(done.url)
    assert "Non si può più annullare" in page.text
    assert "Annulla questa importazione" not in [button.text for button in page.main.all("button")]


def test_a_list_can_be_left(coordinator: Browser, database: Session) -> None:
    page = check(coordinator).form("Lascia stare").send()
    assert "Non abbiamo salvato nulla" in page.text
    assert database.scalars(select(PupilImport)).all() == []


def test_lines_left_out_are_shown_with_the_reason(coordinator: Browser) -> None:
    page = check(coordinator, GOOD + "Totale alunni: 1;;;;;;\n")
    assert "Riga 3 È un totale o una nota, non un alunno. Totale alunni: 1" in page.text


def test_markup_in_a_list_is_shown_as_text(coordinator: Browser) -> None:
    text = GOOD.replace("FALL", "<script>alert()</script>").replace("Wolof", "<b>x")
    page = check(coordinator, text)
    assert page.main.all("script", "b") == []
    assert "<b>x non è una lingua che conosciamo." in page.text
    assert "<script>alert()</script> Awa" in page.text


def test_a_second_file_takes_the_place_of_the_first(coordinator: Browser, database: Session) -> None:
    upload(coordinator)
    upload(coordinator, name="altro.csv")
    assert [item.filename for item in database.scalars(select(PupilImport))] == ["altro.csv"]


def test_what_is_saved_is_what_was_looked_at(coordinator: Browser, database: Session) -> None:
    looked_at = check(coordinator)
    with time_machine.travel("2026-11-23T10:00:00Z"):
        check(coordinator, GOOD.replace("FALL;AWA", "Lin;Yutong"))  # in another window, in place of the first
    (waiting,) = database.scalars(select(PupilImport.id))
    form = looked_at.form("Importa l’elenco")
    page = coordinator.post(f"/pupils/imports/{waiting}/apply", form.values)
    assert "Intanto l’elenco è cambiato: controllalo di nuovo, poi importalo." in page.text
    assert names(database) == []
    assert "Lin Yutong" in page.text
    page.form("Importa l’elenco").send()
    assert names(database) == ["Lin Yutong"]


def test_who_coordinates_two_schools_says_which(browser: Browser, school: Institute, database: Session) -> None:
    user = factories.make_user(Role.COORDINATOR, school)
    other = factories.make_institute(name="IC Valle Bassa")
    factories.make_membership(user, Role.COORDINATOR, other)
    browser.sign_in(user)
    form = browser.get("/pupils/imports").form("Continua").fill("Istituto", "IC Valle Bassa")
    form.fill("File dell’elenco", (BytesIO(GOOD.encode()), "elenco.csv")).send()
    assert database.scalars(select(PupilImport.institute_id)).one() == other.id


def test_importing_is_a_page_of_the_pupils(coordinator: Browser) -> None:
    page = coordinator.get("/pupils").follow("Importa elenco")
    assert page.h1 == "Importa l’elenco degli alunni"
    assert {node.text for node in page.root.all("a") if node.get("aria-current") == "page"} == {"Alunni"}


def test_of_very_many_questions_a_page_asks_a_part(coordinator: Browser) -> None:
    lines = [f"Cognome{chr(97 + n // 26)}{chr(97 + n % 26)};Nome;;Lingua{n}x;;\n" for n in range(130)]
    page = check(coordinator, HEADER + "".join(lines))
    assert counts(page)["in dubbio"] == "130"
    assert "Le altre 30 domande arrivano dopo queste." in page.text
    assert len(page.main.all("fieldset")) == 100


def test_what_an_import_did_is_read_in_the_register_of_changes(coordinator: Browser) -> None:
    check(coordinator).form("Importa l’elenco").send()
    done = check(coordinator, GOOD.replace("Wolof", "Francese").replace("2B", "3C")).form("Importa l’elenco").send()
    page = coordinator.get("/audit")
    assert "lingue di casa" in page.text
    assert "Lucia Fontanive" in page.text
    done.form("Annulla questa importazione").send()
    assert "ha riportato com’era" in coordinator.get("/audit").text
