#!/usr/bin/env python3
"""Turns screens of a terminal, as `tmux capture-pane -e -p` prints them, into a page in HTML, one below the other.

    scripts/terminal_page.py SCREEN... > page.html

The attribute data-height of the body is the height in pixels that the page needs.
"""
import html
import re
import sys

COLOURS = ["#45475a", "#f38ba8", "#a6e3a1", "#f9e2af", "#89b4fa", "#f5c2e7", "#94e2d5", "#bac2de"]
LINE_HEIGHT = 20
PADDING = 16


def style_of(codes, style):
    """The style after the codes of one escape sequence."""
    style = dict(style)
    numbers = iter(int(code or 0) for code in codes.split(";"))
    for number in numbers:
        if number == 0:
            style = {}
        elif number == 1:
            style["font-weight"] = "bold"
        elif number == 2:
            style["opacity"] = "0.7"
        elif number == 22:
            style.pop("font-weight", None)
            style.pop("opacity", None)
        elif 30 <= number <= 37 or 90 <= number <= 97:
            style["color"] = COLOURS[number % 10]
        elif number == 39:
            style.pop("color", None)
        elif number == 38:
            if next(numbers, 5) == 5:
                style["color"] = COLOURS[next(numbers, 7) % 8]
            else:
                style["color"] = "rgb({},{},{})".format(*(next(numbers, 0) for _ in range(3)))
    return style


def spans(line):
    style = {}
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b["):
            style = style_of(part[2:-1], style)
        elif part:
            rules = ";".join(f"{name}:{value}" for name, value in style.items())
            yield f'<span style="{rules}">{html.escape(part)}</span>'


def main():
    height, body = 0, ""
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            lines = file.read().rstrip("\n ").split("\n")
        height += len(lines) * LINE_HEIGHT + 2 * PADDING
        body += "<pre>" + "\n".join("".join(spans(line)) for line in lines) + "</pre>"
    print(
        f"""<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1e1e2e; color: #cdd6f4 }}
pre + pre {{ border-top: 1px solid #45475a; margin-top: -1px }}
pre {{ margin: 0; padding: {PADDING}px; font: 14.5px/{LINE_HEIGHT}px "DejaVu Sans Mono", "Liberation Mono", monospace }}
</style><body data-height="{height}">{body}</body>"""
    )


if __name__ == "__main__":
    main()
