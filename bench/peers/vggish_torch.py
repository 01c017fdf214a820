"""VGGish on a minute of sound in NumPy and PyTorch, with torchvggish's arithmetic: the peer of `Evoke.Bench vggish`.

prints "front end<TAB>seconds" and "network<TAB>seconds", the best of three.
"""

import time

import numpy as np
import torch
from torch import nn

RATE, SECONDS = 16000, 60
WINDOW, HOP, FFT = 400, 160, 512
BANDS, LOW, HIGH, OFFSET = 64, 125.0, 7500.0, 0.01
PATCH = 96


def mel(hertz):
    return 1127.0 * np.log(1.0 + hertz / 700.0)


def mel_matrix():
    """[257, 64]: triangles that are straight in mel."""
    bins = mel(np.linspace(0.0, RATE / 2.0, FFT // 2 + 1))
    edges = np.linspace(mel(LOW), mel(HIGH), BANDS + 2)
    matrix = np.empty((FFT // 2 + 1, BANDS))
    for band in range(BANDS):
        low, centre, high = edges[band:band + 3]
        matrix[:, band] = np.maximum(0.0, np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre)))
    matrix[0, :] = 0.0
    return matrix


def patches(signal):
    """[samples] to [patches, 1, 96, 64]"""
    frames = np.lib.stride_tricks.sliding_window_view(signal, WINDOW)[::HOP]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi / WINDOW * np.arange(WINDOW))
    spectrum = np.abs(np.fft.rfft(frames * hann, FFT))
    log_mel = np.log(spectrum @ mel_matrix() + OFFSET)
    whole = len(log_mel) // PATCH
    return torch.tensor(log_mel[:whole * PATCH].reshape(whole, 1, PATCH, BANDS)).float()


class Vggish(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 1
        for width in (64, "M", 128, "M", 256, 256, "M", 512, 512, "M"):
            if width == "M":
                layers.append(nn.MaxPool2d(2, 2))
            else:
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(True)]
                channels = width
        self.features = nn.Sequential(*layers)
        self.embeddings = nn.Sequential(
            nn.Linear(512 * 4 * 6, 4096), nn.ReLU(True), nn.Linear(4096, 4096), nn.ReLU(True), nn.Linear(4096, 128), nn.ReLU(True))

    def forward(self, x):
        x = self.features(x).permute(0, 2, 3, 1).contiguous()
        return self.embeddings(x.view(x.shape[0], -1))


def best(action):
    action()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    signal = np.random.default_rng(1).uniform(-0.5, 0.5, RATE * SECONDS)
    network = Vggish().eval()
    examples = patches(signal)
    print(f"front end\t{best(lambda: patches(signal)):.6f}")
    with torch.no_grad():
        print(f"network\t{best(lambda: network(examples)):.6f}")


if __name__ == "__main__":
    main()
