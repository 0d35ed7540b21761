"""Filling empty tables, once: existing data is never touched."""

import secrets
from collections.abc import Callable
from datetime import datetime
from random import Random

from sqlalchemy import Connection, func, select

from schoolapp.demo.accounts import Accounts
from schoolapp.demo.district import fill
from schoolapp.demo.region import Size, fill_region
from schoolapp.demo.rows import TABLES, Rows


def is_filled(connection: Connection) -> bool:
    """Whether there is any account or institute: then the tables belong to somebody."""
    return any(
        connection.scalar(select(func.count()).select_from(TABLES[table])) for table in ("user_account", "institute")
    )


def make(
    connection: Connection,
    *,
    now: datetime,
    password_hash: str,
    region: Size | None = None,
    tell: Callable[[str], None] = lambda _line: None,
) -> bool:
    """Make the demo as it stands at `now`, with a region beside it where asked; False where data exists already.

    `connection` is the one of the session, through which certificates are gathered.
    """
    if is_filled(connection):
        return False
    marks = Random(now.year)
    new_mark = secrets.token_hex if region is None else lambda: f"{marks.getrandbits(256):064x}"
    accounts = Accounts(Rows(connection), password_hash, new_mark)
    year = fill(now=now, accounts=accounts)
    tell("Il distretto è pronto.")
    if region is not None:
        fill_region(now=now, accounts=accounts, this_year=year, size=region, tell=tell)
    return True
