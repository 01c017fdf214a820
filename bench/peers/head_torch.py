"""The paper's head in PyTorch, forward over clips of 60 steps; prints as JSON the times of the rounds in seconds, and what computed them."""
import json
import os
import time

import torch
from torch import nn


class Gate(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, width)

    def forward(self, x):
        return x * torch.sigmoid(self.linear(x))


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.image_gru = nn.GRU(1536, 512, 2, batch_first=True, bidirectional=True, dropout=0.3)
        self.audio_gru = nn.GRU(128, 128, 2, batch_first=True, bidirectional=True, dropout=0.3)
        self.gate_in, self.linear, self.gate_out = Gate(1280), nn.Linear(1280, 15), Gate(15)

    def forward(self, visual, audio):
        joined = torch.cat([self.image_gru(visual)[0], self.audio_gru(audio)[0]], dim=2)
        return torch.sigmoid(self.gate_out(self.linear(self.gate_in(joined))))


def times(head, clips, forwards, rounds):
    visual, audio = torch.randn(clips, 60, 1536), torch.randn(clips, 60, 128)
    taken = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        for _ in range(forwards):
            head(visual, audio)
        taken.append(time.perf_counter() - start)
    return taken[1:]


def libraries():
    """The BLAS that this process has loaded: PyTorch names the one it was built against."""
    with open('/proc/self/maps', encoding='ascii', errors='replace') as maps:
        names = {os.path.basename(os.path.realpath(line.split()[-1])) for line in maps if 'blas' in line.rsplit('/', 1)[-1]}
    return sorted(names)


if __name__ == '__main__':
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    head = Head().eval()
    with torch.no_grad():
        result = {
            'clip': times(head, clips=1, forwards=1, rounds=30),
            'hour': times(head, clips=60, forwards=1, rounds=5),
            'films': times(head, clips=1, forwards=100, rounds=3),
        }
    print(json.dumps({**result, 'threads': torch.get_num_threads(), 'version': torch.__version__, 'blas': libraries()}))
