"""What others have been attacked by, and where it is tried here.

Cases of one page are tried beside that page: WHERE names them. Cases of every page are tried here, on every route.
"""

import ast
import re
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from schoolapp.domain.roles import Role
from schoolapp.models import Base
from tests import factories
from tests.access.matrix import ANY_ROLE, MATRIX, PUBLIC
from tests.access.worlds import World, make_world
from tests.support.page import Browser

pytestmark = pytest.mark.timeout(240)  # these walk over every route

TESTS = Path(__file__).resolve().parents[1]

WHERE: dict[str, tuple[str, ...]] = {
    "A1 another school's id in address, field or JSON": (
        "access/test_access_matrix.py::test_the_same_role_of_another_school_finds_nothing",
        "pages/test_enrolments.py::test_a_foreign_pupil_in_the_form_is_a_missing_page",
        "pages/test_workshops.py::test_what_is_of_another_school_is_refused_and_nothing_is_written",
        "pages/test_pupils.py::test_a_foreign_card_is_a_missing_page_and_leaves_no_trace",
        "pages/test_assessments.py::test_sharing_nothing_is_refused_and_foreign_ids_are_ignored",
        "pages/test_reports.py::test_a_foreign_report_in_a_batch_is_a_missing_page_and_nothing_is_countersigned",
        "pages/test_signed_registers.py::test_one_register_of_another_school_refuses_the_whole_batch",
        "services/test_attendance.py::test_who_may_read_here_and_write_elsewhere_writes_nothing_here",
    ),
    "A2 the child of one parent under another": (
        "pages/test_accounts.py::test_the_role_of_one_person_is_not_reached_through_another",
        "pages/test_institutes.py::test_a_coordinator_sees_and_changes_the_own_school_only",
        "pages/test_certificates.py::test_a_pupil_of_another_school_gets_no_certificate_here",
        "pages/test_assessments.py::test_an_old_moment_or_workshop_in_the_address_is_not_found",
    ),
    "A3 marks for a pupil of another group": (
        "pages/test_attendance.py::test_a_pupil_of_another_workshop_in_the_list_rejects_the_whole_list",
        "pages/test_attendance.py::test_a_field_that_is_no_pupil_is_refused",
        "pages/test_attendance.py::test_whoever_is_named_in_the_form_the_marker_is_who_signed_in",
    ),
    "A4 another person's day asked for": ("pages/test_today.py::test_nobody_gets_the_day_of_someone_else",),
    "A5 a booking or a calendar of a colleague": (
        "abuse/test_meeting_attacks.py::test_a_colleague_moves_nothing_of_mine",
        "abuse/test_meeting_attacks.py::test_a_coordinator_proposes_no_mediator_of_another_cooperative",
        "abuse/test_meeting_attacks.py::test_nobody_makes_or_ends_the_calendar_of_a_colleague",
        "services/test_meetings.py::test_a_mediator_of_another_cooperative_is_not_proposed",
    ),
    "A6 search and filters reach what the list hides": (
        "pages/test_audit.py::test_another_schools_changes_are_not_there",
        "queries/test_attendance.py::test_figures_of_another_school_are_not_there",
    ),
    "A7 one door for every client": (
        "pages/test_sign_in.py::test_no_token_stands_for_a_session",
        "pages/test_sign_in.py::test_signing_in_by_json_gives_nothing_away",
    ),
    "A8 forbidden, and the body is empty of it": (
        "web/test_errors.py::test_a_page_of_another_role_holds_nothing_of_what_was_asked_for",
        "web/test_errors.py::test_a_page_that_is_out_of_scope_reads_exactly_like_a_missing_one",
    ),
    "A12 one case reached from another": (
        "abuse/test_meeting_attacks.py::test_a_colleague_moves_nothing_of_mine",
        "abuse/test_meeting_attacks.py::test_a_request_takes_no_pupil_class_or_budget_of_another_school",
        "services/test_meetings.py::test_people_of_another_place_find_no_request",
    ),
    "B1 fields that were not offered": (
        "pages/test_accounts.py::test_fields_that_the_page_does_not_have_are_ignored",
        "pages/test_accounts.py::test_a_person_cannot_change_the_own_roles_anywhere",
    ),
    "B2 an invitation to an address that has an account": (
        "pages/test_accounts.py::test_an_address_with_an_account_is_refused_and_that_account_stays_as_it_is",
    ),
    "B5 a forged host": (
        "pages/test_password_reset.py::test_the_host_header_never_reaches_the_message",
        "web/test_headers.py::test_a_forged_host_is_refused",
        "services/test_meeting_messages.py::test_links_bear_the_fixed_address_whatever_a_request_calls_us",
    ),
    "B6 sessions after a new password, pages after signing out": (
        "pages/test_sign_in.py::test_a_cookie_that_was_copied_ends_with_the_sign_out_of_a_changed_password",
        "pages/test_password_reset.py::test_a_new_password_ends_the_sessions",
        "pages/test_sign_in.py::test_after_signing_out_the_back_button_finds_nothing_kept",
    ),
    "B9 guessing, login CSRF, floods in the log": (
        "pages/test_sign_in.py::test_after_ten_wrong_passwords_one_waits_and_the_colleagues_of_the_same_school_do_not",
        "pages/test_sign_in.py::test_without_the_token_of_the_form_nobody_signs_in",
        "web/test_logs.py::test_refusals_of_strangers_do_not_fill_the_disk",
    ),
    "B10 a mail cannon, an account oracle": (
        "pages/test_password_reset.py::test_nobody_is_flooded_with_messages",
        "pages/test_password_reset.py::test_unknown_and_switched_off_addresses_get_the_same_answer_and_no_message",
    ),
    "C2 links that scanners open": (
        "pages/test_accounts.py::test_opening_a_link_changes_nothing_and_after_a_week_it_is_void",
        "pages/test_links.py::test_opening_the_link_again_and_again_changes_nothing",
        "pages/test_letters.py::test_looking_answers_nothing",
        "abuse/test_meeting_attacks.py::test_what_opens_mail_ahead_of_people_answers_nothing",
    ),
    "C3 a public page that acts": (
        "pages/test_links.py::test_a_post_without_its_token_does_nothing",
        "abuse/test_meeting_attacks.py::test_a_link_is_exchanged_for_no_other",
        "at_once/test_links.py::test_two_copies_of_a_letter_answered_at_once_give_one_answer",
        "pages/test_links.py::test_an_answer_sent_twice_is_taken_once",
        "pages/test_links.py::test_a_forged_link_reads_like_one_that_was_used",
        "pages/test_letters.py::test_an_answer_without_its_token_is_not_taken",
        "pages/test_letters.py::test_one_answer_is_taken_and_seen_by_who_asked",
        "pages/test_links.py::test_guessing_is_cut_short_and_opening_ones_own_is_not",
    ),
    "D1 a script in what a person typed": (
        "pages/test_audit.py::test_what_a_person_typed_is_shown_as_text",
        "pages/test_attendance.py::test_a_remark_with_markup_is_shown_as_text",
    ),
    "D2 a script in what the script draws": (
        "browser/test_roll_call.py::test_a_name_with_markup_stays_text_in_what_the_script_draws",
    ),
    "D3 an address that acts when it is pressed": (
        "abuse/test_meeting_attacks.py::test_an_address_that_was_typed_is_a_text_and_no_link",
    ),
    "D4 what the offices write": (
        "abuse/test_meeting_attacks.py::test_what_offices_write_is_a_text_on_every_page_of_others",
    ),
    "E4 names of files in archives": (
        "documents/test_certificate.py::test_a_whole_class_is_also_an_archive_of_single_files_with_safe_names",
    ),
    "E5 templates in what people type": (
        "documents/test_family_letters.py::test_what_people_typed_is_set_as_they_typed_it",
    ),
    "E6 a printer that reads files and asks the network": (
        "documents/test_family_letters.py::test_what_people_typed_is_set_as_they_typed_it",
        "documents/test_family_letters.py::test_the_program_that_sets_letters_gets_no_more_than_it_needs",
    ),
    "E7 addresses that the server is made to open": (
        "abuse/test_meeting_attacks.py::test_nothing_in_the_program_fetches_an_address",
        "documents/test_family_letters.py::test_the_program_that_sets_letters_gets_no_more_than_it_needs",
    ),
    "E8 formulas in names that leave in a sheet": (
        "exchange/test_formula_guard.py::test_no_text_leaves_ready_to_run",
        "exchange/test_registers.py::test_formulas_in_names_and_topics_leave_as_texts",
        "pages/test_certificates.py::test_the_list_is_also_a_spreadsheet_whose_texts_nothing_runs",
    ),
    "E9 bombs": (
        "web/test_errors.py::test_what_is_too_large_is_refused_before_it_is_read",
        "exchange/test_read_table.py::test_a_workbook_that_unpacks_to_too_much_is_never_unpacked",
        "exchange/test_read_table.py::test_a_small_file_that_asks_for_all_the_memory_ends_in_a_sentence",
        "exchange/test_read_table.py::test_a_broken_web_page_is_read_at_once",
        "exchange/test_pictures.py::test_any_other_file_is_refused_with_a_sentence",
    ),
    "E10 what an installer leaves behind": ("web/test_headers.py::test_nothing_but_the_routes_is_reachable",),
    "E11 an open redirect": ("pages/test_sign_in.py::test_next_leads_to_no_other_site",),
    "E12 personal data in the log": (
        "web/test_logs.py::test_names_addresses_dates_and_passwords_stay_out",
        "web/test_errors.py::test_an_error_of_ours_shows_nothing_and_is_logged_without_its_message",
    ),
    "F5 codes of papers tried one after the other": (
        "pages/test_verification.py::test_codes_are_not_met_by_trying",
        "pages/test_verification.py::test_a_valid_code_says_the_minimum",
        "pages/test_verification.py::test_what_was_never_issued_is_unknown_whatever_it_looks_like",
    ),
    "F7 a family's link that shows more than it must": (
        "pages/test_letters.py::test_it_says_first_name_day_time_and_place_in_the_familys_language",
        "pages/test_letters.py::test_a_made_up_link_reads_like_one_that_is_over",
        "pages/test_letters.py::test_a_link_ends_with_its_meeting_and_with_its_appointment",
        "pages/test_letters.py::test_a_mediators_link_is_no_familys",
    ),
    "F9 mail that reaches the wrong reader": (
        "services/test_meeting_messages.py::test_no_message_of_a_whole_way_names_the_pupil_the_class_or_the_case",
        "services/test_meeting_messages.py::test_the_mediator_gets_a_link_and_a_tentative_entry",
        "services/test_meeting_leavers.py::test_who_asked_and_now_works_elsewhere_hears_nothing_more_and_the_coordinator_does",
        "worker/test_delivery.py::test_a_certificate_that_nobody_vouches_for_gets_no_mail",
    ),
}

