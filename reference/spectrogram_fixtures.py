"""Writes the golden fixtures of the spectrogram room from librosa, OpenCV and numpy.

    pip install -r reference/requirements.txt
    python reference/spectrogram_fixtures.py            # writes tests/fixtures/spectrogram/
    python reference/spectrogram_fixtures.py --check    # compares with what is there, writes nothing

Inputs are formulas over integers that TypeScript repeats exactly (tests/spectrogram/signals.ts);
only the references' outputs are stored. Not here: anything of the workbench's own code.
"""
import json
import sys
import warnings
from pathlib import Path

import cv2
import librosa
import numpy as np

OUT = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "spectrogram"
# The wheels for x86 hand bicubic resizing to Intel IPP, which is not OpenCV's own arithmetic.
cv2.ipp.setUseIPP(False)
warnings.filterwarnings("ignore", message="Empty filters|n_fft=")


def lcg(count, seed):
    """uint32 of x -> 1664525 x + 1013904223 mod 2^32; the first value is one step after the seed."""
    out = np.empty(count, np.uint64)
    x = seed
    for i in range(count):
        x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
        out[i] = x
    return out


def signal(kind, length, rate):
    """float32 multiples of 2^-15, so that both sides have the same bits."""
    n = np.arange(length, dtype=np.float64)
    if kind == "noise":
        ints = (lcg(length, 7) >> np.uint64(17)).astype(np.int64) - 16384
    elif kind == "chirp":  # 100 Hz rising by 3 kHz a second
        t = n / rate
        ints = np.floor(np.sin(2 * np.pi * (100 * t + 1500 * t * t)) * 20000 + 0.5).astype(np.int64)
    elif kind == "clicks":
        ints = np.where(np.arange(length) % 3001 == 1500, 30000, 0)
    elif kind == "silence":
        ints = np.zeros(length, np.int64)
    elif kind == "dc":
        ints = np.full(length, 8192)
    elif kind == "clipped":
        ints = np.clip(np.floor(np.sin(2 * np.pi * 220 * n / rate) * 90000 + 0.5), -32768, 32767).astype(np.int64)
    else:
        raise ValueError(kind)
    return (ints / 32768).astype(np.float32), int(ints.sum())


PAPER = dict(nFft=2048, hop=512, nMels=512, fMin=0, fMax=None, melScale="slaney", padMode="reflect", topDb=80)
HTK = dict(nFft=512, hop=160, nMels=64, fMin=20, fMax=7600, melScale="htk", padMode="reflect", topDb=80)
CONSTANT = dict(nFft=1024, hop=256, nMels=128, fMin=0, fMax=None, melScale="slaney", padMode="constant", topDb=None)
# Hops above n_fft / 2 are left out: since 0.10 librosa reflects their last frame about a shortened signal.
SPARSE = dict(nFft=256, hop=100, nMels=40, fMin=50, fMax=None, melScale="slaney", padMode="reflect", topDb=60)

CASES = [
    (PAPER, 16000, [("noise", 32000), ("chirp", 32000), ("clicks", 8000), ("silence", 1600), ("dc", 8000), ("noise", 1),
                    ("noise", 2), ("noise", 700), ("chirp", 1600), ("clipped", 4096), ("noise", 2047), ("noise", 2048)]),
    (PAPER, 48000, [("chirp", 24000), ("noise", 4800)]),
    (HTK, 16000, [("noise", 8000), ("chirp", 32000), ("dc", 3000), ("noise", 1), ("clicks", 5000), ("noise", 100)]),
    (CONSTANT, 16000, [("noise", 8000), ("chirp", 16000), ("silence", 1600), ("noise", 1), ("dc", 3000), ("noise", 300)]),
    (SPARSE, 8000, [("noise", 4000), ("clipped", 2000), ("noise", 3)]),
]


class Bin:
    """Arrays one after the other in a file; `add` gives the byte offset."""

    def __init__(self):
        self.parts, self.size = [], 0

    def add(self, array, dtype):
        data = np.ascontiguousarray(array, dtype).tobytes()
        at = self.size
        data += b"\0" * (-len(data) % 4)
        self.parts.append(data)
        self.size += len(data)
        return at


def spectrograms():
    store, cases = Bin(), []
    for setting, rate, signals in CASES:
        for kind, length in signals:
            samples, checksum = signal(kind, length, rate)
            power = librosa.feature.melspectrogram(
                y=samples, sr=rate, n_fft=setting["nFft"], hop_length=setting["hop"], window="hann", center=True,
                pad_mode=setting["padMode"], power=2.0, n_mels=setting["nMels"], fmin=setting["fMin"],
                fmax=setting["fMax"], htk=setting["melScale"] == "htk", norm="slaney")
            decibels = librosa.power_to_db(power, ref=1.0, amin=1e-10, top_db=setting["topDb"])
            assert power.dtype == decibels.dtype == np.float32
            cases.append(dict(signal=kind, length=length, sampleRate=rate, setting=setting, checksum=checksum,
                              frames=power.shape[1], power=store.add(power, "<f4"), decibels=store.add(decibels, "<f4")))
    return "melspectrogram", cases, store


