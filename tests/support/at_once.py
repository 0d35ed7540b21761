"""Several people who do something at the same moment: real connections, real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from schoolapp.domain.errors import RuleViolation
from schoolapp.transaction import transaction


def at_once(app: Flask, actions: list[Callable[[], object]]) -> list[str]:
    """Start all actions together, each in a transaction of its own; "" for one that went well, else its sentence."""
    together = Barrier(len(actions))

    def run(action: Callable[[], object]) -> str:
        with app.app_context():
            together.wait(timeout=10)
            try:
                with transaction(None):
                    action()
            except RuleViolation as violation:
                return str(violation)
            return ""

    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(run, actions))
