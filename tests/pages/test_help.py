"""The help answers what a person's role can do, and its links open."""

import pytest
from sqlalchemy.orm import Session

from schoolapp.blueprints.home.help import TOPICS
from schoolapp.domain.permissions import ROLE_PERMISSIONS
from schoolapp.domain.roles import Role
from tests.access.worlds import make_world
from tests.support.page import Browser

MEDIATOR, HOURS, FAMILY = "Come chiedo un mediatore?", "Come si contano le ore?", "Che cosa vede la famiglia?"


@pytest.mark.parametrize(
    ("role", "answered", "not_answered"),
    [
        (Role.TEACHER, (MEDIATOR, HOURS, FAMILY), ("Come faccio l’appello?", "Come approvo una richiesta?")),
        (Role.FACILITATOR, ("Come faccio l’appello?", HOURS), (MEDIATOR, FAMILY)),
        (Role.COORDINATOR, (MEDIATOR, FAMILY, "Come approvo una richiesta?", "Come do gli attestati?"), ()),
        (Role.MEDIATOR, ("Come rispondo a una proposta?", HOURS, "Come controllo una traduzione?"), (MEDIATOR,)),
        (Role.PROVIDER_COORDINATOR, ("Come scelgo il mediatore?", HOURS), (MEDIATOR, FAMILY)),
        (Role.DISTRICT_OFFICER, ("Che cosa approva l’Ufficio di Piano?", HOURS), (MEDIATOR, FAMILY)),
        (Role.SERVICE_REQUESTER, (MEDIATOR, "Come conto chi viene allo sportello?"), ("Come do gli attestati?",)),
        (Role.ADMINISTRATOR, ("Come do un accesso a una persona?",), (MEDIATOR, HOURS)),
    ],
)
def test_a_person_reads_what_the_own_role_can_do_and_every_link_opens(
    role: Role, answered: tuple[str, ...], not_answered: tuple[str, ...], browser: Browser, database: Session
) -> None:
    world = make_world()
    page = browser.sign_in(world.people[role]).get("/help")
    questions = [heading.text for heading in page.main.all("h2")]
    assert set(answered) <= set(questions)
    assert not set(not_answered) & set(questions)
    for link in page.main.all("a"):
        assert link.get("href").startswith("#") or browser.get(link.get("href")).status == 200, link.text


def test_who_has_not_signed_in_reads_what_everyone_may_ask(browser: Browser) -> None:
    page = browser.get("/help")
    assert [heading.text for heading in page.main.all("h2")] == [
        "Come controllo se un attestato è vero?",
        "Non trovi quello che cerchi?",
    ]
    assert page.follow("Verifica di un attestato").status == 200


def test_each_question_is_somebody_s() -> None:
    held = frozenset().union(*ROLE_PERMISSIONS.values())
    assert len({topic.key for topic in TOPICS}) == len(TOPICS)
    for topic in TOPICS:
        assert set(topic.permissions) <= held, topic.key
        assert topic.steps or topic.good_to_know
