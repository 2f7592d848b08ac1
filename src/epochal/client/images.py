"""Images of a run: single files, and series by key and step."""

from __future__ import annotations

import io
import re
import uuid
from importlib import import_module
from typing import TYPE_CHECKING, Any

from epochal.errors import InvalidParameterError, NotSupportedError

if TYPE_CHECKING:
    from PIL.Image import Image

IMAGES_TAG = "mlflow.loggedImages"
PREVIEW_EDGE = 256  # pixels; what lists of images show
_KEY = re.compile(r"[A-Za-z0-9_\-./ ]+")
_GREY, _RGBA = 1, 4
_DIMENSIONS = (2, 3)


def stem_of(key: str, step: int, timestamp: int) -> str:
    """Where one image of a series lies, without its ending. Raises InvalidParameterError."""
    if not _KEY.fullmatch(key):
        raise InvalidParameterError(
            f"Invalid image key {key!r}: it may only contain letters, digits, "
            "'_', '-', '.', '/' and spaces"
        )
    safe = key.replace("/", "~")
    return f"images/{safe}+step+{step}+timestamp+{timestamp}+{uuid.uuid4()}"


def as_picture(image: Any) -> Image:
    """A Pillow image from one, from whatever can become one, or from an array of pixels.

    Raises:
        InvalidParameterError: no such thing, a wrong shape, or values out of range.
        NotSupportedError: Pillow is not installed.

    """
    try:
        pillow: Any = import_module("PIL.Image")
    except ImportError:
        raise NotSupportedError("log_image needs Pillow: pip install 'epochal[images]'") from None
    if isinstance(image, pillow.Image):
        return image
    if hasattr(image, "to_pil"):
        return image.to_pil()
    if hasattr(image, "__array__"):
        return pillow.fromarray(_pixels(image))
    raise InvalidParameterError(
        f"Unsupported image type {type(image).__name__}; give a numpy array or a PIL image"
    )


def _pixels(image: Any) -> Any:
    """An array as bytes in a shape that Pillow takes: (H, W), (H, W, 3) or (H, W, 4)."""
    import numpy as np

    array: Any = np.asarray(image)
    if array.ndim not in _DIMENSIONS or (
        array.ndim == max(_DIMENSIONS) and array.shape[2] not in {1, 3, 4}
    ):
        raise InvalidParameterError(
            f"Invalid image shape {array.shape}; it must be (height, width), or "
            "(height, width, channels) with 1, 3 or 4 channels"
        )
    if array.ndim == max(_DIMENSIONS) and array.shape[2] == _GREY:
        array = array[:, :, 0]
    if array.dtype == bool:
        return array.astype(np.uint8) * 255
    if array.size and not np.isfinite(array).all():
        raise InvalidParameterError("An image must not hold NaN or infinities")
    if np.issubdtype(array.dtype, np.floating):
        _check_range(array, 0.0, 1.0)
        return (array * 255).astype(np.uint8)
    if np.issubdtype(array.dtype, np.integer):
        _check_range(array, 0, 255)
        return array.astype(np.uint8)
    raise InvalidParameterError(
        f"Invalid image data type {array.dtype}; use bool, integers 0..255 or floats 0..1"
    )


def _check_range(array: Any, low: float, high: float) -> None:
    if array.size and (array.min() < low or array.max() > high):
        raise InvalidParameterError(
            f"Image values of type {array.dtype} must lie between {low} and {high}; "
            f"they go from {array.min()} to {array.max()}"
        )


def encode_picture(picture: Image, kind: str) -> bytes:
    """The bytes of an image file. Raises InvalidParameterError for a kind Pillow knows not."""
    buffer = io.BytesIO()
    try:
        picture.save(buffer, format=kind)
    except (KeyError, OSError, ValueError) as fault:
        raise InvalidParameterError(f"The image cannot be saved as {kind}: {fault}") from None
    return buffer.getvalue()


def encode_preview(picture: Image) -> bytes:
    """A small copy as WebP."""
    small = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    small.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE))
    return encode_picture(small, "WEBP")


def kind_of(path: str) -> str:
    """Pillow's name for the kind of file that a path names; PNG where it names none."""
    ending = path.rpartition(".")[2].upper() if "." in path else "PNG"
    return {"JPG": "JPEG", "TIF": "TIFF"}.get(ending, ending)
