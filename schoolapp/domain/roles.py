"""Who people are in this world, and where they are it."""

from enum import StrEnum

from schoolapp.domain.wording import N_


class Role(StrEnum):
    FACILITATOR = "facilitator"
    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    HEAD = "head"
    MEDIATOR = "mediator"
    PROVIDER_COORDINATOR = "provider_coordinator"
    DISTRICT_OFFICER = "district_officer"
    REGION_VIEWER = "region_viewer"
    SERVICE_REQUESTER = "service_requester"
    ADMINISTRATOR = "administrator"


class ScopeKind(StrEnum):
    """The kind of place in which a role is held."""

    INSTITUTE = "institute"
    PROVIDER = "provider"
    SERVICE = "service"
    DISTRICT = "district"
    EVERYWHERE = "everywhere"


ROLE_SCOPE: dict[Role, ScopeKind] = {
    Role.FACILITATOR: ScopeKind.INSTITUTE,
    Role.TEACHER: ScopeKind.INSTITUTE,
    Role.COORDINATOR: ScopeKind.INSTITUTE,
    Role.HEAD: ScopeKind.INSTITUTE,
    Role.MEDIATOR: ScopeKind.PROVIDER,
    Role.PROVIDER_COORDINATOR: ScopeKind.PROVIDER,
    Role.DISTRICT_OFFICER: ScopeKind.DISTRICT,
    Role.REGION_VIEWER: ScopeKind.EVERYWHERE,
    Role.SERVICE_REQUESTER: ScopeKind.SERVICE,
    Role.ADMINISTRATOR: ScopeKind.EVERYWHERE,
}

ROLE_NAMES: dict[Role, str] = {
    Role.FACILITATOR: N_("facilitazione linguistica"),
    Role.TEACHER: N_("docente"),
    Role.COORDINATOR: N_("referente intercultura"),
    Role.HEAD: N_("dirigente scolastico"),
    Role.MEDIATOR: N_("mediazione linguistico-culturale"),
    Role.PROVIDER_COORDINATOR: N_("coordinamento del servizio (cooperativa)"),
    Role.DISTRICT_OFFICER: N_("Ufficio di Piano"),
    Role.REGION_VIEWER: N_("Regione"),
    Role.SERVICE_REQUESTER: N_("servizio richiedente"),
    Role.ADMINISTRATOR: N_("amministrazione"),
}
