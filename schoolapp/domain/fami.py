"""Who counts for the FAMI funder, derived from citizenships: never from a permit, which schools may not ask for."""

from collections.abc import Collection

from schoolapp.domain.countries import STATELESS, is_eu, third_country_only
from schoolapp.domain.findings import Finding
from schoolapp.domain.wording import N_, Sentence

ITALY = "IT"


def find_fami_eligibility(citizenships: Collection[str]) -> Finding:
    """Whether a person with these citizenships (country codes) is a third-country national for FAMI.

    One citizenship of the Union is enough to be outside; stateless people are inside; with none known we cannot say.
    """
    return Finding(third_country_only(citizenships), Sentence(_reason(citizenships)))


def _reason(citizenships: Collection[str]) -> str:
    if not citizenships:
        return N_("cittadinanza non indicata")
    if ITALY in citizenships:
        return N_("ha la cittadinanza italiana")
    if any(is_eu(code) for code in citizenships):
        return N_("ha la cittadinanza di un Paese dell’Unione europea")
    if set(citizenships) == {STATELESS}:
        return N_("senza cittadinanza (apolide)")
    return N_("cittadinanza di un Paese terzo")


def italian_citizen(citizenships: Collection[str]) -> bool | None:
    """Whether Italian is among the citizenships; None when none is known."""
    return ITALY in citizenships if citizenships else None
