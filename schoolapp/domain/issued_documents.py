"""Documents that leave the school with a number and a code."""

from enum import StrEnum

from schoolapp.domain.wording import N_


class DocumentKind(StrEnum):
    CERTIFICATE = "certificate"
    """*Attestato di frequenza*."""


DOCUMENT_KIND_NAMES: dict[DocumentKind, str] = {DocumentKind.CERTIFICATE: N_("attestato di frequenza")}
