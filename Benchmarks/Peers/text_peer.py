"""Hugging Face's tokenizers as a character tokeniser: NFC, one token per character. Prints one JSON object per round."""
import json
import os
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers  # noqa: E402

text = open(sys.argv[1], encoding="utf-8", newline="").read()[:1_000_000]
count = len(text.encode())
vocabulary = {character: index for index, character in enumerate(sorted(set(text)))}
vocabulary["[unknown]"] = len(vocabulary)
tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[unknown]"))
tokenizer.normalizer = normalizers.NFC()
tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("(?m:.)"), "isolated")
for _ in range(3):
    began = time.perf_counter()
    tokenizer.encode(text)
    print(json.dumps({"seconds": time.perf_counter() - began, "bytes": count}), flush=True)
