"""How a row is kept, and what all rows of the tests share."""

from datetime import date
from itertools import count
from typing import TypeVar

from schoolapp.extensions import db
from schoolapp.models import Base

Kept = TypeVar("Kept", bound=Base)

YEAR_FIRST_DAY = date(2026, 9, 1)
YEAR_LAST_DAY = date(2027, 8, 31)
"""Tests live in the school year 2026/27; stop the clock with time-machine where today matters."""

numbers = count(10_000)
"""What makes one name, address or code differ from the next; of five digits, so that the order of names is theirs."""


def kept(item: Kept, *with_it: Base) -> Kept:
    """The row, written together with those that belong to it: each writing takes longer than the rows in it."""
    db.session.add_all([item, *with_it])
    db.session.flush()
    return item
