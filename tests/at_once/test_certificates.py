"""Two people who issue at the same moment: numbers have no gaps, nobody gets one twice, nobody gets two."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from schoolapp import services
from schoolapp.extensions import db
from schoolapp.models import IssuedDocument
from schoolapp.services.certificates import Issuing
from schoolapp.transaction import transaction
from tests.support.at_once import at_once
from tests.support.concluded import concluded_workshop

AT = datetime(2027, 6, 4, 10, 0, tzinfo=UTC)


def _numbers(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(IssuedDocument.number).order_by(IssuedDocument.number)))


def test_numbers_have_no_gaps_and_no_doubles(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        school = concluded_workshop({f"Alunno {number}": 4 for number in range(6)})
        ids, workshop_id = [pupil.id for pupil in school.pupils.values()], school.workshop.id
        issuing = Issuing(by_id=school.coordinator.id, at=AT, verify_address="https://x.example/verify")

    def issue(pupil_id: int) -> Callable[[], object]:
        return lambda: services.certificates.issue(workshop_id, pupil_ids=[pupil_id], issuing=issuing)

    assert at_once(app, [issue(pupil_id) for pupil_id in ids]) == [""] * 6
    assert _numbers(app) == [1, 2, 3, 4, 5, 6]


def test_a_button_pressed_by_two_issues_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        school = concluded_workshop({"Awa": 4, "Ben": 4})
        ids, workshop_id = [pupil.id for pupil in school.pupils.values()], school.workshop.id
        issuing = Issuing(by_id=school.coordinator.id, at=AT, verify_address="https://x.example/verify")
    action = lambda: services.certificates.issue(workshop_id, pupil_ids=ids, issuing=issuing)  # noqa: E731
    told = at_once(app, [action] * 3)
    assert told[0] == ""
    assert all("Nessun attestato è stato emesso" in sentence for sentence in told[1:])
    assert _numbers(app) == [1, 2]


def test_a_certificate_is_replaced_once(app: Flask, kept: None) -> None:
    with app.app_context(), transaction(None):
        school = concluded_workshop({"Awa": 4})
        issuing = Issuing(by_id=school.coordinator.id, at=AT, verify_address="https://x.example/verify")
        (document,) = services.certificates.issue(
            school.workshop.id, pupil_ids=[school.pupils["Awa"].id], issuing=issuing
        )
        document_id = document.id
    action = lambda: services.certificates.replace_with_new(document_id, why="nome", issuing=issuing)  # noqa: E731
    told = at_once(app, [action] * 3)
    assert told[0] == ""
    assert all("già annullato" in sentence for sentence in told[1:])
    assert _numbers(app) == [1, 2]
