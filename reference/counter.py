"""The workbench's counter-based random streams in NumPy, so that both sides can draw the same numbers without a file.

Philox 4x32-10 (Salmon et al., SC 2011; checked below against the Random123 known answers), keyed by seed and stream name
as in src/core/random/streams.ts. Run this file to check it.
"""
import numpy as np

MASK = np.uint64(0xFFFFFFFF)
SHIFT = np.uint64(32)


def hash32(text, start=0x811C9DC5):
    """32-bit FNV-1a over UTF-16 code units, finished with a murmur3 mix."""
    h = start
    for character in text:
        h = ((h ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    h ^= h >> 13
    h = (h * 0xC2B2AE35) & 0xFFFFFFFF
    return h ^ (h >> 16)


def philox4x32(c0, c1, c2, c3, k0, k1):
    """Counters as uint64 arrays holding 32-bit values; returns four such arrays."""
    m0, m1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
    for _ in range(10):
        p0, p1 = m0 * c0, m1 * c2
        c0, c1, c2, c3 = (p1 >> SHIFT) ^ c1 ^ np.uint64(k0), p1 & MASK, (p0 >> SHIFT) ^ c3 ^ np.uint64(k1), p0 & MASK
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3


def uint32(count, seed, name, *indices):
    """The first `count` draws of RandomStream(seed, name, ...indices)."""
    label = "/".join(map(str, (name, *indices)))
    out = np.empty((-(-count // 4), 4), np.uint32)
    piece = 1 << 20
    for start in range(0, len(out), piece):
        at = np.arange(start, min(start + piece, len(out)), dtype=np.uint64)
        high = np.full_like(at, hash32(label, 0x9747B28C))
        lanes = philox4x32(at & MASK, at >> SHIFT, high, np.zeros_like(at), seed & 0xFFFFFFFF, (seed >> 32) ^ hash32(label))
        for lane, values in enumerate(lanes):
            out[start:start + len(at), lane] = values
    return out.reshape(-1)[:count]


def uniform(count, scale, seed, name, *indices):
    """float32 in -scale..scale: (u / 2^32 - 1/2) * 2 scale, computed in float64 and rounded once."""
    return ((uint32(count, seed, name, *indices) / 2.0**32 - 0.5) * (2.0 * scale)).astype(np.float32)


if __name__ == "__main__":
    one = lambda value: np.array([value], np.uint64)
    known = [((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
             ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0), (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1))]
    for counter, key, answer in known:
        assert tuple(int(v[0]) for v in philox4x32(*map(one, counter), *key)) == answer
    print("the same as Random123")
