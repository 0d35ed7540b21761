"""Which classes are weighed against the share that the law names."""

from datetime import date

from sqlalchemy.orm import Session

from schoolapp import queries
from schoolapp.domain.roles import Role
from tests import factories

DAY = date(2027, 1, 20)


def test_only_the_classes_that_were_asked_for_and_are_the_persons_are_weighed(database: Session) -> None:
    factories.make_school_year()
    school, other = factories.make_institute(), factories.make_institute()
    _first, second = (factories.make_class(factories.make_site(school), name=name) for name in ("1A", "1B"))
    foreign = factories.make_class(factories.make_site(other), name="1C")
    actor = factories.actor_of(factories.make_user(Role.COORDINATOR, school))

    def names(class_ids: list[int] | None = None) -> list[str]:
        shares = queries.class_shares.list_of_year(actor, on=DAY, threshold_percent=20, class_ids=class_ids)
        return [share.name for share in shares]

    assert names() == ["1A", "1B"]
    assert names([second.id, foreign.id]) == ["1B"]
    assert names([]) == []
