"""How commands fail: one clear line and exit code 2 for what the user can mend, never a traceback."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import click


class SetupFailure(click.ClickException):
    """What the user can mend: one line, exit code 2."""

    exit_code = 2


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Setup errors, and files that cannot be written, as one clear line instead of a traceback."""
    from whomet.errors import SetupError

    try:
        yield
    except SetupError as error:
        raise SetupFailure(str(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # the reader of our output has gone: click ends quietly
            raise
        raise SetupFailure(f"{error.filename or 'output'}: {error.strerror or error}") from error
