"""Versions of the programs that Runic is compared with, as one JSON object; null if not installed."""
import json
import platform
from importlib import metadata


def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


print(json.dumps({"python": platform.python_version(), "torch": version("torch"), "onnx": version("onnx"),
                  "onnxruntime": version("onnxruntime"), "tokenizers": version("tokenizers")}))
