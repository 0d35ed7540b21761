import pytest

from schoolapp.domain.countries import STATELESS
from schoolapp.domain.fami import find_fami_eligibility, italian_citizen


@pytest.mark.parametrize(
    ("citizenships", "answer", "reason", "remark"),
    [
        (["MA"], True, "cittadinanza di un Paese terzo", "Morocco"),
        (["MA", "EG"], True, "cittadinanza di un Paese terzo", "two third countries"),
        (["UA", STATELESS], True, "cittadinanza di un Paese terzo", "contradictory, and outside the Union either way"),
        (["CH"], True, "cittadinanza di un Paese terzo", "Switzerland: near, and not in the Union"),
        (["GB"], True, "cittadinanza di un Paese terzo", "left the Union"),
        ([STATELESS], True, "senza cittadinanza (apolide)", "stateless people count"),
        (["RO"], False, "ha la cittadinanza di un Paese dell’Unione europea", "in the workshop, not in the figures"),
        (["MD", "RO"], False, "ha la cittadinanza di un Paese dell’Unione europea", "a Moldovan who is also Romanian"),
        (["MA", "IT"], False, "ha la cittadinanza italiana", "naturalised"),
        (["RO", "IT"], False, "ha la cittadinanza italiana", "Italian comes first in the reason"),
        ([], None, "cittadinanza non indicata", "not known"),
    ],
)
def test_who_counts_for_fami(citizenships: list[str], answer: bool | None, reason: str, remark: str) -> None:
    finding = find_fami_eligibility(citizenships)
    assert (finding.answer, str(finding.reason)) == (answer, reason)


def test_italian_citizenship_may_be_unknown() -> None:
    assert italian_citizen(["MA", "IT"]) is True
    assert italian_citizen([STATELESS]) is False
    assert italian_citizen([]) is None
