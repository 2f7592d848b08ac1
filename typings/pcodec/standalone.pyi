from typing import Any

from numpy.typing import NDArray
from pcodec import ChunkConfig

def simple_compress(nums: NDArray[Any], config: ChunkConfig) -> bytes: ...
def simple_decompress(src: bytes) -> NDArray[Any] | None: ...
