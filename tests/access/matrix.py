"""Who may open what: endpoint → the answer for each role, as a head teacher could check it.

A row is one line: the roles that are ALLOWED; everyone else who has signed in is FORBIDDEN (403), and who has not
is sent to SIGN_IN. Two words stand for everybody: PUBLIC (no account needed), ANY_ROLE (whoever has an account).
"""

from schoolapp.domain.roles import Role

F, T, C, H = Role.FACILITATOR, Role.TEACHER, Role.COORDINATOR, Role.HEAD
ADMIN = Role.ADMINISTRATOR

PUBLIC = "public"
ANY_ROLE = frozenset(Role)

MATRIX: dict[str, str | frozenset[Role]] = {
    "accounts.edit": frozenset({ADMIN}),
    "accounts.end_role": frozenset({ADMIN}),
    "accounts.give_role": frozenset({ADMIN}),
    "accounts.index": frozenset({ADMIN}),
    "accounts.link": frozenset({ADMIN}),
    "accounts.new": frozenset({ADMIN}),
    "accounts.own": ANY_ROLE,
    "accounts.roles": frozenset({ADMIN}),
    "accounts.show": frozenset({ADMIN}),
    "accounts.switch_off": frozenset({ADMIN}),
    "accounts.switch_on": frozenset({ADMIN}),
    "accounts.welcome": PUBLIC,
    "attendance.correct": frozenset({F, C}),
    "attendance.countersign": frozenset({C, H}),
    "attendance.countersign_list": frozenset({C, H}),
    "attendance.register": frozenset({F, C, H}),
    "attendance.save_correction": frozenset({F, C}),
    "attendance.save_register": frozenset({F}),
    "attendance.settle_unlisted": frozenset({C}),
    "audit.index": frozenset({C, H}),
    "enrolments.edit": frozenset({C}),
    "enrolments.new": frozenset({C}),
    "home.accessibility": PUBLIC,
    "home.health": PUBLIC,
    "home.help_page": PUBLIC,
    "home.privacy": PUBLIC,
    "home.set_language": PUBLIC,
    "home.start": ANY_ROLE,
    "pupils.add_teacher": frozenset({C}),
    "pupils.archive": frozenset({C}),
    "pupils.card": frozenset({T, C, H}),
    "pupils.classes": frozenset({C}),
    "pupils.edit": frozenset({C}),
    "pupils.index": frozenset({T, C, H}),
    "pupils.new": frozenset({C}),
    "pupils.remove_teacher": frozenset({C}),
    "pupils.school_class": frozenset({C}),
    "pupils.unarchive": frozenset({C}),
    "referrals.assign": frozenset({C}),
    "referrals.decide": frozenset({T, C}),
    "referrals.dismiss_unlisted": frozenset({C}),
    "referrals.index": frozenset({T, C, H}),
    "referrals.new": frozenset({T, C}),
    "referrals.page": frozenset({T, C, H}),
    "registers.empty": frozenset({F, C, H}),
    "registers.printed": frozenset({F, C, H}),
    "registers.spreadsheet": frozenset({F, C, H}),
    "registers.table": frozenset({F, C, H}),
    "security.change_password": ANY_ROLE,
    "security.forgot_password": PUBLIC,
    "security.login": PUBLIC,
    "security.logout": ANY_ROLE,
    "security.reset_password": PUBLIC,
    "today.day": frozenset({F, C, H}),
    "workshops.cancel": frozenset({C}),
    "workshops.change_status": frozenset({C}),
    "workshops.closures": frozenset({C}),
    "workshops.edit": frozenset({C}),
    "workshops.fill": frozenset({C}),
    "workshops.index": frozenset({F, C, H}),
    "workshops.lessons": frozenset({F, C, H}),
    "workshops.move": frozenset({C}),
    "workshops.new": frozenset({C}),
    "workshops.new_lesson": frozenset({C}),
    "workshops.recover": frozenset({C}),
    "workshops.remove_closure": frozenset({C}),
    "workshops.restore": frozenset({C}),
    "workshops.show": frozenset({F, C, H}),
}
