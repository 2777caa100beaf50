"""Which bucket each row goes to, compiled: names are held against the edges byte by byte."""

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

Letters = NDArray[np.uint8]
Ends = NDArray[np.int32]
Places = NDArray[np.uint16]


def bucket_of(names: pa.Array, edges: pa.Array) -> Places:
    """How many edges each name has reached: uint16[n], by the bytes of UTF-8, as Arrow sorts.

    `names` is Arrow text [n] without nulls; `edges` is Arrow text in order, each once.
    """
    found = np.empty(len(names), np.uint16)
    _place(*_bytes_of(names), *_bytes_of(edges), found)
    return found


def _bytes_of(names: pa.Array) -> tuple[Letters, Ends]:
    """The bytes of all names, and where in them each begins (and the last one ends)."""
    _, ends, letters = names.buffers()
    begun = np.frombuffer(ends, np.int32)[names.offset : names.offset + len(names) + 1]
    return np.frombuffer(letters if letters is not None else b"", np.uint8), begun


@njit(cache=True, nogil=True)
def _place(
    letters: Letters, begun: Ends, edge_letters: Letters, edges: Ends, found: Places
) -> None:
    """Find each name's place among the edges by halving."""
    for i in range(found.size):
        low, high = 0, edges.size - 1
        while low < high:
            half = (low + high) // 2
            edge = edge_letters[edges[half] : edges[half + 1]]
            if _comes_before(letters[begun[i] : begun[i + 1]], edge):
                high = half
            else:
                low = half + 1
        found[i] = low


@njit(cache=True, nogil=True)
def _comes_before(name: Letters, edge: Letters) -> bool:
    """Whether a name comes before another, byte by byte; a beginning comes before the whole."""
    for k in range(min(name.size, edge.size)):
        if name[k] != edge[k]:
            return name[k] < edge[k]
    return name.size < edge.size
