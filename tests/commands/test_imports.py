"""`flask import-pupils` and `flask import-schools`, as the operator runs them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from schoolapp.models import Institute, Pupil, PupilImport, Site
from tests import factories

HEADER = "Cognome;Nome;Nato il;Lingua di casa;Plesso;Classe\n"
GOOD = HEADER + "FALL;AWA;03/05/2014;Wolof;Primaria di Mezzo;2B\n"


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(date(2026, 11, 23), tick=False) as clock:
        yield clock


@pytest.fixture
def school(database: Session) -> Institute:
    institute = factories.make_institute(code="SOIC000001")
    factories.make_class(factories.make_site(institute, name="Primaria di Mezzo"), name="2B")
    return institute


def run(app: Flask, *arguments: str | Path) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
    return done.exit_code, done.output


def bring(app: Flask, tmp_path: Path, text: str, code: str = "SOIC000001") -> tuple[int, str]:
    file = tmp_path / "elenco.csv"
    file.write_text(text)
    return run(app, "import-pupils", "--institute", code, file)


def names(database: Session) -> list[str]:
    return [f"{pupil.last_name} {pupil.first_name}" for pupil in database.scalars(select(Pupil).order_by(Pupil.id))]


def test_a_list_is_brought_in_and_counted(app: Flask, database: Session, school: Institute, tmp_path: Path) -> None:
    assert bring(app, tmp_path, GOOD) == (0, "1 nuovi, 0 cambiati, 0 uguali.\n")
    assert names(database) == ["Fall Awa"]
    assert database.scalars(select(PupilImport)).one().content is None


def test_the_same_list_again_changes_nothing(app: Flask, database: Session, school: Institute, tmp_path: Path) -> None:
    bring(app, tmp_path, GOOD)
    assert bring(app, tmp_path, GOOD) == (0, "0 nuovi, 0 cambiati, 1 uguali.\n")
    assert names(database) == ["Fall Awa"]


def test_a_bad_line_writes_nothing_and_says_why(
    app: Flask, database: Session, school: Institute, tmp_path: Path
) -> None:
    status, output = bring(app, tmp_path, GOOD + "Lin;Yutong;31/02/2014;;;\n")
    assert status == 1
    assert "Riga 3: La data di nascita non esiste. Scrivila come giorno/mese/anno. [31/02/2014]" in output
    assert "Righe da correggere: 1. Non ho scritto nulla." in output
    assert names(database) == []
    assert database.scalar(select(func.count()).select_from(PupilImport)) == 0


def test_what_the_school_does_not_have_is_left_empty_and_said(
    app: Flask, database: Session, school: Institute, tmp_path: Path
) -> None:
    text = HEADER + (
        "Fall;Awa;03/05/2014;Moldavo;Primaria di Mezzo;2D\nLin;Yutong;03/05/2015;;Primaria di Mezzo;2D\n"
        "Hoxha;Endri;03/06/2014;;Primaria Nuova;1A\n"
    )
    status, output = bring(app, tmp_path, text)
    assert status == 0
    assert "Riga 2 (e altre 1): La classe 2D non c’è: Primaria di Mezzo. Classe lasciata vuota." in output
    assert "Riga 2: Non conosciamo la lingua «Moldavo». Lingua lasciata vuota." in output
    assert "Riga 4: Il plesso «Primaria Nuova» non c’è in questa scuola. Plesso e classe lasciati vuoti." in output
    assert output.endswith("3 nuovi, 0 cambiati, 0 uguali.\n")
    assert [pupil.class_memberships for pupil in database.scalars(select(Pupil))] == [[], [], []]


def test_a_line_that_only_resembles_a_pupil_is_left_out_and_said(
    app: Flask, database: Session, school: Institute, tmp_path: Path
) -> None:
    factories.make_pupil(school, last_name="Hossain", first_name="Rafi", birth_date=date(2012, 5, 3))
    status, output = bring(app, tmp_path, HEADER + "Hussain;Rafi;03/05/2012;;;\n")
    assert status == 0
    assert "Riga 2: Hussain Rafi somiglia a un alunno che c’è già. Lasciato fuori" in output
    assert output.endswith("0 nuovi, 0 cambiati, 0 uguali.\n")
    assert names(database) == ["Hossain Rafi"]


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("SOIC999999", GOOD, "Nessun istituto ha il codice SOIC999999."),
        ("SOIC000001", "%PDF-1.7", "PDF"),
        ("SOIC000001", "Classe;Sezione\n2;B\n", "il cognome e il nome"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_a_status(
    app: Flask, database: Session, school: Institute, tmp_path: Path, code: str, text: str, words: str
) -> None:
    status, output = bring(app, tmp_path, text, code)
    assert status == 1
    assert words in output
    assert names(database) == []


def test_schools_are_brought_up_to_date_file_by_file(app: Flask, database: Session, tmp_path: Path) -> None:
    file = tmp_path / "SCUANAGRAFEPAR.csv"
    file.write_text(
        "ANNOSCOLASTICO,PROVINCIA,CODICESCUOLA,DENOMINAZIONESCUOLA\n202627,SONDRIO,SO1A000001,ASILO\n"
        "202627,COMO,CO1A000001,ALTRO ASILO\n"
    )
    status, output = run(app, "import-schools", file, "--provincia", "SO")
    assert status == 0
    assert "istituti 1 nuovi, 0 cambiati, 0 chiusi; plessi 1 nuovi, 0 cambiati, 0 chiusi." in output
    assert [site.code for site in database.scalars(select(Site))] == ["SO1A000001"]


def test_a_file_that_is_not_the_register_is_said(app: Flask, database: Session, tmp_path: Path) -> None:
    file = tmp_path / "elenco.csv"
    file.write_text(GOOD)
    status, output = run(app, "import-schools", file)
    assert status == 1
    assert "elenco.csv: Non è l’anagrafe delle scuole del Ministero" in output


@pytest.mark.shared
def test_the_published_paritarie_of_sondrio_are_brought_in(app: Flask, database: Session, shared_files: Path) -> None:
    file = shared_files / "SCUANAGRAFEPAR20232420230901.csv"
    status, output = run(app, "import-schools", file, "--provincia", "SO")
    assert (status, "istituti 29 nuovi" in output) == (0, True)
    assert "istituti 0 nuovi, 0 cambiati" in run(app, "import-schools", file, "--provincia", "Sondrio")[1]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), [("alunni-segreteria.csv", 56), ("elenco-alunni-registro.xlsx", 46)])
def test_the_real_lists_are_brought_in_twice(
    app: Flask, database: Session, school: Institute, shared_files: Path, name: str, count: int
) -> None:
    status, output = run(app, "import-pupils", "--institute", "SOIC000001", shared_files / name)
    assert status == 0
    assert output.endswith(f"{count} nuovi, 0 cambiati, 0 uguali.\n")
    assert run(app, "import-pupils", "--institute", "SOIC000001", shared_files / name)[1].endswith(
        f"0 nuovi, 0 cambiati, {count} uguali.\n"
    )
