"""Certificates of invented pupils, for the tests of what draws and keeps them."""

from dataclasses import replace
from datetime import date

from schoolapp.domain.certificates import CertificateContents, IssuedCertificate, SkillReached
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.workshops import WorkshopKind

LEVELS = (
    SkillReached(Skill.LISTENING, Level.A2, "Capisco chi parla piano di scuola e di casa."),
    SkillReached(Skill.READING, Level.A1, "Leggo avvisi e testi brevi con immagini."),
    SkillReached(Skill.SPOKEN_INTERACTION, Level.A2, "Parlo con gli altri di ciò che faccio."),
    SkillReached(Skill.SPOKEN_PRODUCTION, Level.A1, "Racconto di me e della mia giornata."),
    SkillReached(Skill.WRITING, Level.A1, "Scrivo messaggi brevi e frasi semplici."),
)


def make_contents(**changes: object) -> CertificateContents:
    """54 hours of 60, five skills assessed."""
    contents = CertificateContents(
        number="2026/27-0031",
        code="7F3K9QWDM2XA4TVBH8RCP5YNE4",
        verify_address="https://italiano.example.it/verify",
        replaces=None,
        issue_day=date(2027, 6, 4),
        place="Sondrio",
        institute="Istituto Comprensivo «Valle Serena»",
        institute_address="Via dei Castagni 12, 23100 Sondrio",
        institute_code="SOIC8XX00X",
        site="plesso «Ada Negri»",
        first_name="Selam",
        last_name="Tesfay Gebremariam",
        birth_date=date(2014, 5, 3),
        birth_place="Asmara (Eritrea)",
        school_class="1B, scuola secondaria di I grado",
        kind=WorkshopKind.TO_COMMUNICATE,
        level=Level.A1,
        first_day=date(2026, 11, 16),
        last_day=date(2027, 5, 28),
        attended_minutes=54 * 60,
        offered_minutes=60 * 60,
        levels=LEVELS,
        facilitators=("Chiara Fontana",),
        head="Prof. Marco Bellini",
        printed_signature=False,
        project_title="Lab’Impact",
        project_code="PROG-2463",
        cup="E00E00000000000",
    )
    return replace(contents, **changes)  # type: ignore[arg-type]


def make_certificate(identity: int = 1, **changes: object) -> IssuedCertificate:
    """An issued certificate with its protocol; `changes` are of its contents."""
    return IssuedCertificate(
        id=identity,
        pupil_id=identity,
        contents=make_contents(**changes),
        protocol_number="0002417/IV.5",
        protocol_day=date(2027, 6, 4),
    )
