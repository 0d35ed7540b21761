"""What the headings of school lists mean, in Italian and English, however abbreviated."""

import re
from enum import Enum

from schoolapp.domain.pupil_lists import Field
from schoolapp.domain.search_keys import search_key

# Looked up in this order on the search key of the heading ("DATA_NASCITA" is "data nascita"); the first that fits
# wins; None is a column we leave alone.
_MEANINGS: tuple[tuple[str, Field | None], ...] = (
    (r"n|nr|num|numero|prog|progr|progressivo|n ord|n ordine|id|#|no|row", None),
    (r".*(cittadin|nazional|nasc|nato|lavoro|profess|titolo|fiscale|mail).*(padre|madre|genitor|tutor|parent).*", None),
    (r".*(fiscale|tax code|cod fisc|codfisc).*|cf|c f", Field.TAX_CODE),
    (r".*(anno scolastico|school year).*|a s( .*)?", None),
    (r".*(mediatore|mediazione|mediator|interpreter).*", Field.MEDIATOR_NEEDED),
    (r"(cognome e nome|cognome nome|cogn e nome|cognome nome alunn[oa]|nominativo|nominativi|alunn[oaie]"
     r"|alunno a|alunni e|alunne i|studente|studentessa|studenti|nome alunn[oa]|nome completo|surname and name"
     r"|surname name|last name first name|full name|pupil|pupils|student|students|student name|pupil name"
     r"|denominazione alunno|cognome e nome (dell |degli )?alunn[oi])", Field.FULL_NAME),
    (r"nome e cognome.*|nome cognome|name and surname|name surname|first and last name|first name last name",
     Field.FULL_NAME_FIRST),
    (r"(cognome|cogn|cognomi)( (dell )?(alunn[oa]|studente))?|surname|last name|lastname|family name",
     Field.LAST_NAME),
    (r"(nome|nomi)( (dell )?studente)?|name|first name|firstname|given name|forename|given names", Field.FIRST_NAME),
    (r"(sesso|genere|sex|gender|m f|f m|s)", Field.SEX),
    (r"(luogo|comune|citta|town|place) ?(di |of )?(nasc|nascita|birth)( alunn[oa])?|(nato|nata|nato a) (a|in)"
     r"|birth ?place", Field.BIRTH_PLACE),
    (r".*(luogo|comune|provincia|prov|paese|stato|citta|nazione|place|country|town) ?(di |of )?(nasc|birth).*", None),
    (r"(data|d|dt|gg) (di )?(nasc|nascita)|datanascita|data nasc.*|nascita|(nato|nata|nato a) il|date of birth"
     r"|birth ?date|birth|dob|born|born on|birthday", Field.BIRTH_DATE),
    (r".*(seconda|altra|2|second|other) (cittadinanza|citizenship|nazionalita|nationality).*",
     Field.SECOND_CITIZENSHIP),
    (r".*(cittadinanz|nazionalit|citizenship|nationalit).*|cittad|cittad za|naz|stato estero", Field.CITIZENSHIP),
    (r".*(cod|codice|code).*(sede|plesso|scuola|mecc|meccanografico|school|site).*|cod mecc|sede cod|plesso cod",
     Field.SITE_CODE),
    (r"(plesso|sede|scuola|school|site|building|(denominazione|nome) (scuola|plesso|sede)|sede scol.*|plesso scol.*"
     r"|descrizione (sede|plesso|scuola)|ordine e plesso)", Field.SITE_NAME),
    (r"classe|cl|classi|class|anno( di)? corso|anno|classe( e)? (sez|sezione)|cl sez|classe frequentata|gruppo classe"
     r"|anno e sezione|grade|year|year group|classe iscrizione", Field.CLASS_NAME),
    (r"sez|sezione|section|corso", Field.SECTION),
    (r".*prima iscrizione.*|.*first enrol.*|.*iscri.*(scuol.*ital|sistema).*|.*inserimento.*scuol.*",
     Field.FIRST_ENROLMENT),
    (r".*(arrivo|arrival|ingresso in italia|entrata in italia|in italia da|in italia dal|arrived).*", Field.ARRIVAL),
    (r".*(scolarit|scolarizz|anni di scuola|anni scuola|years of school|school years|schooling).*", Field.YEARS_ABROAD),
    (r".*(straniera|comunitaria|studiat|insegnat|lingua 2|seconda lingua|l2|foreign language).*", None),
    (r".*(lingua|language).*(letter|comunicazion|avvis|famiglia scritt).*|.*(letters|notices) language.*",
     Field.LETTERS_LANGUAGE),
    (r".*(altr[ae] lingu[ae]|other language).*", Field.OTHER_LANGUAGES),
    (r".*(lingua|lingue|madrelingua|language|mother tongue|idioma).*|l1|parla", Field.HOME_LANGUAGES),
    (r"(.* )?(tel|telef|telefono|cell|cellulare|recapito|recapiti|phone|mobile)( .*)?", Field.CONTACT_PHONE),
    (r".*(padre|madre|genitor|tutore|esercente|contatto|referente|parent|guardian|contact).*", Field.CONTACT_NAME),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), meaning) for pattern, meaning in _MEANINGS)
_MEDIATOR_LANGUAGE = re.compile(r".*(lingua|language).*")
_LEFT_ALONE = re.compile(
    r"(?:^| )(residen\w*|domicil\w*|indirizz\w*|cap|e ?mail|mail|note|osservaz\w*|religion\w*|matricola|sidi|esito"
    r"|media|permesso\w*|mensa|trasport\w*|dsa|bes|pei|pdp)(?: |$)"
)


_LONGEST_HEADING = 200


class NoField(Enum):
    """A heading that names none of our facts."""

    LEFT_ALONE = "left alone"
    """Known and not ours (an address, a province of birth): its values must not be taken for something else."""
    UNKNOWN = "unknown"
    """It says nothing to us: its values may."""


def meaning_of(heading: str) -> Field | NoField:
    """The fact a heading names."""
    key = search_key(heading[:_LONGEST_HEADING])
    if not key:
        return NoField.UNKNOWN
    for pattern, meaning in _COMPILED:
        if pattern.fullmatch(key):
            if meaning is Field.MEDIATOR_NEEDED and _MEDIATOR_LANGUAGE.fullmatch(key):
                return Field.MEDIATOR_LANGUAGE
            return meaning or NoField.LEFT_ALONE
    return NoField.LEFT_ALONE if _LEFT_ALONE.search(key) else NoField.UNKNOWN
