"""The workbench's models as PyTorch modules, with the names and shapes of its safetensors files.

    model = build("vgg11-bn-multitask", width=0.25, input_size=64, heads={"emotion": 4, "speaker": 10, "gender": 2})
    model.load_state_dict(safetensors.torch.load_file("weights-best.safetensors"), strict=True)
    logits = model(images)      # images: [count, 1, size, size], (grey / 255 - 0.5) / 0.225; logits: one array per head

Convolutions are torchvision's VGG-11 (A) and AlexNet with one input channel, the fully connected parts the paper's. The
residual and recurrent networks stand in models_more.py.
Dropout takes recorded masks (`set_masks`), because two random generators never agree. Written apart from the workbench's
own code: it is the other opinion.
"""
import torch
from torch import nn

import models_more

VGG11 = [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"]
# (channels, kernel, stride, padding), "M" is a 3x3 pooling with stride 2. The last convolution is 4x4 (paper's parameter count).
ALEXNET = [(64, 11, 4, 2), "M", (192, 5, 1, 2), "M", (384, 3, 1, 1), (256, 3, 1, 1), (256, 4, 1, 1), "M"]
ARCHITECTURES = (
    "vgg11-bn-multitask", "vgg11-single", "alexnet-single", "alexnet-multitask", "resnet18-single", "resnet18-multitask", "resnet50-single",
    "resnet50-multitask", "cnn-bilstm-single", "cnn-bilstm-multitask", "crnn-attention-single", "crnn-attention-multitask")


class MaskedDropout(nn.Module):
    """Inverted dropout with a mask given from outside (1 keeps, 0 drops); without one, nothing is dropped."""

    def __init__(self, rate):
        super().__init__()
        self.rate, self.mask = rate, None

    def forward(self, x):
        return x if self.mask is None or not self.training else x * self.mask / (1 - self.rate)


class SingleTask(nn.Module):
    """One head, `classifier`, named by position."""

    def __init__(self, features, flat, shared, hidden, heads):
        super().__init__()
        (classes,) = heads.values()
        self.features = features
        self.classifier = nn.Sequential(
            nn.Linear(flat, shared), nn.ReLU(), MaskedDropout(0.5), nn.Linear(shared, hidden), nn.ReLU(), nn.Linear(hidden, classes))

    def forward(self, x):
        return [self.classifier(torch.flatten(self.features(x), 1))]


class Multitask(nn.Module):
    """Hard parameter sharing: features and one linear layer shared, then a head per task."""

    def __init__(self, features, flat, shared, hidden, heads, head_dropout):
        super().__init__()
        self.features = features
        self.shared = nn.Sequential(nn.Linear(flat, shared), MaskedDropout(0.5), nn.ReLU())
        dropout = lambda: [MaskedDropout(head_dropout)] if head_dropout else []
        self.heads = nn.ModuleDict({
            task: nn.Sequential(nn.Linear(shared, hidden), nn.ReLU(), *dropout(), nn.Linear(hidden, classes))
            for task, classes in heads.items()})

    def forward(self, x):
        shared = self.shared(torch.flatten(self.features(x), 1))
        return [head(shared) for head in self.heads.values()]


def build(architecture, width, input_size, heads):
    """heads: classes by task, in order. Parameters hold PyTorch's own initial values."""
    scaled = lambda n: max(1, int(n * width + 0.5))
    family, _, form = architecture.rpartition("-")
    if family in models_more.FAMILIES:
        return models_more.FAMILIES[family](scaled, input_size, heads, form == "multitask")
    recipe, batch_norm = (VGG11, architecture == "vgg11-bn-multitask") if architecture.startswith("vgg") else (ALEXNET, False)
    layers, channels = [], 1
    for item in recipe:
        if item == "M":
            layers.append(nn.MaxPool2d(2, 2) if recipe is VGG11 else nn.MaxPool2d(3, 2))
            continue
        count, kernel, stride, padding = (item, 3, 1, 1) if recipe is VGG11 else item
        layers.append(nn.Conv2d(channels, scaled(count), kernel, stride, padding))
        channels = scaled(count)
        layers += [nn.BatchNorm2d(channels)] if batch_norm else []
        layers.append(nn.ReLU())
    features = nn.Sequential(*layers)
    with torch.no_grad():
        flat = features.eval()(torch.zeros(1, 1, input_size, input_size)).numel()
    features.train()
    shared, hidden = scaled(2048), scaled(512)
    if architecture.endswith("single"):
        return SingleTask(features, flat, shared, hidden, heads)
    return Multitask(features, flat, shared, hidden, heads, 0.75 if architecture == "alexnet-multitask" else 0)


def set_masks(model, masks):
    """masks: by the layer's name (`shared.1`), each [count, features] of 0 and 1; None switches dropout off."""
    for name, module in model.named_modules():
        if isinstance(module, MaskedDropout):
            module.mask = None if masks is None else masks[name]
