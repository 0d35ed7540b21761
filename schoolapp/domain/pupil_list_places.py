"""The plesso and the class a line names, among those the school has."""

import zlib
from dataclasses import dataclass

from schoolapp.domain.pupil_lists import CREATE, Doubt, DoubtKind, Vocabulary, doubt_key
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.spelling import closest
from schoolapp.domain.wording import N_, Sentence

_ALIKE_ENOUGH = 80
_LONGEST_NAME = 160


@dataclass(frozen=True)
class Place:
    """`class_name` stays as text where the school has no such class; the rest as in `ParsedRow`."""

    site_id: int | None = None
    create_site: str | None = None
    class_name: str | None = None
    class_id: int | None = None
    create_class: bool = False
    doubts: tuple[Doubt, ...] = ()


class PlaceFinder:
    """Finds plessi and classes, each combination once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._by_code = {site.code.upper(): site.id for site in vocabulary.sites if site.code}
        self._by_name = {search_key(site.name): site.id for site in vocabulary.sites}
        self._names = {site.id: site.name for site in vocabulary.sites}
        self._classes = {(known.site_id, search_key(known.name)): known.id for known in vocabulary.classes}
        self._site_of_class = {known.id: known.site_id for known in vocabulary.classes}
        self._new_sites: dict[int | None, str] = {}
        self._found: dict[tuple[str, str, str | None], Place] = {}

    def find(self, *, site_code: str, site_name: str, class_name: str | None) -> Place:
        """The place of a line; a plesso or class that is not there is a doubt, never an error."""
        key = (site_code, site_name, class_name)
        if key not in self._found:
            self._found[key] = self._find(site_code, site_name, class_name)
        return self._found[key]

    def _find(self, site_code: str, site_name: str, class_name: str | None) -> Place:
        site_id, doubt = self._site(site_code, site_name)
        if doubt is not None:
            return Place(class_name=class_name, doubts=(doubt,))
        if class_name is None:
            return Place(site_id, self._new_sites.get(site_id))
        if site_id is None and search_key(site_name or site_code):
            return Place(class_name=class_name)  # of a plesso that is left empty: a class of another one is not meant
        if site_id in self._new_sites:  # a plesso that is made now has no class yet: they are made with it
            return Place(site_id, self._new_sites[site_id], class_name, create_class=True)
        class_id = self._class(site_id, class_name)
        if class_id is not None:
            return Place(self._site_of_class[class_id], None, class_name, class_id)
        answer = self._vocabulary.decisions.get(doubt_key(DoubtKind.CLASS, class_name, site_id))
        if answer == CREATE and site_id is not None:
            return Place(site_id, None, class_name, create_class=True)
        if answer is not None and answer.isdigit() and int(answer) in self._site_of_class:
            return Place(self._site_of_class[int(answer)], None, class_name, int(answer))
        if answer is not None:
            return Place(site_id, None, class_name)
        return Place(site_id, None, class_name, doubts=(self._class_doubt(class_name, site_id),))

    def _site(self, code: str, name: str) -> tuple[int | None, Doubt | None]:
        """The plesso by its code, else by its name; None and no doubt where the line says nothing."""
        if code.upper() in self._by_code:
            return self._by_code[code.upper()], None
        if search_key(name) in self._by_name:
            return self._by_name[search_key(name)], None
        text = name or code
        if not search_key(text):
            return None, None
        for written in (code, name):
            answer = self._vocabulary.decisions.get(doubt_key(DoubtKind.SITE, written)) if written else None
            if answer == CREATE:
                return self._new_site(written), None
            if answer is not None:
                return (int(answer) if answer.isdigit() and int(answer) in self._names else None), None
        sentence = Sentence(N_("Il plesso «%(text)s» non c’è in questa scuola."), {"text": text})
        return None, Doubt(DoubtKind.SITE, text, sentence, self._suggestion(name))

    def _new_site(self, name: str) -> int:
        """A number below zero for a plesso to be made: the same at each reading of the list."""
        number = -1 - zlib.crc32(search_key(name).encode())
        self._new_sites.setdefault(number, name)
        return number

    def _suggestion(self, name: str) -> str | None:
        if len(name) > _LONGEST_NAME:
            return None
        best = closest(search_key(name), self._by_name, at_least=_ALIKE_ENOUGH, in_any_order=True)
        return str(self._by_name[best]) if best and name else None

    def _class(self, site_id: int | None, class_name: str) -> int | None:
        """The class of the plesso; where the line names no plesso, the only class of that name in the school."""
        key = search_key(class_name)
        if site_id is not None:
            return self._classes.get((site_id, key))
        same_name = [class_id for (_site, name), class_id in self._classes.items() if name == key]
        return same_name[0] if len(same_name) == 1 else None

    def _class_doubt(self, class_name: str, site_id: int | None) -> Doubt:
        if site_id is None:
            sentence = Sentence(
                N_("La classe %(class_name)s è senza plesso: non sappiamo quale sia."), {"class_name": class_name}
            )
        else:
            sentence = Sentence(
                N_("La classe %(class_name)s non c’è: %(site)s."),
                {"class_name": class_name, "site": self._names[site_id]},
            )
        return Doubt(DoubtKind.CLASS, class_name, sentence, site_id=site_id)
