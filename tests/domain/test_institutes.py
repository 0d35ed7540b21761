"""Schools: kinds in words."""

import pytest

from schoolapp.domain.institutes import school_kind_in_words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("SCUOLA PRIMARIA", "scuola primaria"),
        ("SCUOLA PRIMARIA NON STATALE", "scuola primaria"),
        ("SCUOLA INFANZIA", "scuola dell’infanzia"),
        ("SCUOLA PRIMO GRADO", "scuola secondaria di I grado"),
        ("Scuola secondaria di I grado", "scuola secondaria di I grado"),
        ("SCUOLA SEC. SECONDO GRADO NON STATALE", "scuola secondaria di II grado"),
        ("Scuola secondaria di II grado", "scuola secondaria di II grado"),
        ("LICEO SCIENTIFICO", "liceo scientifico"),
        (None, ""),
    ],
)
def test_the_kind_of_a_school_in_words(kind: str | None, words: str) -> None:
    assert school_kind_in_words(kind) == words
