"""What `make` runs: set-up, demo, tests, checks.

Everything here but `suite`, `postgres` and `chromium` runs before a virtual environment exists, on whatever Python the
machine calls `python3`: the standard library only, and syntax that an older Python can at least read, so that it gets a
sentence instead of a traceback.
"""
