"""Who has earned a certificate, and how long what it says stays said."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.certificates import (
    CertificateContents,
    CertificateState,
    IssuedCertificate,
    Path,
    certificate_number,
    eligibility,
    ensure_protocol,
    ensure_reason,
)
from schoolapp.domain.errors import RuleViolation
from tests.support.certificates import make_certificate, make_contents


def path(attended: int, offered: int, *, ended: bool = True, to_sign: int = 0, cancelled: bool = False) -> Path:
    return Path(AttendanceFigure(attended, offered), ended, to_sign, cancelled)


@pytest.mark.parametrize(
    ("done", "threshold", "earned", "why", "remark"),
    [
        (path(3240, 3600), 70, True, "Frequenza: 90 % delle ore offerte. La soglia è 70 %.", "well above"),
        (
            path(2520, 3600),
            70,
            True,
            "Frequenza: 70 % delle ore offerte. La soglia è 70 %.",
            "exactly the threshold is enough",
        ),
        (path(2519, 3600), 70, False, "Frequenza: 69 % delle ore offerte. È sotto la soglia: 70 %.", "a minute short"),
        (
            path(600, 600),
            70,
            True,
            "Frequenza: 100 % delle ore offerte. La soglia è 70 %.",
            "came in March: own hours count",
        ),
        (path(0, 3600), 70, False, "Frequenza: 0 % delle ore offerte. È sotto la soglia: 70 %.", "never there"),
        (path(0, 0), 70, False, "Non ha avuto ore di lezione.", "nothing offered is not 100 %"),
        (path(3600, 3600), 100, True, "Frequenza: 100 % delle ore offerte. La soglia è 100 %.", "never absent"),
        (
            path(600, 600, ended=False),
            70,
            False,
            "Il laboratorio non è ancora concluso. Frequenza finora: 100 % delle ore offerte.",
            "half way",
        ),
        (path(0, 0, ended=False), 70, False, "Il laboratorio non è ancora concluso.", "just enrolled"),
        (
            path(3600, 3600, to_sign=2),
            70,
            False,
            "Le ore possono ancora cambiare: lezioni da firmare 2.",
            "hours are not final",
        ),
        (path(3600, 3600, cancelled=True), 70, False, "Il laboratorio è annullato.", "cancelled"),
    ],
)
def test_a_certificate_is_earned_by_the_hours_offered_to_that_pupil(
    done: Path, threshold: int, earned: bool, why: str, remark: str
) -> None:
    found = eligibility(done, threshold)
    assert (found.earned, str(found.why)) == (earned, why), remark


@pytest.mark.parametrize(("number", "written"), [(1, "2026/27-0001"), (31, "2026/27-0031"), (12345, "2026/27-12345")])
def test_a_number_begins_with_the_school_year(number: int, written: str) -> None:
    assert certificate_number("2026/27", number) == written


@pytest.mark.parametrize(
    "contents",
    [
        make_contents(),
        make_contents(
            levels=(), facilitators=(), head=None, birth_date=None, birth_place=None, replaces="2026/27-0030"
        ),
    ],
)
def test_what_a_paper_says_is_kept_as_plain_values_and_read_back_the_same(contents: CertificateContents) -> None:
    assert CertificateContents.from_json(json.loads(json.dumps(contents.to_json()))) == contents


def test_contents_of_a_shape_we_do_not_know_are_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 9"):
        CertificateContents.from_json({**make_contents().to_json(), "version": 9})


@pytest.mark.parametrize(
    ("first_name", "last_name", "initials"),
    [("Selam", "Tesfay Gebremariam", "S. T."), ("", "Suharto", "S."), ("élia", "d’Amico", "É. D.")],
)
def test_initials_are_of_name_and_surname(first_name: str, last_name: str, initials: str) -> None:
    assert make_contents(first_name=first_name, last_name=last_name).initials == initials


REVOKED = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("revoked_at", "replaced_by", "state"),
    [
        (None, None, CertificateState.ISSUED),
        (REVOKED, None, CertificateState.REVOKED),
        (REVOKED, "2026/27-0032", CertificateState.REPLACED),
    ],
)
def test_a_certificate_is_issued_then_revoked_or_replaced(
    revoked_at: datetime | None, replaced_by: str | None, state: CertificateState
) -> None:
    certificate = IssuedCertificate(1, 1, make_contents(), revoked_at=revoked_at, replaced_by=replaced_by)
    assert certificate.state is state
    assert make_certificate().state is CertificateState.ISSUED


@pytest.mark.parametrize(("typed", "kept"), [("  nome   sbagliato ", "nome sbagliato"), ("x" * 200, "x" * 200)])
def test_a_reason_is_kept(typed: str, kept: str) -> None:
    assert ensure_reason(typed) == kept


@pytest.mark.parametrize("typed", ["", "  \n", "x" * 201])
def test_there_is_no_revocation_without_a_short_reason(typed: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        ensure_reason(typed)
    assert refused.value.field == "why"


DAY = date(2027, 6, 4)


@pytest.mark.parametrize(
    ("number", "day", "kept"),
    [("", None, (None, None)), (" 0002417/IV.5 ", DAY, ("0002417/IV.5", DAY))],
)
def test_the_protocol_is_given_whole_or_later(
    number: str, day: date | None, kept: tuple[str | None, date | None]
) -> None:
    assert ensure_protocol(number, day, today=DAY) == kept


@pytest.mark.parametrize(
    ("number", "day", "field"),
    [
        ("2417", None, "protocol_day"),
        ("", DAY, "protocol_number"),
        ("9" * 41, DAY, "protocol_number"),
        ("2417", DAY + timedelta(days=1), "protocol_day"),
    ],
)
def test_half_a_protocol_or_one_of_tomorrow_is_refused(number: str, day: date | None, field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        ensure_protocol(number, day, today=DAY)
    assert refused.value.field == field
