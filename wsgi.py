"""Entry point of the servers: `gunicorn wsgi:app`, `flask --app wsgi`."""

from schoolapp import create_app

app = create_app()
