"""Residual and recurrent networks as PyTorch modules: ResNet-18 and ResNet-50, CNN + BiLSTM, CRNN with attention pooling.

The ResNets are torchvision's (same modules, same names, one input channel). The others follow Satt et al. 2017 and Chen et al.
2018 as docs/decisions/0029-architectures-from-papers.md reads them. A model with one task ends in `fc` (ResNets) or
`classifier`; one with several has a head each, `heads.<task>`. Not here: VGG and AlexNet (models.py, which builds these, too).
"""
import torch
from torch import nn
from torch.nn import functional


class Frames(nn.Module):
    """[n, channels, rows, columns] -> [n, columns, channels rows]: the columns of a picture, which are time, as a sequence."""

    def forward(self, x):
        return x.permute(0, 3, 1, 2).flatten(2)


class Deltas(nn.Module):
    """[n, 1, rows, columns] -> [n, 3, rows, columns]: the picture, its deltas and their deltas along time.

    Regression over two columns on either side, d[t] = sum_k k (c[t + k] - c[t - k]) / 10, edges repeated: what
    python_speech_features.delta(feat, 2) computes. No parameters.
    """

    @staticmethod
    def delta(x):
        padded = functional.pad(x, (2, 2, 0, 0), mode="replicate")
        at = lambda k: padded[..., 2 + k:2 + k + x.shape[-1]]
        return ((at(1) - at(-1)) + 2 * (at(2) - at(-2))) / 10

    def forward(self, x):
        first = self.delta(x)
        return torch.cat([x, first, self.delta(first)], 1)


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inputs, channels, outputs, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = shortcut(inputs, outputs, stride) if downsample else None
        self.relu1, self.relu2 = nn.ReLU(), nn.ReLU()  # one each, so that hooks tell them apart

    def forward(self, x):
        y = self.relu1(self.bn1(self.conv1(x)))
        return self.relu2(self.bn2(self.conv2(y)) + (x if self.downsample is None else self.downsample(x)))


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inputs, channels, outputs, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv3 = nn.Conv2d(channels, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = shortcut(inputs, outputs, stride) if downsample else None
        self.relu1, self.relu2, self.relu3 = nn.ReLU(), nn.ReLU(), nn.ReLU()

    def forward(self, x):
        y = self.relu2(self.bn2(self.conv2(self.relu1(self.bn1(self.conv1(x))))))
        return self.relu3(self.bn3(self.conv3(y)) + (x if self.downsample is None else self.downsample(x)))


def shortcut(inputs, outputs, stride):
    """What goes around a block that changes the shape."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))


def head(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))


class ResNet(nn.Module):
    """Stem, four stages, average over the picture; then `fc`, or a head of one hidden layer for each task."""

    def __init__(self, block, counts, scaled, heads, multitask):
        super().__init__()
        self.conv1 = nn.Conv2d(1, scaled(64), 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(scaled(64))
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        channels = scaled(64)
        for stage, count in enumerate(counts):
            own, out, blocks = scaled(64 * 2**stage), scaled(64 * 2**stage * block.expansion), []
            for i in range(count):
                changes = i == 0 and (stage > 0 or block.expansion > 1)
                blocks.append(block(channels, own, out, 2 if stage > 0 and i == 0 else 1, changes))
                channels = out
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        if multitask:
            self.heads = nn.ModuleDict({task: head(channels, scaled(512), classes) for task, classes in heads.items()})
        else:
            (classes,) = heads.values()
            self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        shared = torch.flatten(self.avgpool(x), 1)
        return [module(shared) for module in (self.heads.values() if hasattr(self, "heads") else [self.fc])]


class Recurrent(nn.Module):
    """Convolutions, a bidirectional LSTM over the columns, one vector a picture; then `classifier`, or a head for each task."""

    def __init__(self, features, units, hidden, heads, multitask):
        super().__init__()
        self.features, self.frames = features, Frames()
        self.units = units
        if multitask:
            self.heads = nn.ModuleDict({task: head(2 * units, hidden, classes) for task, classes in heads.items()})
        else:
            (classes,) = heads.values()
            self.classifier = head(2 * units, hidden, classes)

    def answers(self, shared):
        return [module(shared) for module in (self.heads.values() if hasattr(self, "heads") else [self.classifier])]


class CnnBiLstm(Recurrent):
    """The hidden states are averaged over time."""

    def __init__(self, scaled, size, heads, multitask):
        channels = [1, scaled(16), scaled(24), scaled(32)]
        features = nn.Sequential(
            nn.Conv2d(channels[0], channels[1], 7, 1, 3), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(channels[1], channels[2], 5, 1, 2), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(channels[2], channels[3], 3, 1, 1), nn.ReLU())
        super().__init__(features, scaled(128), scaled(64), heads, multitask)
        self.lstm = nn.LSTM(channels[3] * (size // 4), self.units, batch_first=True, bidirectional=True)

    def forward(self, x):
        return self.answers(self.lstm(self.frames(self.features(x)))[0].mean(1))


class CrnnAttention(Recurrent):
    """Picture, deltas and delta-deltas; a linear layer a frame; the hidden states are pooled by attention over time."""

    def __init__(self, scaled, size, heads, multitask):
        first, later, frame = scaled(128), scaled(256), scaled(768)
        layers = [nn.Conv2d(3, first, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Conv2d(first, later, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2, 2)]
        for _ in range(4):
            layers += [nn.Conv2d(later, later, 3, 1, 1), nn.ReLU()]
        super().__init__(nn.Sequential(*layers), scaled(128), scaled(64), heads, multitask)
        self.deltas = Deltas()
        self.linear = nn.Linear(later * (size // 4), frame)
        self.relu = nn.ReLU()
        self.lstm = nn.LSTM(frame, self.units, batch_first=True, bidirectional=True)
        self.attention = nn.Linear(2 * self.units, 1, bias=False)

    def forward(self, x):
        x = self.relu(self.linear(self.frames(self.features(self.deltas(x)))))
        states = self.lstm(x)[0]
        shares = torch.softmax(self.attention(states), 1)
        return self.answers((shares * states).sum(1))


FAMILIES = {
    "resnet18": lambda scaled, _size, heads, multitask: ResNet(BasicBlock, (2, 2, 2, 2), scaled, heads, multitask),
    "resnet50": lambda scaled, _size, heads, multitask: ResNet(Bottleneck, (3, 4, 6, 3), scaled, heads, multitask),
    "cnn-bilstm": CnnBiLstm,
    "crnn-attention": CrnnAttention,
}
