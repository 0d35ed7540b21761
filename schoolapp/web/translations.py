"""The words of the pages in the reader's language, found quickly: a register holds some hundreds of them.

The library's own way looks up domain, locale and catalogue anew, through four calls, for each word.
"""

from functools import cache

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import get_domain, get_locale
from markupsafe import Markup

_catalogues: dict[str, NullTranslations] = {}
_AS_WRITTEN = NullTranslations()


def _catalogue() -> NullTranslations:
    try:
        locale = g._flask_babel.babel_locale  # what the library found for this request, without its five steps
    except (AttributeError, RuntimeError):
        locale = get_locale()
    if locale is None:  # outside any request: the words as they stand in the code
        return _AS_WRITTEN
    found = _catalogues.get(locale.language)
    if found is None:
        found = _catalogues[locale.language] = get_domain().get_translations()
    return found


@cache
def _marked(text: str) -> Markup:
    """A text of ours is trusted; what is put into it is escaped. Without values, %% still stands for one %."""
    return Markup(text)  # noqa: S704 (a text of the catalogue, never of a person)


def gettext(message: str, **values: object) -> Markup:
    """`message` in the reader's language, with its %(values)s."""
    text = _marked(_catalogue().ugettext(message))
    return text % values if values or "%" in text else text


def ngettext(singular: str, plural: str, num: int, **values: object) -> Markup:
    """One of two messages in the reader's language, by the number, which they may hold as %(num)s."""
    text = _marked(_catalogue().ungettext(singular, plural, num))
    return text % {"num": num, **values}


def init_app(app: Flask) -> None:
    """Give the templates these in place of the library's."""
    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