HARMLESS = {"GET", "HEAD", "OPTIONS"}
READING_IS_NOTED = {"card_reading"}
"""Who opened a pupil's card is written down: the one thing that reading writes."""

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
INJECTIONS = (
    "' OR '1'='1",
    "id; DROP TABLE pupil--",
    "(SELECT password FROM user_account)",
    "\x00",
    "[$ne]",
    "-1",
    "\U0001d7d9",
    "9" * 30,
)
_ASKED_FOR = re.compile(r"""(?:request\.args\.get(?:list)?|_day)\("(\w+)\"""")
PARAMETERS = sorted(
    {word for file in (TESTS.parent / "schoolapp").rglob("*.py") for word in _ASKED_FOR.findall(file.read_text())}
    | {"author", "subject", "first_day", "last_day", "corrections"}  # of a form
    | {"sort", "order", "columns"}  # which no page knows
)
"""What pages read from their address."""
_DAYS = ("day", "first_day", "from", "last_day", "on", "to")
ENDS_OF_THE_CALENDAR = {
    1: {**dict.fromkeys(_DAYS, "0001-01-01"), "month": "0001-01", "week": "0001-W01", "year": "1"},
    2: {**dict.fromkeys(_DAYS, "9999-12-31"), "month": "9999-12", "week": "9999-W52", "year": "9999"},
}
"""What the days of an address are in the second and third turn."""


