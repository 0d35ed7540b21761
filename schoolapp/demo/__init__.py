"""A demo to look at: the Ambito of Sondrio with invented people, in the school year in progress.

`make` fills empty tables: one district (about 150 pupils, 12 workshops) or, beside it, a region to measure on.
"""

from schoolapp.demo.accounts import ADDRESSES
from schoolapp.demo.making import make
from schoolapp.demo.region import Size

__all__ = ["ADDRESSES", "Size", "make"]
