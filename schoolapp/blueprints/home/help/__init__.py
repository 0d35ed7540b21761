"""What the help page answers."""

from collections.abc import Callable

from schoolapp.blueprints.home.help.everyone import FOR_ALL
from schoolapp.blueprints.home.help.meetings import MEETINGS
from schoolapp.blueprints.home.help.topic import Topic
from schoolapp.blueprints.home.help.workshops import WORKSHOPS
from schoolapp.domain.permissions import Permission

TOPICS = (*WORKSHOPS, *MEETINGS, *FOR_ALL)


def topics(may: Callable[[Permission], bool]) -> list[Topic]:
    """The questions of a person, in their order."""
    return [topic for topic in TOPICS if topic.shown_to(may)]