def filter_banks():
    store, cases = Bin(), []
    for setting, rate in [(PAPER, 16000), (PAPER, 48000), (HTK, 16000), (CONSTANT, 16000), (SPARSE, 8000)]:
        matrix = librosa.filters.mel(sr=rate, n_fft=setting["nFft"], n_mels=setting["nMels"], fmin=setting["fMin"],
                                     fmax=setting["fMax"], htk=setting["melScale"] == "htk", norm="slaney")
        band, fft_bin = np.nonzero(matrix)
        cases.append(dict(setting=setting, sampleRate=rate, count=len(band), band=store.add(band, "<i4"),
                          bin=store.add(fft_bin, "<i4"), weight=store.add(matrix[band, fft_bin], "<f4")))
    return "mel-filters", cases, store


def picture(kind, width, height):
    values = (lcg(width * height, 11) >> np.uint64(24)).astype(np.int64).reshape(height, width)
    if kind == "binary":
        values = np.where(values > 200, 255, 0)
    if kind == "smooth":  # mean of a 5x5 neighbourhood that wraps round, contrast times 3
        total = sum(np.roll(np.roll(values, dy, 0), dx, 1) for dy in range(-2, 3) for dx in range(-2, 3))
        values = np.clip(3 * (total // 25) - 256, 0, 255)
    return values.astype(np.uint8)


SIZES = [(512, 512, 224, 224), (512, 512, 64, 64), (512, 512, 96, 96), (512, 512, 128, 128), (512, 128, 64, 64),
         (300, 100, 96, 61), (20, 30, 64, 96), (40, 40, 61, 60), (5, 3, 17, 23), (7, 9, 7, 9), (1, 1, 9, 5)]


def resizes():
    store, cases = Bin(), []
    for width, height, to_width, to_height in SIZES:
        for kind in ("random", "smooth", "binary"):
            image = picture(kind, width, height)
            out = cv2.resize(image, (to_width, to_height), interpolation=cv2.INTER_CUBIC)
            cases.append(dict(kind=kind, width=width, height=height, toWidth=to_width, toHeight=to_height,
                              checksum=int(image.sum(dtype=np.int64)), image=store.add(out, "u1")))
    return "resize", cases, store


def min_max(values):
    """To uint8 over the whole range, truncated; a constant image becomes zeros."""
    span = values.max() - values.min()
    if span == 0:
        return np.zeros(values.shape, np.uint8)
    return ((values - values.min()) / span * 255).astype(np.uint8)


def model_image(spectrogram, draws, size):
    """Steps 4 to 7, said literally; `draws` are the random integers in the order they are asked for."""
    draws = iter(draws)
    image = spectrogram
    while True:
        width = image.shape[1]
        if width > 512:
            start = next(draws)
            image = image[:, start:start + 512]
            break
        if width == 512:
            break
        d = next(draws)
        if d == 1:
            start = next(draws)
            canvas = np.zeros((image.shape[0], 512), np.uint8)
            canvas[:, start:start + width] = min_max(image)
            image = canvas
            break
        image = np.tile(image, (1, next(draws)))
    assert next(draws, None) is None
    return cv2.resize(np.flipud(min_max(image)), (size, size), interpolation=cv2.INTER_CUBIC)


IMAGES = [  # bands, frames, constant, draws, size
    (512, 700, False, [100], 64), (512, 512, False, [], 64), (512, 100, False, [1, 300], 64), (512, 100, False, [3, 2, 1, 17], 96),
    (512, 100, False, [4, 3, 4, 3, 211], 64), (512, 300, False, [2, 1, 3, 1, 4, 2, 88], 64), (512, 256, False, [4, 2], 64),
    (512, 300, False, [3, 2, 88], 224), (64, 90, False, [4, 3, 4, 3, 298], 64), (64, 3, False, [1, 509], 96), (64, 1, True, [1, 0], 64),
    (64, 600, True, [88], 64), (64, 1, False, [1, 511], 64),
]


def images():
    store, cases = Bin(), []
    for bands, frames, constant, draws, size in IMAGES:
        levels = (lcg(bands * frames, 3) >> np.uint64(8)) / 2.0**24
        decibels = np.zeros((bands, frames), np.float32) if constant else (levels * 80 - 90).astype(np.float32).reshape(bands, frames)
        cases.append(dict(nMels=bands, frames=frames, constant=constant, draws=draws, inputSize=size,
                          image=store.add(model_image(decibels, draws, size), "u1")))
    return "image", cases, store


def main(check):
    OUT.mkdir(parents=True, exist_ok=True)
    versions = dict(librosa=librosa.__version__, opencv=cv2.__version__, numpy=np.__version__)
    wrong = []
    for name, cases, store in (spectrograms(), filter_banks(), resizes(), images()):
        index = json.dumps(dict(versions=versions, cases=cases), indent=1) + "\n"
        files = {OUT / f"{name}.json": index.encode(), OUT / f"{name}.bin": b"".join(store.parts)}
        for path, data in files.items():
            if not check:
                path.write_bytes(data)
            elif not path.exists() or path.read_bytes() != data:
                wrong.append(path.name)
    print("differs: " + ", ".join(wrong) if wrong else "all the same" if check else f"written to {OUT}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
