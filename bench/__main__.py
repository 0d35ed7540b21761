"""`make bench`: one line a thing people do, on both data sets. Needs Linux: CPU and memory are read from /proc."""

import argparse
import os

from flask import Flask

from bench import databases, papers
from bench.client import Client, Figures
from bench.scenarios import SCENARIOS, Subject, subject
from bench.server import Server, serving
from schoolapp import create_app

HEAD = f"{'':<16}{'wait ms':>9}{'CPU ms':>9}{'bytes':>9}{'bare CPU':>10}{'ratio':>8}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--data", choices=["district", "region", "both"], default="both")
    chosen = parser.parse_args().data
    papers.measure()
    for scale in ("district", "region") if chosen == "both" else (chosen,):
        databases.ensure(scale)
        measure(scale)


def measure(scale: str) -> None:
    """Print the figures of one data set, each beside a bare page of the same size on the same kind of server."""
    settings = databases.environment(scale)
    os.environ.update({name: value for name, value in settings.items() if name.startswith("SCHOOLAPP_")})
    app = create_app()
    about = subject(app)
    print(f"\n{scale} ({about.pupils} pupils in the register; medians)\n{HEAD}", flush=True)
    with serving("wsgi:app", settings) as server, serving("bench.bare:app", settings) as floor:
        bare = Client(floor, app, {})
        for scenario in SCENARIOS:
            client = Client(server, app, {"_user_id": scenario.by(about), "_fresh": True})
            figures = client.measure(scenario.prepare(client, about), scenario.times)
            beside = bare.measure(bare.several(f"/{figures.size // scenario.pages}", scenario.pages), scenario.times)
            print(line(scenario.name, figures, beside), flush=True)
    with serving("wsgi:app", settings) as server:
        started = server.memory_mib()
        visit(server, app, about)
        print(f"memory: {started:.0f} MiB after the start, {server.memory_mib():.0f} MiB at rest after use")


def visit(server: Server, app: Flask, about: Subject) -> None:
    """Use the service a little, so that the memory is that of a service in use and at rest again."""
    for scenario in SCENARIOS:
        client = Client(server, app, {"_user_id": scenario.by(about), "_fresh": True})
        ask = scenario.prepare(client, about)
        for _ in range(10):
            ask()


def line(name: str, figures: Figures, bare: Figures) -> str:
    ratio = figures.cpu / bare.cpu if bare.cpu else float("nan")
    return f"{name:<16}{figures.wall:>9.1f}{figures.cpu:>9.1f}{figures.size:>9}{bare.cpu:>10.1f}{ratio:>8.1f}"


if __name__ == "__main__":
    main()
