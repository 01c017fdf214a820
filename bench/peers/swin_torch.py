"""Swin-L in plain PyTorch, as one would write it: the peer of `Evoke.Bench swin`.

usage: swin_torch.py [GRAPH.onnx]    prints "name<TAB>seconds per frame"; with a path, exports the network there for ONNX Runtime.
"""

import sys
import time
import warnings

import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")
FRAMES = 8


def windows(x, size):
    """[B, H, W, C] -> [B * windows, size * size, C]"""
    b, h, w, c = x.shape
    x = x.view(b, h // size, size, w // size, size, c)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(-1, size * size, c)


def unwindows(x, size, h, w):
    """[B * windows, size * size, C] -> [B, H, W, C]"""
    x = x.view(-1, h // size, w // size, size, size, x.shape[-1])
    return x.permute(0, 1, 3, 2, 4, 5).reshape(-1, h, w, x.shape[-1])


class Block(nn.Module):
    def __init__(self, width, heads, side, size, shift):
        super().__init__()
        self.heads, self.side, self.size, self.shift = heads, side, size, shift
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.table = nn.Parameter(torch.randn((2 * size - 1) ** 2, heads) * 0.02)
        at = torch.stack(torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")).flatten(1)
        offset = (at[:, :, None] - at[:, None, :]) + size - 1
        self.register_buffer("index", (offset[0] * (2 * size - 1) + offset[1]).flatten())
        mask = None
        if shift:
            region = torch.zeros(1, side, side, 1)
            cuts = (slice(0, -size), slice(-size, -shift), slice(-shift, None))
            for i, rows in enumerate(cuts):
                for j, columns in enumerate(cuts):
                    region[:, rows, columns] = 3 * i + j
            region = windows(region, size).squeeze(-1)
            mask = torch.where(region[:, None, :] == region[:, :, None], 0.0, -100.0)
        self.register_buffer("mask", mask)

    def forward(self, x):
        b, n, c = x.shape
        y = self.norm1(x).view(b, self.side, self.side, c)
        if self.shift:
            y = torch.roll(y, (-self.shift, -self.shift), (1, 2))
        y = windows(y, self.size)
        w, t = y.shape[0], y.shape[1]
        q, k, v = self.qkv(y).view(w, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q * (c // self.heads) ** -0.5) @ k.transpose(-2, -1)
        scores = scores + self.table[self.index].view(t, t, -1).permute(2, 0, 1)
        if self.shift:
            kinds = self.mask.shape[0]
            scores = (scores.view(w // kinds, kinds, self.heads, t, t) + self.mask[None, :, None]).view(w, self.heads, t, t)
        y = (scores.softmax(-1) @ v).transpose(1, 2).reshape(w, t, c)
        y = unwindows(self.proj(y), self.size, self.side, self.side)
        if self.shift:
            y = torch.roll(y, (self.shift, self.shift), (1, 2))
        x = x + y.reshape(b, n, c)
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))


class Merge(nn.Module):
    def __init__(self, width, side):
        super().__init__()
        self.side = side
        self.norm, self.reduction = nn.LayerNorm(4 * width), nn.Linear(4 * width, 2 * width, bias=False)

    def forward(self, x):
        b, _, c = x.shape
        x = x.view(b, self.side, self.side, c)
        x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1)
        return self.reduction(self.norm(x.view(b, -1, 4 * c)))


class Swin(nn.Module):
    def __init__(self, width=192, depths=(2, 2, 18, 2), heads=(6, 12, 24, 48), size=7):
        super().__init__()
        self.patch, self.patch_norm = nn.Conv2d(3, width, 4, 4), nn.LayerNorm(width)
        layers = []
        for stage, (depth, head) in enumerate(zip(depths, heads)):
            side, c = 56 >> stage, width << stage
            layers += [Block(c, head, side, size, size // 2 if i % 2 and side > size else 0) for i in range(depth)]
            if stage + 1 < len(depths):
                layers.append(Merge(c, side))
        self.layers, self.norm = nn.Sequential(*layers), nn.LayerNorm(width << (len(depths) - 1))

    def forward(self, x):
        return self.norm(self.layers(self.patch_norm(self.patch(x).flatten(2).transpose(1, 2)))).mean(1)


def main():
    torch.manual_seed(1)
    network = Swin().eval()
    frames = torch.randn(FRAMES, 3, 224, 224)
    with torch.inference_mode():
        network(frames)
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            network(frames)
            best = min(best, time.perf_counter() - start)
    print(f"PyTorch, float32, batch {FRAMES} ({torch.__version__})\t{best / FRAMES:.6f}")
    if len(sys.argv) > 1:
        torch.onnx.export(network, frames[:1], sys.argv[1], opset_version=14, input_names=["input"], output_names=["feature"],
                          dynamic_axes={"input": {0: "batch"}, "feature": {0: "batch"}})


if __name__ == "__main__":
    main()
