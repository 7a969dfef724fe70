#!/usr/bin/env python3
"""Writes a picture in PNG with a palette of at most 256 colours, which takes a third of the bytes.

    scripts/shrink_png.py FROM TO [TOP HEIGHT]

With TOP and HEIGHT, only these rows are kept. FROM is a PNG of 8 bits a channel, RGB or RGBA, not interlaced, as browsers
write it. If it has more colours, the rarer ones become the nearest of the 256 that are most frequent.
"""
import collections
import struct
import sys
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunks(data):
    at = len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12


def paeth(a, b, c):
    p = a + b - c
    nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))
    return nearest[2]


def pixels(path):
    """The width, and the rows of (red, green, blue)."""
    with open(path, "rb") as file:
        data = file.read()
    parts = list(chunks(data)) if data.startswith(SIGNATURE) else []
    header = next((body for kind, body in parts if kind == b"IHDR"), b"\0" * 13)
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if depth != 8 or kind not in (2, 6) or interlaced:
        sys.exit(f"scripts/shrink_png.py: {path}: is no PNG of 8 bits a channel, RGB or RGBA, not interlaced")
    size = 3 if kind == 2 else 4
    raw = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    rows, above = [], bytearray(width * size)
    for y in range(height):
        start = y * (width * size + 1)
        method, row = raw[start], bytearray(raw[start + 1 : start + 1 + width * size])
        for i in range(len(row)):
            left = row[i - size] if i >= size else 0
            corner = above[i - size] if i >= size else 0
            guess = (0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner))[method]
            row[i] = (row[i] + guess) & 255
        rows.append([tuple(row[i : i + 3]) for i in range(0, len(row), size)])
        above = row
    return width, rows


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def main():
    if len(sys.argv) not in (3, 5):
        print("usage: scripts/shrink_png.py FROM TO [TOP HEIGHT]", file=sys.stderr)
        sys.exit(64)
    width, rows = pixels(sys.argv[1])
    if len(sys.argv) == 5:
        top, height = int(sys.argv[3]), int(sys.argv[4])
        rows = rows[top : top + height]
    counts = collections.Counter(colour for row in rows for colour in row)
    palette = [colour for colour, _ in counts.most_common(256)]
    index = {
        colour: min(range(len(palette)), key=lambda i: sum((a - b) ** 2 for a, b in zip(colour, palette[i])))
        for colour in counts
    }
    image = b"".join(b"\0" + bytes(index[colour] for colour in row) for row in rows)
    with open(sys.argv[2], "wb") as file:
        file.write(
            SIGNATURE
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0))
            + chunk(b"PLTE", b"".join(bytes(colour) for colour in palette))
            + chunk(b"IDAT", zlib.compress(image, 9))
            + chunk(b"IEND", b"")
        )


if __name__ == "__main__":
    main()