@pytest.mark.parametrize("case", sorted(WHERE))
def test_the_tests_of_a_case_are_where_they_are_said_to_be(case: str) -> None:
    for place in WHERE[case]:
        file, name = place.split("::")
        names = {node.name for node in ast.parse((TESTS / file).read_text()).body if isinstance(node, ast.FunctionDef)}
        assert name in names, place


@pytest.fixture
def world(database: Session) -> World:
    return make_world()


def addresses(app: Flask, world: World, methods: set[str]) -> list[tuple[str, str, str]]:
    """Endpoint, method and address of every route, the harmless methods only or all others."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            values = {name: world.url_values[name] for name in rule.arguments}
            for method in sorted((rule.methods or set()) & methods):
                found.append((rule.endpoint, method, adapter.build(rule.endpoint, values, method=method)))
    return found


def sign_in_for(browser: Browser, world: World, endpoint: str) -> None:
    """Be somebody who may open the page."""
    allowed = MATRIX[endpoint]
    if isinstance(allowed, str):
        assert allowed == PUBLIC
    else:
        preferred = Role.COORDINATOR if allowed == ANY_ROLE or Role.COORDINATOR in allowed else min(allowed)
        browser.sign_in(world.people[preferred])


def row_counts(database: Session) -> dict[str, int]:
    tables = [table for name, table in Base.metadata.tables.items() if name not in READING_IS_NOTED]
    counts = sa.union_all(*(sa.select(sa.literal(t.name), sa.func.count()).select_from(t) for t in tables))
    return {row[0]: row[1] for row in database.execute(counts)}


def test_reading_changes_nothing(
    app: Flask, browser: Browser, database: Session, world: World, statements: Callable[[], Any]
) -> None:
    """C1: no GET, HEAD or OPTIONS changes how many rows there are, whatever it says about another method."""
    before = row_counts(database)
    for endpoint, method, url in addresses(app, world, HARMLESS):
        sign_in_for(browser, world, endpoint)
        headers = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "DELETE"}
        with statements() as sent:
            response = browser.request(method, url, query_string={"_method": "POST"}, headers=headers)
        assert response.status_code < 500, f"{method} {url}"
        if not all(statement.startswith("SELECT") for statement in sent):  # else there is nothing to count again
            assert row_counts(database) == before, f"{method} {url}"
    assert row_counts(database) == before


def test_without_its_token_no_form_is_taken(app: Flask, browser: Browser, database: Session, world: World) -> None:
    """C1: 400, and nothing changes; a token of somebody else's session is worth as little."""
    stranger = Browser(app, database)
    foreign = stranger.get("/sign-in").form("Entra").values["csrf_token"][0]
    before = row_counts(database)
    writing = addresses(app, world, {"POST", "PUT", "PATCH", "DELETE"})
    assert {method for _, method, _ in writing} == {"POST"}
    for endpoint, method, url in writing:
        sign_in_for(browser, world, endpoint)
        for options in ({"data": {}}, {"data": {"csrf_token": foreign}}, {"json": {}}):
            status = browser.request(method, url, **options).status_code
            assert status == 400, f"{method} {url} {options}: {status}"
    assert row_counts(database) == before


