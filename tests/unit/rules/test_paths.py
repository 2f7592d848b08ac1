"""The one path type refuses every spelling of escape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import InvalidPathError
from epochal.rules.paths import ArtifactPath

ESCAPES = [
    "../x",
    "a/../../x",
    "a/..",
    "..",
    "/etc/passwd",
    "//etc/passwd",
    "..\\x",
    "a\\..\\x",
    "%2e%2e/x",
    "a/%2E%2E/x",
    "%2fetc/passwd",
    "a%5c..%5cx",
    "C:/x",
    "c:x",
    "a\x00b",
    "a\nb",
    "a%00b",
    "x#y",
    "x%23y",
    "\ud800",
    "n" * 256,
    "d/" * 600,
]


@pytest.mark.parametrize("spelled", ESCAPES)
def test_refuses(spelled):
    """Absolute, climbing, encoded, backslashed, control characters, too long: all refused."""
    with pytest.raises(InvalidPathError):
        ArtifactPath.parse(spelled)


@pytest.mark.parametrize(
    ("spelled", "kept"),
    [
        ("", ""),
        ("a", "a"),
        ("a/b.txt", "a/b.txt"),
        ("a//b/", "a/b"),
        ("./a/./b", "a/b"),
        ("50%25.txt", "50%25.txt"),
        ("...", "..."),
        ("a..b/c", "a..b/c"),
        ("日本/語", "日本/語"),
    ],
)
def test_keeps(spelled, kept):
    """Ordinary names stay as they are; empty segments and `.` fall away."""
    assert str(ArtifactPath.parse(spelled)) == kept


@given(st.text(alphabet="ab./\\%2eEfF5cC#:\x00", max_size=20))
def test_what_passes_stays_inside(text):
    """Whatever is accepted has no segment that climbs, however it is decoded."""
    try:
        path = ArtifactPath.parse(text)
    except InvalidPathError:
        return
    assert not {"..", ".", ""} & set(path.segments)
    assert not any("\\" in s or "\x00" in s or "/" in s for s in path.segments)


def test_relative_to():
    """A path below a root is cut; one outside gives None, also when its text is a prefix."""
    root = ArtifactPath.parse("1/run")
    assert str(ArtifactPath.parse("1/run/a/b").relative_to(root)) == "a/b"
    assert ArtifactPath.parse("1/run2").relative_to(root) is None
