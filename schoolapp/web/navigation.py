"""The menu: what a person may open, in the order of the day's work."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for

from schoolapp.domain.actors import Actor
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roles import ROLE_NAMES
from schoolapp.domain.wording import N_
from schoolapp.web import access, locale
from schoolapp.web.translations import gettext


@dataclass(frozen=True)
class Entry:
    """A word of the menu. `section` is the blueprint under which the word is the current one."""

    endpoint: str
    message: str
    permissions: tuple[Permission, ...]
    section: str


MENU: tuple[Entry, ...] = (
    # One line an entry, in the order of the menu.
    Entry("today.day", N_("Oggi"), (Permission.LESSONS_READ,), "today"),
    Entry("workshops.index", N_("Laboratori"), (Permission.WORKSHOPS_READ,), "workshops"),
    Entry("referrals.index", N_("Segnalazioni"), (Permission.PUPILS_READ,), "referrals"),
    Entry("pupils.index", N_("Alunni"), (Permission.PUPILS_READ,), "pupils"),
    Entry("assessments.index", N_("Livelli"), (Permission.ASSESSMENTS_READ,), "assessments"),
    Entry("certificates.index", N_("Attestati"), (Permission.CERTIFICATES_READ,), "certificates"),
    Entry("reports.index", N_("Relazioni"), (Permission.REPORTS_READ,), "reports"),
    Entry("board.index", N_("Bacheca"), (Permission.MEETINGS_MATCH,), "board"),
    Entry("mediators.index", N_("Mediatori"), (Permission.MEDIATORS_MANAGE,), "mediators"),
    Entry("meetings.index", N_("Colloqui"), (Permission.MEETINGS_READ,), "meetings"),
    Entry("mediators.own", N_("Disponibilità"), (Permission.MEETINGS_ANSWER,), "mediators"),
    Entry("meetings.grants", N_("Approvazioni"), (Permission.MEETINGS_GRANT,), "meetings"),
    Entry("budgets.index", N_("Monte ore"), (Permission.BUDGETS_READ,), "budgets"),
    Entry("district_hours.month", N_("Ore dell’Ambito"), (Permission.HOURS_COUNT,), "district_hours"),
    Entry("timesheets.index", N_("Ore"), (Permission.HOURS_READ,), "timesheets"),
    Entry("letters.translations", N_("Traduzioni"), (Permission.TRANSLATIONS_CHECK,), "letters"),
    Entry("audit.index", N_("Modifiche"), (Permission.AUDIT_READ,), "audit"),
    Entry("institutes.index", N_("Scuole"), (Permission.INSTITUTES_MANAGE,), "institutes"),
    Entry("projects.index", N_("Progetti"), (Permission.PROJECTS_MANAGE,), "projects"),
    Entry("messages.index", N_("Messaggi"), (Permission.MESSAGES_READ,), "messages"),
    Entry("accounts.index", N_("Accessi"), (Permission.ACCOUNTS_MANAGE,), "accounts"),
)


INSIDE = {"desk": "meetings", "class_shares": "assessments", "imports": "pupils"}
"""Blueprints without a word of their own → the section in which one is there."""


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class SignedInPerson:
    """What the header says of the person: name, roles in words, the place."""

    name: str
    role_names: str
    place: str


def entries(permissions: frozenset[Permission]) -> list[Entry]:
    """The words of the menu of who has these permissions."""
    return [entry for entry in MENU if not permissions.isdisjoint(entry.permissions)]


def _items(actor: Actor) -> list[MenuItem]:
    section = INSIDE.get(request.blueprint or "", request.blueprint)
    words = _words(actor.permissions, locale.chosen(), request.root_path)
    return [MenuItem(label, url, current=section == word) for label, url, word in words]


@lru_cache(maxsize=256)
def _words(permissions: frozenset[Permission], _language: str, _root: str) -> tuple[tuple[str, str, str], ...]:
    """Label, address and section of each word: the same for all who may do the same, in a language, at an address."""
    return tuple((gettext(entry.message), url_for(entry.endpoint), entry.section) for entry in entries(permissions))


def _person(actor: Actor) -> SignedInPerson:
    roles = dict.fromkeys(gettext(ROLE_NAMES[grant.role]) for grant in actor.grants)
    places = dict.fromkeys(grant.place for grant in actor.grants if grant.place)
    return SignedInPerson(name=actor.name, role_names=", ".join(roles), place=", ".join(places))


def _context() -> dict[str, Any]:
    actor = access.actor_or_none()
    return {
        "navigation": _items(actor) if actor else [],
        "signed_in": _person(actor) if actor else None,
        "language": locale.chosen(),
        "may": actor.may if actor else (lambda _permission: False),
        "Permission": Permission,
    }


def init_app(app: Flask) -> None:
    app.context_processor(_context)
