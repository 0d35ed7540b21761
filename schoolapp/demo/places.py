"""The Ambito of Sondrio: its 22 comuni and its institutes are real, the plessi and all codes are placeholders.

Ministerial codes are in the Ministry's open data (`flask import-schools`), not here: those below are made of zeros.
"""

AMBITO = "Ambito territoriale sociale di Sondrio"
LEAD_BODY = "Comune di Sondrio"

COMUNI: tuple[tuple[str, str], ...] = (
    ("Albosaggia", "Sponda orobica"),
    ("Berbenno di Valtellina", "Bassa e Costiera"),
    ("Caiolo", "Sponda orobica"),
    ("Caspoggio", "Valmalenco"),
    ("Castello dell’Acqua", "Media valle"),
    ("Castione Andevenno", "Bassa e Costiera"),
    ("Cedrasco", "Sponda orobica"),
    ("Chiesa in Valmalenco", "Valmalenco"),
    ("Chiuro", "Media valle"),
    ("Colorina", "Bassa e Costiera"),
    ("Faedo Valtellino", "Sponda orobica"),
    ("Fusine", "Sponda orobica"),
    ("Lanzada", "Valmalenco"),
    ("Montagna in Valtellina", "Media valle"),
    ("Piateda", "Sponda orobica"),
    ("Poggiridenti", "Media valle"),
    ("Ponte in Valtellina", "Media valle"),
    ("Postalesio", "Bassa e Costiera"),
    ("Sondrio", "Sondrio"),
    ("Spriana", "Valmalenco"),
    ("Torre di Santa Maria", "Valmalenco"),
    ("Tresivio", "Media valle"),
)
"""Name and zone of each comune."""

TOWN_HALLS: dict[str, tuple[float, float]] = {
    "Albosaggia": (46.15, 9.85),
    "Berbenno di Valtellina": (46.17, 9.75),
    "Caiolo": (46.15, 9.82),
    "Caspoggio": (46.26, 9.86),
    "Castello dell’Acqua": (46.14, 10.02),
    "Castione Andevenno": (46.17, 9.80),
    "Cedrasco": (46.15, 9.77),
    "Chiesa in Valmalenco": (46.27, 9.85),
    "Chiuro": (46.17, 9.98),
    "Colorina": (46.15, 9.73),
    "Faedo Valtellino": (46.15, 9.91),
    "Fusine": (46.15, 9.75),
    "Lanzada": (46.27, 9.87),
    "Montagna in Valtellina": (46.18, 9.90),
    "Piateda": (46.16, 9.93),
    "Poggiridenti": (46.17, 9.93),
    "Ponte in Valtellina": (46.18, 9.98),
    "Postalesio": (46.18, 9.77),
    "Sondrio": (46.17, 9.87),
    "Spriana": (46.22, 9.86),
    "Torre di Santa Maria": (46.23, 9.85),
    "Tresivio": (46.18, 9.94),
}
"""Latitude and longitude of each town hall, to about a kilometre."""

PRIMARY, LOWER_SECONDARY, UPPER_SECONDARY, NURSERY = (
    "SCUOLA PRIMARIA",
    "SCUOLA PRIMO GRADO",
    "SCUOLA SECONDO GRADO",
    "SCUOLA INFANZIA",
)

INSTITUTES: tuple[tuple[str, str | None, str, tuple[tuple[str, str | None, str, str], ...]], ...] = (
    (
        "IC Sondrio «Paesi Orobici»",
        "SOIC000001",
        "Sondrio",
        (
            ("Primaria Albosaggia", "SOEE000001", PRIMARY, "Albosaggia"),
            ("Secondaria Albosaggia", "SOMM000001", LOWER_SECONDARY, "Albosaggia"),
            ("Primaria Piateda", None, PRIMARY, "Piateda"),
            ("Infanzia Caiolo", "SOAA000001", NURSERY, "Caiolo"),
        ),
    ),
    (
        "IC Sondrio «Paesi Retici»",
        "SOIC000002",
        "Sondrio",
        (
            ("Primaria Sondrio Ovest", "SOEE000002", PRIMARY, "Sondrio"),
            ("Secondaria Chiesa in Valmalenco", "SOMM000002", LOWER_SECONDARY, "Chiesa in Valmalenco"),
        ),
    ),
    (
        "IC Sondrio «Centro»",
        "SOIC000003",
        "Sondrio",
        (
            ("Primaria Sondrio Centro", "SOEE000003", PRIMARY, "Sondrio"),
            ("Secondaria Sondrio Centro", "SOMM000003", LOWER_SECONDARY, "Sondrio"),
        ),
    ),
    (
        "IC Ponte in Valtellina",
        "SOIC000004",
        "Ponte in Valtellina",
        (
            ("Primaria Ponte in Valtellina", "SOEE000004", PRIMARY, "Ponte in Valtellina"),
            ("Secondaria Ponte in Valtellina", "SOMM000004", LOWER_SECONDARY, "Ponte in Valtellina"),
        ),
    ),
    (
        "IC «E. Fumasoni» Berbenno",
        "SOIC000005",
        "Berbenno di Valtellina",
        (
            ("Primaria Berbenno", "SOEE000005", PRIMARY, "Berbenno di Valtellina"),
            ("Secondaria Berbenno", "SOMM000005", LOWER_SECONDARY, "Berbenno di Valtellina"),
        ),
    ),
    (
        "Liceo «G. Piazzi – C. Lena Perpenti»",
        None,
        "Sondrio",
        (("Liceo Piazzi Perpenti", None, UPPER_SECONDARY, "Sondrio"),),
    ),
    ("Liceo scientifico «C. Donegani»", None, "Sondrio", (("Liceo Donegani", None, UPPER_SECONDARY, "Sondrio"),)),
    (
        "Istituto «A. De Simoni – M. Quadrio»",
        None,
        "Sondrio",
        (("De Simoni Quadrio", None, UPPER_SECONDARY, "Sondrio"),),
    ),
    ("ITI «E. Mattei»", None, "Sondrio", (("Istituto Mattei", None, UPPER_SECONDARY, "Sondrio"),)),
    ("IIS «Besta – Fossati»", None, "Sondrio", (("Besta Fossati", None, UPPER_SECONDARY, "Sondrio"),)),
    ("Istituto tecnico agrario", None, "Sondrio", (("Istituto agrario", None, UPPER_SECONDARY, "Sondrio"),)),
    ("CPIA 1 Sondrio", None, "Sondrio", (("CPIA, sede di Sondrio", None, UPPER_SECONDARY, "Sondrio"),)),
)
"""Institute: name, placeholder code, comune, plessi (name, code, kind, comune)."""

YEARS_OF_COURSE: dict[str, tuple[int, int]] = {
    NURSERY: (3, 3),
    PRIMARY: (6, 5),
    LOWER_SECONDARY: (11, 3),
    UPPER_SECONDARY: (14, 5),
}
"""Kind of school → age in the first year, number of years."""
