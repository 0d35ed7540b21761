"""Languages of families: the codes we keep, how each is written, and the names schools use for them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from babel import Locale

from schoolapp.domain.lexicons import Lexicon, keyed
from schoolapp.domain.search_keys import search_key

ITALIAN = "it"


class Direction(StrEnum):
    """As the `dir` attribute of HTML writes it."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True)
class Language:
    """A language families here speak; `code` is ISO 639, `script` ISO 15924."""

    code: str
    script: str

    @property
    def direction(self) -> Direction:
        return Direction.RIGHT_TO_LEFT if self.script in {"Arab", "Hebr"} else Direction.LEFT_TO_RIGHT


LANGUAGES: tuple[Language, ...] = (
    Language("it", "Latn"),
    Language("ar", "Arab"),
    Language("ary", "Arab"),
    Language("arz", "Arab"),
    Language("ro", "Latn"),
    Language("sq", "Latn"),
    Language("uk", "Cyrl"),
    Language("ru", "Cyrl"),
    Language("zh", "Hans"),
    Language("mk", "Cyrl"),
    Language("fr", "Latn"),
    Language("en", "Latn"),
    Language("es", "Latn"),
    Language("ur", "Arab"),
    Language("pa", "Guru"),
    Language("pnb", "Arab"),
    Language("bn", "Beng"),
    Language("wo", "Latn"),
    Language("tr", "Latn"),
    Language("pt", "Latn"),
    Language("fil", "Latn"),
    Language("hi", "Deva"),
    Language("ti", "Ethi"),
    Language("am", "Ethi"),
    Language("si", "Sinh"),
    Language("ta", "Taml"),
    Language("sr", "Cyrl"),
    Language("bs", "Latn"),
    Language("hr", "Latn"),
    Language("pl", "Latn"),
    Language("fa", "Arab"),
    Language("prs", "Arab"),
    Language("ps", "Arab"),
    Language("so", "Latn"),
    Language("tw", "Latn"),
    Language("bm", "Latn"),
    Language("ff", "Latn"),
    Language("ka", "Geor"),
    Language("zgh", "Tfng"),
)
"""Those offered first in a form; any other language CLDR names is understood too."""

LANGUAGES_BY_CODE = {language.code: language for language in LANGUAGES}

# Names CLDR does not have, or has in words no school uses.
_OWN_NAMES = {
    "it": {"pnb": "punjabi (Pakistan)", "prs": "dari", "tw": "twi", "zgh": "amazigh (berbero)", "ber": "berbero"},
    "en": {"pnb": "Punjabi (Pakistan)", "prs": "Dari", "tw": "Twi", "zgh": "Amazigh (Berber)", "ber": "Berber"},
}

_ALIASES = {
    "ar": "arabo standard,arabo classico",
    "ary": "arabo marocchino,darija,arabo dialettale marocchino",
    "arz": "arabo egiziano",
    "bm": "bambara",
    "bn": "bengalese,bengali,bangla,bangladese",
    "bs": "bosniaco",
    "en": "inglese",
    "fa": "persiano,farsi",
    "ff": "fula,pular,peul,pulaar,fulani",
    "fil": "filippino,tagalog,pilipino",
    "hi": "hindi",
    "ka": "georgiano",
    "mk": "macedone",
    "pa": "punjabi,panjabi,pungiabi,punjabi indiano",
    "pnb": "punjabi pakistano,shahmukhi",
    "prs": "dari,persiano dari,dari persiano",
    "ps": "pashto,pashtu,pasto,pashtun",
    "pt": "portoghese,brasiliano,portoghese brasiliano,portoghese del brasile",
    "ro": "rumeno,romeno",
    "si": "singalese,cingalese,sinhala",
    "so": "somalo",
    "sq": "albanese,shqip",
    "ta": "tamil",
    "ti": "tigrino,tigrigna,tigrinya",
    "tw": "twi",
    "uk": "ucraino",
    "ur": "urdu,pakistano urdu",
    "wo": "wolof",
    "zgh": "amazigh,berbero,tamazight,berbero amazigh",
    "zh": "cinese,cinese mandarino,mandarino,cinese semplificato,cinese pechinese",
}

# People name a country or a former state for a language: proposed, never taken for granted.
_HINTS = {
    "ar": "marocchino,tunisino,egiziano,algerino,siriano,libanese,iracheno,giordano,palestinese,libico,magrebino",
    "en": "nigeriano,ghanese,americano",
    "es": "peruviano,ecuadoriano,dominicano,colombiano,argentino,cubano,boliviano,venezuelano,messicano",
    "fr": "ivoriano,burkinabè,camerunese,maliano",
    "hi": "indiano",
    "prs": "afghano,afgano",
    "ro": "moldavo,moldovo,moldovano",
    "si": "srilankese",
    "sq": "kosovaro",
    "sr": "serbo croato,serbo-croato,jugoslavo,bosniaco serbo",
    "ti": "eritreo",
    "am": "etiope",
    "ur": "pakistano,pachistano",
    "wo": "senegalese",
}


def direction(code: str) -> Direction:
    """The direction in which a language is written; left to right for one we do not list."""
    known = LANGUAGES_BY_CODE.get(code)
    return known.direction if known else Direction.LEFT_TO_RIGHT


@lru_cache(maxsize=8)
def language_names(language: str = "it") -> dict[str, str]:
    """Code → name, for every language CLDR names in `language` and those of ours, in the order of the names."""
    own = _OWN_NAMES.get(language.split("_")[0], _OWN_NAMES["en"])
    plain = {code: name for code, name in Locale.parse(language).languages.items() if _is_one_language(code)}
    return dict(sorted((plain | own).items(), key=lambda item: search_key(item[1])))


def language_name(code: str, language: str = "it") -> str:
    """The name of a language as one reads it in `language`, or the code itself where nobody names it."""
    return language_names(language).get(code, code)


def _is_one_language(code: str) -> bool:
    return "_" not in code and code not in {"und", "mul", "zxx", "mis", "root", "mo", "sh", "tl", "tw"}


@lru_cache(maxsize=1)
def languages() -> Lexicon:
    """Every name under which a school may write a language."""
    names = keyed(_ALIASES)
    hints = keyed(_HINTS)
    for reader in ("it", "en"):
        for code, name in language_names(reader).items():
            key = search_key(name)
            if key not in hints:
                names.setdefault(key, code)
    return Lexicon(names, hints)
