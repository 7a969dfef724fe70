"""Sampling from a character model in PyTorch (eager) and in ONNX Runtime, with random parameters.

Each symbol goes the whole way: embedding, recurrent layers, decoder, softmax at a temperature, a draw that is read next.
Prints a JSON object for each engine and number of threads: symbols per second of all streams together.
ONNX Runtime is left out where it, or onnx, is not installed.
"""
import argparse
import json
import logging
import os
import sys
import tempfile
import time
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
WARM_UP = 16

parser = argparse.ArgumentParser()
parser.add_argument("--cell", default="lstm", choices=["rnn", "lstm", "gru"])
for name, value in [("layers", 2), ("hidden", 512), ("vocabulary", 65), ("streams", 1), ("symbols", 1000)]:
    parser.add_argument(f"--{name}", type=int, default=value)
parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
parser.add_argument("--temperature", type=float, default=0.8)
options = parser.parse_args()


class Model(nn.Module):
    """Symbols (1, streams) and state tensors to logits (streams, vocabulary) and the next state tensors."""

    def __init__(self):
        super().__init__()
        module = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[options.cell]
        self.embedding = nn.Embedding(options.vocabulary, options.hidden)
        self.recurrent = module(options.hidden, options.hidden, options.layers)
        self.decoder = nn.Linear(options.hidden, options.vocabulary)

    def forward(self, symbols, *state):
        before = state if len(state) > 1 else state[0]
        output, after = self.recurrent(self.embedding(symbols), before)
        return self.decoder(output[0]), *(after if isinstance(after, tuple) else (after,))


def first_state():
    parts = 2 if options.cell == "lstm" else 1
    return [torch.zeros(options.layers, options.streams, options.hidden) for _ in range(parts)]


def report(engine, threads, advance):
    """Runs `advance(symbols)` a little, then counted."""
    advance(min(WARM_UP, options.symbols))
    start = time.perf_counter()
    advance(options.symbols)
    rate = options.symbols * options.streams / (time.perf_counter() - start)
    print(json.dumps({"engine": engine, "threads": threads, "symbols_per_second": rate}), flush=True)


def measure_torch(model, threads):
    torch.set_num_threads(threads)
    symbols, state = torch.zeros(1, options.streams, dtype=torch.long), first_state()

    @torch.inference_mode()
    def advance(count):
        nonlocal symbols, state
        for _ in range(count):
            logits, *state = model(symbols, *state)
            symbols = torch.multinomial(torch.softmax(logits / options.temperature, -1), 1).T

    report("torch", threads, advance)


def measure_onnxruntime(engine, path, names, threads):
    import numpy
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
    generator = numpy.random.default_rng(1)
    feeds = {"symbols": numpy.zeros((1, options.streams), numpy.int64)}
    feeds.update((name, part.numpy()) for name, part in zip(names, first_state()))

    def advance(count):
        nonlocal feeds
        for _ in range(count):
            logits, *state = session.run(None, feeds)
            scaled = logits / options.temperature
            weights = numpy.exp(scaled - scaled.max(-1, keepdims=True)).cumsum(-1)
            drawn = generator.random((options.streams, 1)) * weights[:, -1:]
            symbols = (drawn > weights).sum(-1).clip(0, options.vocabulary - 1)
            feeds = {"symbols": symbols[None], **dict(zip(names, state))}

    report(engine, threads, advance)


torch.manual_seed(0)
model = Model().eval()
for threads in options.threads:
    measure_torch(model, threads)

try:
    import onnx  # noqa: F401 (the exporter needs it)
    import onnxruntime  # noqa: F401
except ImportError:
    raise SystemExit

names = ["hidden", "cell"][: len(first_state())]
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "model.onnx")
    example = (torch.zeros(1, options.streams, dtype=torch.long), *first_state())
    torch.onnx.export(
        model, example, path, input_names=["symbols", *names],
        output_names=["logits", *(name + "_after" for name in names)], dynamo=False)
    for threads in options.threads:
        measure_onnxruntime("onnxruntime", path, names, threads)
    try:
        from onnxruntime.quantization import quantize_dynamic

        logging.disable(logging.WARNING)
        small = os.path.join(folder, "int8.onnx")
        quantize_dynamic(path, small)
        for threads in options.threads:
            measure_onnxruntime("onnxruntime-int8", small, names, threads)
    except Exception as error:  # a peer that has no int8 form of this cell is left out
        print(f"onnxruntime has no int8 form: {error}", file=sys.stderr)
