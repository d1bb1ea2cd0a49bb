"""Files that the workbench exports, in PyTorch: every architecture loads with strict=True and gives the same logits.

The workbench trains and exports here and now (exported_weights.mjs, Node), so that nothing stale is checked.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import safetensors
import safetensors.torch
import torch

import models

TOLERANCE = 1e-4
HERE = Path(__file__).resolve().parent


def check(folder, architecture):
    """Largest error of a logit, relative to the largest logit of its head."""
    about = json.loads((folder / f"{architecture}.json").read_text())
    size, count, heads = about["inputSize"], about["count"], dict(about["heads"])
    path = folder / f"{architecture}.safetensors"
    state = safetensors.torch.load_file(path)
    model = models.build(architecture, about["width"], size, heads)
    assert state.keys() == model.state_dict().keys(), sorted(state.keys() ^ model.state_dict().keys())
    assert all(state[key].dtype == value.dtype for key, value in model.state_dict().items())
    model.load_state_dict(state, strict=True)
    with safetensors.safe_open(path, "pt") as file:
        metadata = file.metadata()
    assert metadata["format"] == "pt" and metadata["architecture"] == architecture and metadata["tasks"].split(",") == list(heads), metadata
    assert [len(names) for names in json.loads(metadata["classes"])] == list(heads.values()), metadata
    tracked = {int(value) for key, value in state.items() if key.endswith("num_batches_tracked")}
    assert tracked <= {int(metadata["step"])}, tracked
    grey = np.frombuffer((folder / f"{architecture}.images").read_bytes(), np.uint8).reshape(count, 1, size, size)
    x = torch.from_numpy((grey.astype(np.float32) / np.float32(255) - np.float32(0.5)) / np.float32(0.225))
    with torch.no_grad():
        theirs = [logits.numpy().reshape(-1) for logits in model.eval()(x)]
    ours = [np.array(logits, np.float32) for logits in about["logits"]]
    return max(float(np.max(np.abs(a - b)) / np.max(np.abs(b))) for a, b in zip(ours, theirs, strict=True))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["node", str(HERE / "exported_weights.mjs"), str(folder)], check=True, cwd=HERE.parent)
        worst = {architecture: check(folder, architecture) for architecture in models.ARCHITECTURES}
    for architecture, error in worst.items():
        said = "the same logits" if error <= TOLERANCE else "OTHER LOGITS"
        print(f"{architecture:20s} loads with strict=True, {said} (off by {error:.1e}, allowed {TOLERANCE})")
    return 0 if all(error <= TOLERANCE for error in worst.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
