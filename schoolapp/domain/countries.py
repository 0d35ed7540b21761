"""Countries of citizenship: ISO 3166 codes, their names in Italian and English, and which are of the Union."""

from collections.abc import Collection
from functools import lru_cache

from babel import Locale

from schoolapp.domain.lexicons import Lexicon, keyed
from schoolapp.domain.search_keys import search_key

ITALY = "IT"
KOSOVO = "XK"
STATELESS = "XX"
"""Not of ISO, which has no code for people without a citizenship; stands for "apolide"."""

# fmt: off
EU_MEMBERS = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})
# fmt: on

# As schools write them beside the names CLDR gives: usual and old names, then the adjective.
_ALIASES = {
    "AE": "emirati arabi",
    "AF": "afghano,afgano",
    "AL": "albanese,repubblica d’albania",
    "AM": "armeno",
    "AO": "angolano",
    "AR": "argentino",
    "AT": "austriaco",
    "AU": "australiano",
    "AZ": "azerbaigiano,azero,azerbaijan",
    "BA": "bosnia,bosniaco,bosnia erzegovina,bosnia-herzegovina",
    "BD": "bangladese,bengalese,bangladeshi,bangla desh",
    "BE": "belga",
    "BF": "burkinabè,burkina,burkina fasso",
    "BG": "bulgaro",
    "BJ": "beninese",
    "BO": "boliviano",
    "BR": "brasiliano",
    "BY": "bielorusso,bielorussia",
    "CA": "canadese",
    "CD": "repubblica democratica del congo,rep dem congo,congo rd,rd congo,congo kinshasa,zaire",
    "CG": "congo,repubblica del congo,congo brazzaville,congolese",
    "CH": "svizzero",
    "CI": "costa d avorio,costa avorio,ivoriano,cote d ivoire",
    "CL": "cileno",
    "CM": "camerunese,camerun",
    "CN": "cinese,repubblica popolare cinese,rep pop cinese,r p cinese,cina popolare,cina rep popolare",
    "CO": "colombiano",
    "CR": "costaricano",
    "CU": "cubano",
    "CV": "capoverdiano",
    "CY": "cipriota",
    "CZ": "ceco,repubblica ceca",
    "DE": "tedesco",
    "DK": "danese",
    "DO": "dominicano,santo domingo,rep dominicana",
    "DZ": "algerino",
    "EC": "ecuadoriano,ecuadoregno",
    "EE": "estone",
    "EG": "egiziano,repubblica araba d egitto",
    "ER": "eritreo",
    "ES": "spagnolo",
    "ET": "etiope",
    "FI": "finlandese",
    "FR": "francese",
    "GB": "britannico,inglese,inghilterra,gran bretagna,uk,united kingdom",
    "GE": "georgiano",
    "GH": "ghanese,ganese,ghaneano",
    "GM": "gambiano",
    "GN": "guineano",
    "GR": "greco",
    "GT": "guatemalteco",
    "HN": "honduregno",
    "HR": "croato",
    "HT": "haitiano",
    "HU": "ungherese",
    "ID": "indonesiano",
    "IE": "irlandese",
    "IL": "israeliano",
    "IN": "indiano",
    "IQ": "iracheno,irak",
    "IR": "iraniano",
    "IT": "italiano",
    "JO": "giordano",
    "JP": "giapponese",
    "KE": "keniano,keniota",
    "KG": "kirghiso,kirghizistan",
    "KR": "corea del sud,sudcoreano,coreano",
    "KZ": "kazako,kazakistan",
    "LB": "libanese",
    "LK": "singalese,cingalese,srilankese,sri lankese,srilanka",
    "LR": "liberiano",
    "LT": "lituano",
    "LU": "lussemburghese",
    "LV": "lettone",
    "LY": "libico",
    "MA": "marocchino,regno del marocco",
    "MD": "moldavo,moldova,repubblica di moldova",
    "ME": "montenegrino",
    "MG": "malgascio",
    "MK": "macedone,macedonia,ex repubblica jugoslava di macedonia,fyrom,nord macedonia",
    "ML": "maliano",
    "MM": "birmano,birmania,myanmar",
    "MR": "mauritano",
    "MT": "maltese",
    "MU": "mauriziano",
    "MX": "messicano",
    "MZ": "mozambicano",
    "NE": "nigerino",
    "NG": "nigeriano",
    "NI": "nicaraguense",
    "NL": "olandese,olanda",
    "NO": "norvegese",
    "NP": "nepalese",
    "PE": "peruviano",
    "PH": "filippino",
    "PK": "pakistano,pachistano,pachistan",
    "PL": "polacco",
    "PS": "palestinese,palestina,stato di palestina",
    "PT": "portoghese",
    "PY": "paraguaiano",
    "RO": "rumeno,romeno",
    "RS": "serbo",
    "RU": "russo,federazione russa",
    "RW": "ruandese",
    "SD": "sudanese",
    "SE": "svedese",
    "SI": "sloveno",
    "SK": "slovacco,repubblica slovacca",
    "SL": "sierraleonese",
    "SN": "senegalese",
    "SO": "somalo",
    "SV": "salvadoregno,salvador",
    "SY": "siriano",
    "TG": "togolese",
    "TH": "thailandese,tailandese,tailandia",
    "TJ": "tagico",
    "TN": "tunisino",
    "TR": "turco",
    "TZ": "tanzaniano",
    "UA": "ucraino",
    "UG": "ugandese",
    "US": "statunitense,americano,usa,stati uniti d america,united states of america",
    "UY": "uruguaiano,uruguayano",
    "UZ": "uzbeco,uzbeko",
    "VE": "venezuelano",
    "VN": "vietnamita",
    KOSOVO: "kosovaro,kossovo,kosovo,repubblica del kosovo",
    "ZA": "sudafricano",
    STATELESS: "apolide,stateless,senza cittadinanza",
}


def is_eu(code: str) -> bool:
    """Whether the citizens of the country are citizens of the Union."""
    return code in EU_MEMBERS


def third_country_only(codes: Collection[str]) -> bool | None:
    """Whether none of a person's citizenships is of the Union, stateless people included; None when none is known."""
    return None if not codes else not any(is_eu(code) for code in codes)


@lru_cache(maxsize=8)
def country_names(language: str = "it") -> dict[str, str]:
    """Code → name in the language, for every country and for "stateless", in the order of the names."""
    names = {code: name for code, name in Locale.parse(language).territories.items() if _is_a_country(code)}
    names[STATELESS] = "apolide" if language.startswith("it") else "stateless"
    return dict(sorted(names.items(), key=lambda item: search_key(item[1])))


def country_name(code: str, language: str = "it") -> str:
    """The name of the country, or the code itself for one CLDR does not have."""
    return country_names(language).get(code, code)


def _is_a_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


@lru_cache(maxsize=1)
def countries() -> Lexicon:
    """Every name under which a school may write a country."""
    names = keyed(_ALIASES)
    for language in ("it", "en"):
        for code, name in country_names(language).items():
            names.setdefault(search_key(name), code)
    for code in country_names():
        names.setdefault(code.lower(), code)
    return Lexicon(
        names, hints={"congolese": "CG", "jugoslava": "RS", "jugoslavia": "RS", "corea": "KR", "guinea": "GN"}
    )
