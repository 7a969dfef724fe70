"""Training steps of a character model in PyTorch: embedding, recurrent layers, softmax, clipping, AdamW.

Prints a JSON object for each counted step: its seconds. The state is carried, as users do.
"""
import argparse
import json
import time
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
parser = argparse.ArgumentParser()
parser.add_argument("--cell", default="lstm", choices=["rnn", "lstm", "gru"])
for name, value in [("layers", 2), ("hidden", 512), ("batch", 64), ("sequence", 128), ("vocabulary", 65),
                    ("threads", 2), ("steps", 5)]:
    parser.add_argument(f"--{name}", type=int, default=value)
parser.add_argument("--bf16", action="store_true")
options = parser.parse_args()
torch.set_num_threads(options.threads)
torch.manual_seed(0)

module = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[options.cell]
embedding = nn.Embedding(options.vocabulary, options.hidden)
recurrent = module(options.hidden, options.hidden, options.layers)
decoder = nn.Linear(options.hidden, options.vocabulary)
parameters = [p for part in (embedding, recurrent, decoder) for p in part.parameters()]
optimizer = torch.optim.AdamW(parameters, 2e-3)
read = torch.randint(0, options.vocabulary, (options.sequence, options.batch))
target = torch.randint(0, options.vocabulary, (options.sequence * options.batch,))

state = None
for step in range(options.steps + 2):
    start = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
        output, state = recurrent(embedding(read), state)
        logits = decoder(output)
        loss = nn.functional.cross_entropy(logits.reshape(-1, options.vocabulary).float(), target)
    loss.backward()
    nn.utils.clip_grad_norm_(parameters, 1.0)
    optimizer.step()
    state = tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()
    if step >= 2:
        print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