def test_odd_words_in_an_address_break_nothing(app: Flask, browser: Browser, database: Session, world: World) -> None:
    """E1: what a list is sorted and filtered by comes from words it knows."""
    before = row_counts(database)
    for endpoint, method, url in addresses(app, world, {"GET"}):
        sign_in_for(browser, world, endpoint)
        for turn in range(3):  # each parameter meets three of the odd words, each word every parameter of some page
            words = INJECTIONS[turn * 3 :] + INJECTIONS[: turn * 3]
            query = dict(zip(PARAMETERS, cycle(words), strict=False)) | ENDS_OF_THE_CALENDAR.get(turn, {})
            assert browser.request(method, url, query_string=query).status_code < 500, f"{method} {url} {query}"
    assert row_counts(database) == before


def test_a_number_that_no_table_holds_is_a_missing_page(app: Flask, browser: Browser, world: World) -> None:
    values = {name: 10**30 if isinstance(value, int) else value for name, value in world.url_values.items()}
    huge = World(world.institute, world.people, values)
    for endpoint, method, url in addresses(app, huge, {"GET"}):
        if str(10**30) in url:
            sign_in_for(browser, world, endpoint)
            assert browser.request(method, url).status_code == 404, url


def _poisoned(world: World, database: Session) -> None:
    """Every text of the world that a person may have typed is a script."""
    for table in Base.metadata.sorted_tables:
        typed = [
            column.name
            for column in table.columns
            if isinstance(column.type, sa.String)
            and not isinstance(column.type, sa.Enum)
            and column.name in TYPED
            and (column.type.length or 500) >= len(SCRIPT)
        ]
        unique = any(column.unique for column in table.columns if column.name in typed)
        if typed and not unique and table.name not in ("audit_event", "school_year", "term"):
            database.execute(sa.update(table).values(dict.fromkeys(typed, SCRIPT)))
    database.commit()
    database.expire_all()


