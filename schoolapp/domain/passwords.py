"""What a password must be: long, and not one of those that are tried first."""

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_

SHORTEST = 10
LONGEST = 128

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "0987654321")
_DISGUISES = str.maketrans("013457@$!", "oieastasi")
_FEWEST_LETTERS = 4
_COMMON_WORDS = frozenset(
    {
        "password", "passw", "parola", "segreta", "segreto", "accesso", "benvenuto", "benvenuta", "welcome", "letmein",
        "iloveyou", "amore", "amoremio", "tiamo", "ciao", "ciaociao", "juventus", "inter", "milan", "napoli", "roma",
        "italia", "scuola", "maestra", "maestro", "insegnante", "docente", "preside", "registro", "cambiami",
        "changeme", "admin", "administrator", "amministratore", "qwerty", "qwertyuiop", "abc", "test", "prova",
        "italiano", "laboratorio", "laboratori", "schoolapp", "coordinator", "facilitator", "monkey", "dragon",
        "football", "baseball", "princess", "sunshine", "superman", "andrea", "francesco", "alessandro", "giuseppe",
        "francesca", "martina", "giulia", "chiara", "lorenzo", "matteo", "federica", "valentina", "alessia",
    }
)  # fmt: skip


def ensure_password(password: str, *, name: str = "", email: str = "", field: str = "password") -> None:
    """Refuse what is short, guessed at once, or made of the person's own name and address."""
    if len(password) < SHORTEST:
        raise RuleViolation(
            N_("La password ha meno di %(shortest)s caratteri: scrivine una più lunga."), field=field, shortest=SHORTEST
        )
    if len(password) > LONGEST:
        raise RuleViolation(
            N_("La password ha più di %(longest)s caratteri: scrivine una più corta."), field=field, longest=LONGEST
        )
    own = {word for word in (*search_key(name).split(), *search_key(email).replace("@", " ").split()) if word}
    if _is_guessed_at_once(password, own):
        raise RuleViolation(
            N_("Questa password è fra le prime che si provano. Scegli per esempio quattro parole a caso."), field=field
        )


def _is_guessed_at_once(password: str, own_words: set[str]) -> bool:
    """Whether little is left of it without common words, rows of keys, the person's own words, and digits."""
    lower = password.lower()
    return any(_letters_left(text, own_words) < _FEWEST_LETTERS for text in (lower, lower.translate(_DISGUISES)))


def _letters_left(text: str, own_words: set[str]) -> int:
    rest = search_key(text).replace(" ", "")
    if len(set(rest)) < _FEWEST_LETTERS:
        return 0
    for row in _ROWS:
        for length in range(len(row), 2, -1):
            for start in range(len(row) - length + 1):
                rest = rest.replace(row[start : start + length], "")
    for word in sorted(_COMMON_WORDS | own_words, key=len, reverse=True):
        if len(word) > 2:
            rest = rest.replace(word, "")
    return sum(character.isalpha() for character in rest)
