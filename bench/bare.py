"""The floor: a page of a given size from Flask and Jinja and nothing else."""

from flask import Flask, render_template

app = Flask(__name__)
_LINE = "<li>Una riga di testo come tante</li>"


@app.get("/<int:size>")
def page(size: int) -> str:
    """A page of about `size` bytes."""
    return render_template("bare.html", lines=["Una riga di testo come tante"] * max(1, size // len(_LINE)))
