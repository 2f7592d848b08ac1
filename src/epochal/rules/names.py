"""Names: of experiments, of runs, and those that nobody chose."""

from __future__ import annotations

import re

from epochal.errors import InvalidParameterError
from epochal.rules.limits import MAX_EXPERIMENT_NAME_LENGTH

RUN_NAME_TAG = "mlflow.runName"
PARENT_RUN_TAG = "mlflow.parentRunId"
NOTE_TAG = "mlflow.note.content"
MODEL_HISTORY_TAG = "mlflow.log-model.history"
MAX_GENERATED_LENGTH = 20
MAX_ID_DIGITS = 18  # what fits into int64 whatever the digits

_RUN_ID = re.compile(r"[A-Za-z0-9][\w-]{0,255}", re.ASCII)
_ADJECTIVES = (  # noqa: SIM905 - one word per line would be a hundred lines
    "able agile amber ample apt bold brave brisk calm candid clever coral crisp "
    "dapper deft eager early fair fast fleet fond gentle glad golden grand handy "
    "happy honest ideal jolly keen kind lively loyal lucid lucky mellow merry mild "
    "neat nimble noble open patient placid plucky polite prime proud quick quiet "
    "rapid ready robust sage sharp silent sleek smart smooth snappy solid spry steady "
    "sunny swift tidy true upbeat vivid warm wise witty zesty"
).split()
_NOUNS = (  # noqa: SIM905 - one word per line would be a hundred lines
    "ant asp auk bat bear bee boar bug carp cat chimp cod colt crab crane crow cub "
    "deer doe dog dove duck eel elk emu ewe fawn finch fish fly fowl fox frog gnat "
    "gnu goat goose grouse gull hare hawk hen hog horse hound jay kite koi lamb lark "
    "loon lynx mare mink mole moose moth mouse mule newt owl ox panda perch pig pug "
    "quail ram rat ray robin rook seal shad shark sheep shrew shrike skink slug snail "
    "snake sow squid stag stork swan tern toad trout tuna vole wasp whale wolf wren "
    "yak zebra"
).split()


def check_experiment_name(name: str) -> None:
    """Raises InvalidParameterError for an empty name, one of over 500 characters, or NUL."""
    if not name:
        raise InvalidParameterError("Invalid experiment name: '' is empty; give it a name")
    if "\x00" in name:
        raise InvalidParameterError(f"Invalid experiment name {name!r}: it holds a NUL character")
    if len(name) > MAX_EXPERIMENT_NAME_LENGTH:
        raise InvalidParameterError(
            f"Invalid experiment name: with {len(name)} characters it "
            f"exceeds the maximum length of {MAX_EXPERIMENT_NAME_LENGTH}"
        )


def check_experiment_id(experiment_id: str) -> None:
    """Raises InvalidParameterError unless the id reads as a whole number."""
    if not (
        experiment_id.isascii() and experiment_id.isdigit() and len(experiment_id) <= MAX_ID_DIGITS
    ):
        raise InvalidParameterError(
            f"Invalid experiment ID {experiment_id!r}: it must be a whole number such as '1'"
        )


def check_run_id(run_id: str) -> None:
    """Raises InvalidParameterError for an id that no run can have."""
    if not _RUN_ID.fullmatch(run_id):
        raise InvalidParameterError(
            f"Invalid run ID {run_id!r}: it must start with a letter or digit and hold only "
            "letters, digits, '_' and '-', at most 256 of them"
        )


def generate_run_name() -> str:
    """A name such as `brisk-heron-412`, at most 20 characters, for a run that got none."""
    import random  # slow to import, and few processes make names up

    choose = random.SystemRandom()
    while True:
        number = choose.randint(0, 1000)
        name = f"{choose.choice(_ADJECTIVES)}-{choose.choice(_NOUNS)}-{number}"
        if len(name) <= MAX_GENERATED_LENGTH:
            return name


def choose_run_name(run_name: str | None, tag: str | None) -> str:
    """The name of a new run from its name, its tag `mlflow.runName`, or out of the air.

    Raises:
        InvalidParameterError: both are given and differ.

    """
    if run_name and tag and run_name != tag:
        raise InvalidParameterError(
            f"Both 'run_name' ({run_name!r}) and the tag '{RUN_NAME_TAG}' ({tag!r}) were given "
            "with different values; give one, or the same twice"
        )
    return run_name or tag or generate_run_name()
