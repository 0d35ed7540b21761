"""The shape of the words of one level of one skill."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LevelWords:
    """What a pupil at a level can do: sentences to tick as evidence, and two lines for papers."""

    can_do: tuple[str, ...]
    """Whole sentences about the pupil; their place gives the code, so a version only ever grows at the end."""
    first_person: str
    """For the certificate: the pupil speaks."""
    third_person: str
    """For reports, after «adesso sa»: begins with a verb, no full stop."""