TYPED = {
    "title", "last_name", "first_name", "called_name", "place", "topic", "note", "address",
    "filename", "relation", "moved_why", "cancelled_why", "decision_why", "reason", "revoked_why", "overall_why",
    "name", "words", "proposals", "topics", "progress", "difficulties", "agreements", "present",
    "birth_place", "lead_body", "word", "heading",
}  # fmt: skip


def test_a_script_that_was_typed_runs_on_no_page(app: Flask, browser: Browser, database: Session, world: World) -> None:
    """D1, D2: on every page, to every role that may open it."""
    institute = world.institute
    institute.name = SCRIPT
    for number, user in enumerate(world.people.values()):
        user.name = f"{SCRIPT}{number}"
    factories.make_project(title=SCRIPT)
    database.flush()
    _poisoned(world, database)
    shown = 0
    for endpoint, method, url in addresses(app, world, {"GET"}):
        allowed = MATRIX[endpoint]
        for role in [Role.COORDINATOR] if isinstance(allowed, str) or allowed == ANY_ROLE else sorted(allowed):
            browser.sign_in(world.people[role])
            response = browser.request(method, url)
            if response.mimetype != "text/html":
                continue
            body = response.get_data(as_text=True)
            assert "<script>alert" not in body, f"{role} {url}"
            assert "<img src=x" not in body, f"{role} {url}"
            shown += "&lt;script&gt;alert" in body
    assert shown > 10, "the script stands on few pages: the test has lost its teeth"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_the_administration_lists_people(role: Role, browser: Browser, world: World) -> None:
    """A9: no list of accounts to walk through."""
    browser.sign_in(world.people[role])
    for url in ("/accounts", f"/accounts/{world.people[Role.HEAD].id}"):
        response: Any = browser.request("GET", url)
        assert response.status_code == 403


def test_the_administration_sees_no_pupils(app: Flask, browser: Browser, database: Session, world: World) -> None:
    """B8: accounts and schools, and no pupil's name anywhere."""
    browser.sign_in(world.people[Role.ADMINISTRATOR])
    factories.make_pupil(world.institute, last_name="Invisibile", first_name="Zoe")
    database.commit()
    for endpoint, method, url in addresses(app, world, {"GET"}):
        allowed = MATRIX[endpoint]
        if isinstance(allowed, str) or Role.ADMINISTRATOR in allowed:
            body = browser.request(method, url).get_data()
            assert b"Invisibile" not in body, url
