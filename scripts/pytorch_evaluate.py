#!/usr/bin/env python3
"""Score a text with a .runic archive in PyTorch: its plain modules, its state dict, no Runic.

Usage: pytorch_evaluate.py MODEL.runic TEXT
Needs: torch, safetensors, and the lz4 program. Prints nats_per_symbol as `runic evaluate` defines it.

Symbols are cut by code point here, so the text must be one whose grapheme clusters are single code points (no CRLF,
no combining marks), and already normalised. With a vocabulary that falls back to bytes, what it lacks is spelled in them.
"""
import json
import subprocess
import sys

import torch
from safetensors.torch import load
from torch import nn

MODULES = {"rnn": nn.RNN, "rnn:relu": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
# What PyTorch's modules do not have.
OTHERS = ["residual", "layer_norm", "learns_initial_state", "tied", "zoneout_hidden", "zoneout_cell"]


def floats(tensors: dict) -> dict:
    """The tensors in float32: int8 rows times their scales, bfloat16 widened."""
    return {
        name: tensor.float() * tensors[name + ".scale"][:, None] if tensor.dtype == torch.int8 else tensor.float()
        for name, tensor in tensors.items()
        if not name.endswith(".scale")
    }


def main() -> None:
    archive, text_path = sys.argv[1:3]
    data = subprocess.run(["lz4", "-dc", archive], check=True, capture_output=True).stdout
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])["__metadata__"]
    model, vocabulary = json.loads(header["model"]), json.loads(header["vocabulary"])

    missing = [name for name in OTHERS if model.get(name)]
    if model["cell"] not in MODULES or missing:
        sys.exit(f"pytorch_evaluate.py: PyTorch has no module for {', '.join([model['cell'], *missing])}")
    options = {"nonlinearity": "relu"} if model["cell"] == "rnn:relu" else {}
    if model.get("projection_size"):
        options["proj_size"] = model["projection_size"]

    network = nn.Module()
    network.embedding = nn.Embedding(model["vocabulary_size"], model["embedding_size"])
    network.rnn = MODULES[model["cell"]](model["embedding_size"], model["hidden_size"], model["layers"], **options)
    network.decoder = nn.Linear(model.get("projection_size", model["hidden_size"]), model["vocabulary_size"])
    network.load_state_dict(floats(load(data)))
    network.eval()

    base = vocabulary.get("byte_base")
    spelling_bytes = range(0) if base is None else range(base, base + 256)
    index = {
        symbol: [identifier]
        for identifier, symbol in enumerate(vocabulary["symbols"])
        if identifier not in spelling_bytes
    }
    text = open(text_path, encoding="utf-8", newline="").read()
    unknown = sorted(set(text) - set(index))
    if unknown and base is None:
        sys.exit(f"pytorch_evaluate.py: {text_path} has symbols that the vocabulary lacks: {unknown[:5]}")
    index |= {symbol: [base + byte for byte in symbol.encode()] for symbol in unknown}
    ids = torch.tensor([identifier for symbol in text for identifier in index[symbol]])
    total, state = 0.0, None
    with torch.inference_mode():
        for start in range(0, len(ids) - 1, 4096):
            read = ids[start : min(start + 4096, len(ids) - 1)]
            target = ids[start + 1 : start + 1 + len(read)]
            output, state = network.rnn(network.embedding(read)[:, None], state)
            logits = network.decoder(output[:, 0])
            total += nn.functional.cross_entropy(logits.double(), target, reduction="sum").item()
    print(f"nats_per_symbol {total / (len(ids) - 1):.9f}")


if __name__ == "__main__":
    main()
