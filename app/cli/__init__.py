"""The mythmark commands, thin: each reads its arguments, asks the services, and says what came of it.

One module a command, each with ``arguments(parser)`` and ``run(arguments) -> exit code``. The module of the command
that was asked for is imported by name, so that ``mythmark check`` does not load the charts nor ``--help`` anything.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from app import __version__
from app.loading import at_one_go

COMMANDS = {
    "report": "score an assessment file and write the report",
    "check": "find every problem of questionnaire packs",
    "serve": "run the production server",
    "user": "add people and give them roles",
    "token": "make tokens for the API",
    "migrate": "bring the database to this version of the program",
    "demo": "add the sample organization",
    "import": "take in an assessment file, or a report PDF that carries one",
    "export": "write an assessment into a file",
    "remind": "tell people by mail what is due, each thing once",
    "purge": "forget votes that were kept long enough",
    "backup": "copy the database and the secret into one file, also while serving",
    "restore": "put a backup in the place of the database",
    "doctor": "look whether everything is in place",
}
#: Where the module cannot have the name of the command.
_MODULES = {"import": "take_in", "export": "hand_out", "user": "people", "token": "tokens"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. 2: the arguments, or a file, could not be used."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Unicode gets a mark for what it lacks; a name must not end the program.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    parser, commands = _parser(), {}
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    for name, says in COMMANDS.items():
        commands[name] = subparsers.add_parser(name, help=says, description=says[0].upper() + says[1:] + ".")
    asked = next((word for word in words if not word.startswith("-")), "")
    with at_one_go():
        command = importlib.import_module(f"app.cli.{_MODULES.get(asked, asked)}") if asked in COMMANDS else None
    if command is not None:
        command.arguments(commands[asked])
    arguments = parser.parse_args(words)
    try:
        return int(command.run(arguments)) if command else 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone: stay quiet, also when Python closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mythmark",
        description="Measure how an organization really runs machine learning, and plan what comes next.",
    )
    parser.add_argument("--version", action="version", version=f"mythmark {__version__}")
    return parser
