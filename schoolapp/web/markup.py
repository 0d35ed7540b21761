"""How a value gets into a page: escaped, as always, and quickly, since a register holds two thousand of them.

The library wraps each escaped text as trusted markup, although it is joined into the page at once; and markup that
comes from a macro or a catalogue is asked to be markup again. That took a fifth of the time of a register.
"""

import os
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import markupsafe
from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

# Not public, and taken for its speed: 40 ns a text, where `escape` takes 530 and the standard library's 270. A version
# of the library that has no such function makes pages slower, not wrong.
_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def written(value: Any) -> str:
    """The text that stands in the page for `value`: markup as it is, everything else escaped."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if kind is Markup:
        markup: Markup = value
        return markup
    if kind is int:
        return str(value)
    return escape(value)


class QuickOutput(CodeGenerator):
    """Templates call `written` where the library's call `escape`; what is not escaped there is not escaped here."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


class PageEnvironment(Environment):
    """The templates. No one has globals of its own, so they share those of all as they are: a map of two maps for
    each, as the library makes it, is compared name by name whenever a template imports a macro."""

    code_generator_class = QuickOutput
    written = staticmethod(written)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class CompiledTemplates(FileSystemBytecodeCache):
    """The templates as Python runs them, kept from one start to the next: compiling them takes two seconds and 4 MiB.

    A file counts only while its source, the library and this module, which says how to compile, are the same.
    """

    compiler = f"{version('jinja2')} {Path(__file__).read_text(encoding='utf-8')}"

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self.compiler + source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a full disk costs time at the next start, never a page
            super().dump_bytecode(bucket)


def _keep_compiled(app: Flask) -> None:
    folder = Path(app.instance_path) / "templates"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    if os.access(folder, os.R_OK | os.W_OK):
        app.jinja_env.bytecode_cache = CompiledTemplates(str(folder))


def init_app(app: Flask) -> None:
    """Before the first use of the templates."""
    app.jinja_environment = PageEnvironment
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    _keep_compiled(app)
