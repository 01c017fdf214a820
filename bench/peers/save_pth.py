"""Saves the float32 tensors of a .safetensors file as PyTorch does: save_pth.py FROM.safetensors TO.pth"""

import json
import struct
import sys

import numpy as np
import torch

source, target = sys.argv[1:]
with open(source, "rb") as file:
    length = struct.unpack("<Q", file.read(8))[0]
    header = json.loads(file.read(length))
data = np.memmap(source, dtype=np.uint8, mode="r", offset=8 + length)
tensors = {name: torch.from_numpy(np.array(data[slice(*about["data_offsets"])]).view(np.float32).reshape(about["shape"]))
           for name, about in header.items() if name != "__metadata__"}
torch.save({"model": tensors}, target)
