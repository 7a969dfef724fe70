"""The versions of what Runic is measured beside, as one JSON object; null for what is not installed."""
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
