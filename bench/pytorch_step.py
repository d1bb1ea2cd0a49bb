"""One training step of PyTorch on the CPU at a time, for comparison: forward, losses of all tasks, backward, Adam.

Reads one JSON request a line and answers with one line:
    {"op": "model", "architecture", "width", "inputSize", "heads", "batch", "threads"} -> {"parameters", "threads", "torch"}
    {"op": "step"} -> {"ms"}      on the same random images every time, grey levels as the workbench's trainer gets them
"""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reference"))

import torch
from torch.nn.functional import cross_entropy

import models


class Trainee:
    def __init__(self, architecture, width, inputSize, heads, batch, threads):
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.model = models.build(architecture, width, inputSize, heads).train()
        self.adam = torch.optim.Adam(self.model.parameters(), lr=1e-5)
        self.images = torch.randint(0, 256, (batch, 1, inputSize, inputSize), dtype=torch.uint8)
        self.labels = [torch.randint(0, classes, (batch,)) for classes in heads.values()]
        for module in self.model.modules():
            if isinstance(module, models.MaskedDropout):
                module.register_forward_pre_hook(self.draw_mask)

    @staticmethod
    def draw_mask(module, inputs):
        module.mask = torch.rand_like(inputs[0]) >= module.rate

    def step(self):
        start = time.perf_counter()
        logits = self.model((self.images.float() / 255 - 0.5) / 0.225)
        loss = sum(cross_entropy(task, labels) for task, labels in zip(logits, self.labels))
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()
        loss.item()
        return (time.perf_counter() - start) * 1000


trainee = None
for line in sys.stdin:
    request = json.loads(line)
    if request.pop("op") == "model":
        trainee = Trainee(**request)
        answer = {"parameters": sum(p.numel() for p in trainee.model.parameters()),
                  "threads": torch.get_num_threads(), "torch": torch.__version__}
    else:
        answer = {"ms": trainee.step()}
    print(json.dumps(answer), flush=True)
