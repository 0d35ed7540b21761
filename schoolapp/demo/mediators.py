"""Who asks beside the schools, and who comes: services of the Ambito, mediators of its cooperative."""

from datetime import date, time, timedelta

from schoolapp.demo.accounts import Accounts
from schoolapp.demo.pupils import DemoPupil
from schoolapp.demo.rows import Rows
from schoolapp.domain.meetings import LanguageLevel
from schoolapp.domain.meetings import MeetingContext as Context
from schoolapp.domain.roles import Role

SERVICES: tuple[tuple[str, str, Context, str], ...] = (
    ("social", "Servizio sociale di base", Context.SOCIAL, "Sondrio, via Perego"),
    ("desk", "Sportello assistenza familiare", Context.DESK, "Sondrio, piazza Campello"),
    ("health", "Ambulatorio vaccinazioni", Context.HEALTH, "Sondrio, via Stelvio"),
)

# Account, name, gender, comune, languages (the first is the mother tongue).
MEDIATORS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("mediator", "", "F", "Sondrio", ("ary", "ar", "fr")),
    ("mediator2", "Nadia Rahmani", "F", "Albosaggia", ("ar", "fr")),
    ("mediator3", "Adnan Malik", "M", "Piateda", ("ur", "pnb", "pa")),
    ("mediator4", "Oksana Bondar", "F", "Ponte in Valtellina", ("uk", "ru")),
    ("mediator5", "Elira Hoxha", "F", "Chiuro", ("sq",)),
    ("mediator6", "Liu Mei", "F", "Sondrio", ("zh",)),
    ("mediator7", "Fatou Ndiaye", "F", "Berbenno di Valtellina", ("wo", "fr")),
    ("mediator8", "Mihaela Rusu", "F", "Montagna in Valtellina", ("ro",)),
)


# Account, and the first and last day away counted from today: under way, soon, and in a while.
AWAY: tuple[tuple[str, int, int], ...] = (
    ("mediator6", -2, 3),
    ("mediator2", 10, 14),
    ("mediator", 2, 5),
    ("mediator4", 30, 44),
)

WITHOUT_TIMES = "mediator8"
"""Could come until a month ago, and has not said yet when she can now."""

FORMER = ("mediator9", "Youssef Tahiri", "M", "Caiolo", ("ary", "fr"))
"""Left the cooperative some months ago: the card stays, nobody proposes him."""


def add_services(rows: Rows, ambito_id: int, comuni: dict[str, int]) -> dict[str, int]:
    """The services of the Ambito; their ids by the first word."""
    return {
        word: rows.add(
            "service",
            ambito_id=ambito_id,
            comune_id=comuni["Sondrio"],
            name=name,
            context=context.value,
            place=place,
            valid_from=date(2020, 9, 1),
        )
        for word, name, context, place in SERVICES
    }


def add_mediators(
    accounts: Accounts, people: dict[str, int], *, provider_id: int, comuni: dict[str, int], today: date
) -> list[tuple[int, set[str]]]:
    """Ids of the mediators with their languages."""
    found: list[tuple[int, set[str]]] = []
    rows = accounts.rows
    for number, (account, name, gender, comune, languages) in enumerate((*MEDIATORS, FORMER)):
        if account not in people:
            people[account] = accounts.add(f"{account}@example.org", name)
            left = today - timedelta(days=100) if account == FORMER[0] else None
            accounts.grant(people[account], Role.MEDIATOR, provider_id=provider_id, valid_to=left)
        user_id = people[account]
        rows.add_keyed(
            "mediator_profile",
            ("user_id", "gender", "comune_id", "engagement"),
            (user_id, gender, comuni[comune], f"MED-{number + 1:03}"),
        )
        for place, language in enumerate(languages):
            level = LanguageLevel.FLUENT if place else LanguageLevel.MOTHER_TONGUE
            rows.add_keyed("mediator_language", ("user_id", "language", "level"), (user_id, language, level.value))
        for weekday in range(5):
            start, end = (time(8, 0), time(18, 0)) if (weekday + number) % 3 else (time(13, 30), time(19, 0))
            rows.add(
                "availability",
                user_id=user_id,
                weekday=weekday,
                start=start,
                end=end,
                valid_from=date(2020, 9, 1),
                valid_to=today - timedelta(days=30) if account == WITHOUT_TIMES else None,
            )
        if account != FORMER[0]:
            found.append((user_id, set(languages)))
    for account, first, last in AWAY:
        rows.add(
            "unavailability",
            user_id=people[account],
            first_day=today + timedelta(days=first),
            last_day=today + timedelta(days=last),
        )
    return found


def add_conflict(rows: Rows, speakers: list[tuple[int, set[str]]], waiting: list[DemoPupil], on: date) -> None:
    """A mediator knows the family of a pupil whose request waits, and somebody else can go."""
    for pupil in waiting:
        able = [user_id for user_id, languages in speakers if pupil.language in languages]
        if len(able) > 1:
            rows.add("declared_conflict", user_id=able[-1], pupil_id=pupil.id, declared_on=on)
            return
