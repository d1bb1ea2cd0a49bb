"""Computes every golden fixture from the reference libraries.

    python reference/regenerate.py                    writes tests/fixtures/
    python reference/regenerate.py --check            computes them in memory and compares; writes nothing
    python reference/regenerate.py --check training   only this topic

Exit code 1 when something differs. Not here: anything of the workbench's own code.
"""
import importlib
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

from fixtures.store import FOLDER

TOPICS = sorted(path.stem for path in (Path(__file__).parent / "fixtures").glob("*.py") if path.stem not in ("__init__", "store", "inputs"))
LIBRARIES = ("audformat", "krippendorff", "librosa", "mpmath", "numpy", "opencv-python-headless", "pandas", "pyarrow", "safetensors", "scikit-learn", "scipy", "soxr", "statsmodels", "torch", "torchjd")


def main(arguments):
    check = "--check" in arguments
    wanted = [name for name in arguments if not name.startswith("--")] or TOPICS
    unknown = sorted(set(wanted) - set(TOPICS))
    if unknown:
        print(f"No topic {', '.join(unknown)}. There are: {', '.join(TOPICS)}.")
        return 2
    wrong = 0
    for topic in wanted:
        began = time.perf_counter()
        for fixture in importlib.import_module(f"fixtures.{topic}").build():
            if check:
                found = fixture.differences()
                wrong += len(found) > 0
                said = "the same" if not found else "DIFFERS\n    " + "\n    ".join(found[:20])
            else:
                said = f"{fixture.write():,} bytes"
            print(f"{fixture.name:24s} {said}  ({time.perf_counter() - began:.1f} s)", flush=True)
    versions = {name: version(name).split("+")[0] for name in LIBRARIES}
    path = FOLDER / "versions.json"
    if not check:
        path.write_text(json.dumps(versions, indent=1) + "\n")
    elif not path.exists() or json.loads(path.read_text()) != versions:
        print(f"These are not the versions the fixtures were made with: {versions}")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
