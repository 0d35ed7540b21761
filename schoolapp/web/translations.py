"""The words of the pages in the reader's language, found quickly: a register holds some hundreds of them.

The library's own way looks up domain, locale and catalogue anew, through four calls, for each word.
"""

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import get_domain, get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from schoolapp.web.markup import written


class Words(dict[str, Markup]):
    """The words of a language as they were asked for, kept as markup.

    A text of ours is trusted; what is put into it is escaped. Without values, %% still stands for one %.
    """

    def __init__(self, catalogue: NullTranslations) -> None:
        self.catalogue = catalogue

    def __missing__(self, message: str) -> Markup:
        found = self[message] = Markup(self.catalogue.ugettext(message))  # noqa: S704 (ours, never a person's)
        return found

    def by_number(self, singular: str, plural: str, num: int) -> Markup:
        """One of two messages, by the number."""
        return Markup(self.catalogue.ungettext(singular, plural, num))  # noqa: S704 (ours, never a person's)


_words: dict[str, Words] = {}
_AS_WRITTEN = Words(NullTranslations())


def _spoken() -> Words:
    """The words of the reader's language."""
    try:
        locale = g._flask_babel.babel_locale  # what the library found for this request, without its five steps
    except (AttributeError, RuntimeError):
        locale = get_locale()
    if locale is None:  # outside any request: the words as they stand in the code
        return _AS_WRITTEN
    found = _words.get(locale.language)
    if found is None:
        found = _words[locale.language] = Words(get_domain().get_translations())
    return found


def _filled(text: Markup, values: dict[str, object]) -> Markup:
    """The text with its values, each escaped before it is put in."""
    safe = {name: value if type(value) is int else written(value) for name, value in values.items()}
    return str.__new__(Markup, str.__mod__(text, safe))


def gettext(message: str, **values: object) -> Markup:
    """`message` in the reader's language, with its %(values)s."""
    text = _spoken()[message]
    return _filled(text, values) if values or "%" in text else text


def ngettext(singular: str, plural: str, num: int, **values: object) -> Markup:
    """One of two messages in the reader's language, by the number, which they may hold as %(num)s."""
    return _filled(_spoken().by_number(singular, plural, num), {"num": num, **values})


def plain_gettext(message: str, **values: object) -> str:
    """`message` in the reader's language as a text like any other, not markup: it may go into a file or a letter."""
    text: str = _spoken().catalogue.ugettext(message)
    return text % values if values else text


def lazy_gettext(message: str, **values: object) -> LazyString:
    """`plain_gettext` when the text is read: for what is made before its reader is known, such as a form's labels."""
    return LazyString(plain_gettext, message, **values)


def init_app(app: Flask) -> None:
    """Give the templates these in place of the library's."""
    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
