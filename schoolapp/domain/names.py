"""Names of pupils: as little of them as tells them apart on a tablet, and their order in a register."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from schoolapp.domain.search_keys import search_key

SORT_KEY_LENGTH = 180
SEARCH_KEY_LENGTH = 260


@dataclass(frozen=True)
class PersonName:
    """The names of one pupil; `key` is whatever the caller knows the pupil by."""

    key: int
    last_name: str
    first_name: str
    called_name: str | None = None

    @property
    def spoken(self) -> str:
        """What the pupil is called in class; the surname where there is no other name."""
        return (self.called_name or "").strip() or self.first_name.strip() or self.last_name.strip()

    @property
    def surname(self) -> str:
        """The surname that may follow the spoken name; empty where the surname is all there is."""
        has_other = (self.called_name or "").strip() or self.first_name.strip()
        return self.last_name.strip() if has_other else ""


def register_sort_key(last_name: str, first_name: str) -> str:
    """Surname, then name, without accents and case, as registers are ordered: "De" comes before "De Luca"."""
    return f"{search_key(last_name)}  {search_key(first_name)}"[:SORT_KEY_LENGTH]


def pupil_search_key(last_name: str, first_name: str, called_name: str | None = None) -> str:
    """What the search of pupils looks through: every word of the names, and names of several words also in one word.

    "D’Angelo Niccolò" gives "d angelo niccolo dangelo", so that "dangelo" finds it too.
    """
    keys = [search_key(name) for name in (last_name, first_name, called_name or "")]
    joined = [key.replace(" ", "") for key in keys if " " in key]
    return " ".join(key for key in keys + joined if key)[:SEARCH_KEY_LENGTH]


def display_names(people: Iterable[PersonName]) -> dict[int, str]:
    """Key → first name and initial of the surname, with as many letters more as tell the group apart.

    "Rafi Ha." and "Rafi Ho.", but "Salma B.". The same group gives the same names in whatever order it comes; people
    with the same names get a number, in the order of their keys.
    """
    alike: defaultdict[str, list[PersonName]] = defaultdict(list)
    for person in people:
        alike[search_key(person.spoken)].append(person)
    return {key: name for namesakes in alike.values() for key, name in _tell_apart(namesakes).items()}


def _tell_apart(namesakes: list[PersonName]) -> dict[int, str]:
    longest = max(len(person.surname) for person in namesakes)
    names: dict[int, str] = {}
    left = sorted(namesakes, key=lambda person: person.key)
    for length in range(1, longest + 1):
        if not left:
            break
        of_start: defaultdict[str, list[PersonName]] = defaultdict(list)
        for person in namesakes:
            of_start[search_key(person.surname[:length])].append(person)
        for person in left:
            start = person.surname[:length]
            if not start.endswith((" ", "’", "'", "-")) and len(of_start[search_key(start)]) == 1:
                names[person.key] = _shortened(person, length)
        left = [person for person in left if person.key not in names]
    same: defaultdict[str, int] = defaultdict(int)
    for person in left:
        name = _shortened(person, longest)
        same[name] += 1
        alone = sum(_shortened(other, longest) == name for other in left) == 1
        names[person.key] = name if alone else f"{name} ({same[name]})"
    return names


def _shortened(person: PersonName, length: int) -> str:
    surname = person.surname
    if not surname:
        return person.spoken
    return f"{person.spoken} {surname}" if len(surname) <= length else f"{person.spoken} {surname[:length]}."
