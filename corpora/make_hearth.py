#!/usr/bin/env python3
"""Composes hearth.txt, the almanac of an imaginary valley, from the sentences and phrases in hearth/*.stock.

The stock is a grammar written by hand. A line `:: name` opens a rule; each line below it is one alternative.
Within an alternative:

    {name}          one alternative of the rule `name`; alternatives are dealt like cards, none twice before all once
    {T=name}        the same, remembered as T until the piece ends; {T} repeats it
    {!T=name}       remembers without writing
    {name^}         with a capital letter (also {T^})
    {A} {A.kind}    a character of the piece (A, B or C): the name, or a word about it (see CAST)
    {couplet} {quatrain} {ballad}   verse lines that rhyme, from the rules `rhyme.*`
    ||              ends a paragraph
    /               ends a line, in paragraphs that begin with one of the marks
    # ~ * >         marks of a heading, of verse, of a list and of a conversation

Usage:
  make_hearth.py              write hearth.txt beside this script and print its figures
  make_hearth.py --check      compare it with what would be written
"""

import argparse
import collections
import lzma
import re
import sys
import textwrap
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TARGET = FOLDER / "hearth.txt"
SEED = 1893
BYTES_WANTED = 352_000
WIDTH = 72

CAST = [  # name, kind, pronoun, trade, home
    ("Hob", "hedgehog", "he", "baker", "the bakehouse"),
    ("Tansy", "hare", "she", "post-carrier", "the gatehouse"),
    ("Bramble", "badger", "he", "lamplighter", "the lamp house"),
    ("Marl", "otter", "she", "ferrywoman", "the ferry house"),
    ("Corvin", "rook", "he", "schoolmaster", "the schoolroom"),
    ("Alder", "owl", "she", "librarian", "the book loft"),
    ("Fennel", "fox", "he", "peddler", "the painted cart"),
    ("Moss", "mole", "he", "clock-mender", "the clock shop"),
    ("Pip", "mouse", "she", "apprentice", "the attic over the bakehouse"),
    ("Sedge", "heron", "he", "fisherman", "the reed hut"),
    ("Dilly", "duck", "she", "laundress", "the wash-house"),
    ("Thistle", "goat", "she", "cheese-maker", "the high pasture"),
    ("Burr", "squirrel", "he", "grocer", "the shop by the bridge"),
    ("Nettie", "toad", "she", "herb-wife", "the well cottage"),
    ("Osric", "goose", "he", "bell-ringer", "the bell tower"),
    ("Quince", "bear", "she", "bee-keeper", "the orchard"),
]
PRONOUNS = {"he": ("him", "his", "himself"), "she": ("her", "her", "herself")}
PARTS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December"]
# How often each kind of piece comes, in a round that is dealt again and again.
KINDS = ["fable"] * 8 + ["letter"] * 4 + ["recipe"] * 3 + ["talk"] * 5 + ["poem"] * 5 + ["riddle"] * 3 + [
    "almanac"] * 2 + ["notice"] * 2 + ["saying"] + ["scene"] * 3 + ["chronicle"] * 20
FIRST_VOWEL_SOUND = re.compile(r"\b([Aa]) (?=(?:[aeioAEIO]|u(?!s[eu]|ni)|hour|honest|heir)(?!ne\b|ne-|nce\b))")


class SplitMix64:
    """Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195. The same numbers on every Python."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, bound):
        limit = (1 << 64) - (1 << 64) % bound
        while True:
            value = self.next()
            if value < limit:
                return value % bound

    def shuffled(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items


class StockError(Exception):
    """A rule that is missing or a stock file that cannot be read."""


class Deck:
    """Deals its cards in random order, and all of them before any comes again."""

    def __init__(self, cards, generator):
        self.cards, self.generator, self.pile, self.last = list(cards), generator, [], None

    def deal(self):
        if not self.pile:
            self.pile = self.generator.shuffled(self.cards)
            if len(self.pile) > 1 and self.pile[-1] == self.last:
                self.pile.insert(0, self.pile.pop())
        self.last = self.pile.pop()
        return self.last


class Grammar:
    def __init__(self, generator):
        self.generator = generator
        self.rules = {}
        for path in sorted((FOLDER / "hearth").glob("*.stock")):
            self._read(path)
        if not self.rules:
            raise StockError(f"{FOLDER / 'hearth'} has no .stock files")
        self.decks = {name: Deck(alternatives, generator) for name, alternatives in self.rules.items()}
        self.cast = Deck(CAST, generator)
        self.families = Deck([name for name in self.rules if name.startswith("rhyme.")], generator)

    def _read(self, path):
        name = None
        for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
            if line.startswith(":: "):
                name = line[3:].strip()
                self.rules.setdefault(name, [])
            elif line.strip():
                if name is None:
                    raise StockError(f"{path}: line {number}: text before the first `:: name`")
                self.rules[name].append(line.strip())

    def piece(self, rule):
        """One piece of a kind, its characters chosen and its references resolved."""
        bound = {}
        for letter in "ABC":
            character = self.cast.deal()
            while character in bound.values():
                character = self.cast.deal()
            bound[letter] = character
        return self.expand("{" + rule + "}", bound)

    def expand(self, text, bound):
        return re.sub(r"\{([^{}]+)\}", lambda match: self._reference(match[1], bound), text)

    def _reference(self, key, bound):
        capital = key.endswith("^")
        key = key.rstrip("^")
        silent = key.startswith("!")
        key = key.lstrip("!")
        if "=" in key:
            variable, rule = key.split("=")
            bound[variable] = self._reference(rule, bound)
            result = "" if silent else bound[variable]
        elif key in ("couplet", "quatrain", "ballad"):
            result = self._verse(key, bound)
        elif key.split(".")[0] in bound:
            result = word_about(bound[key.split(".")[0]], key.partition(".")[2])
        elif key in self.decks:
            result = self.expand(self.decks[key].deal(), bound)
        else:
            raise StockError(f"the stock has no rule `{key}`")
        return result[:1].upper() + result[1:] if capital else result

    def _verse(self, form, bound):
        first, second = self.families.deal(), self.families.deal()
        if form == "couplet":
            families = [first, first]
        elif form == "quatrain":
            families = [first, second, first, second]
        else:
            families = [first, first, second, second]
        return " / ".join(self.expand(self.decks[family].deal(), bound) for family in families)


def word_about(value, attribute):
    if isinstance(value, str):
        return value
    name, kind, pronoun, trade, home = value
    him, his, himself = PRONOUNS[pronoun]
    words = {"": name, "kind": kind, "the": "the " + kind, "trade": trade, "home": home, "he": pronoun, "him": him,
             "his": his, "self": himself, "He": pronoun.capitalize(), "His": his.capitalize(), "NAME": name.upper()}
    if attribute not in words:
        raise StockError(f"a character has no `{attribute}`")
    return words[attribute]


def polished(text):
    """Articles before vowels, capitals after full stops, single spaces."""
    text = re.sub(r" +", " ", text).strip()
    text = FIRST_VOWEL_SOUND.sub(r"\1n ", text)
    text = re.sub(r"(?:^|[.!?] |\.\" |[:,] \"(?=I\b))(?:\")?[a-z]", lambda match: match[0][:-1] + match[0][-1].upper(), text)
    return re.sub(r",([,.])|\.\.", lambda match: match[1] or ".", text)


def laid_out(piece):
    """The piece as lines: headings, wrapped prose, verse, lists and conversations."""
    blocks = []
    for paragraph in piece.split("||"):
        paragraph = paragraph.strip()
        mark, body = paragraph[:1], paragraph[1:]
        lines = [polished(line) for line in body.split(" / ")]
        if mark == "#":
            blocks.append(polished(body).upper())
        elif mark == "~":
            lines[-1] = re.sub(r",$", ".", lines[-1])
            blocks.append("\n".join("  " + line[:1].upper() + line[1:] for line in lines))
        elif mark in ("*", ">"):
            blocks.append("\n".join(wrapped(line, "    ") for line in lines))
        elif paragraph:
            blocks.append(wrapped(polished(paragraph), ""))
    return "\n\n".join(blocks)


def wrapped(text, indent):
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def sentences(text):
    flat = " ".join(text.split())
    return [s for s in re.split(r"(?<=[.!?])\"? ", flat) if s.count(" ") >= 6]


class Book:
    """The pieces in order, each drawn a few times and the one kept that repeats least of what is there."""

    def __init__(self, grammar, generator):
        self.grammar = grammar
        self.kinds = Deck(KINDS, generator)
        self.seen = collections.Counter()
        self.lines = collections.Counter()

    def next_piece(self):
        kind = self.kinds.deal()
        best = None
        for _ in range(10):
            text = laid_out(self.grammar.piece(kind))
            repeats = (sum(self.seen[s] for s in sentences(text))
                       + sum(self.lines[line] for line in text.split("\n") if len(line) > 12))
            if best is None or repeats < best[0]:
                best = (repeats, text)
            if repeats == 0:
                break
        self.seen.update(sentences(best[1]))
        self.lines.update(best[1].split("\n"))
        return best[1]


def compose():
    generator = SplitMix64(SEED)
    grammar = Grammar(generator)
    book = Book(grammar, generator)
    text = ["THE HEARTH BOOK OF EMBERLEY\n\n"
            "Being the tales, letters, receipts, rhymes and small news of one\n"
            "valley, from the first frost of the year to the last.\n"]
    size = len(text[0])
    for number, month in enumerate(PARTS, 1):
        heading = f"\n\n{month.upper()}\n\n{laid_out(grammar.piece('month.' + month))}\n"
        text.append(heading)
        size += len(heading)
        while size < BYTES_WANTED * number // len(PARTS):
            piece = "\n\n" + book.next_piece() + "\n"
            text.append(piece)
            size += len(piece)
    return "".join(text)


def figures(text):
    data = text.encode()
    counts = collections.Counter(line for line in text.split("\n") if line)
    total = sum(counts.values())
    repeated = sum(count - 1 for count in counts.values())
    spoken = collections.Counter(sentences(text))
    packed = len(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    return (f"hearth.txt: {len(data)} bytes, {len(text)} code points, {len(set(text))} distinct; "
            f"{total} lines, {100 * repeated / total:.2f} % repeat an earlier one; "
            f"{100 * sum(c - 1 for c in spoken.values()) / sum(spoken.values()):.2f} % of longer sentences do; "
            f"xz {8 * packed / len(data):.3f} bits per byte; "
            f"{len(set(re.findall('[a-z]+', text.lower())))} different words")


def main():
    parser = argparse.ArgumentParser(description="Composes the Hearth Book from its stock.")
    parser.add_argument("--check", action="store_true", help="compare the committed file with what would be written")
    arguments = parser.parse_args()
    try:
        text = compose()
    except (StockError, OSError, UnicodeError) as error:
        return f"make_hearth.py: {error}"
    data = text.encode("ascii")
    if not arguments.check:
        TARGET.write_bytes(data)
    elif not TARGET.is_file() or TARGET.read_bytes() != data:
        return "make_hearth.py: hearth.txt differs from what this script makes; run it without --check"
    print(figures(text))
    return None


if __name__ == "__main__":
    sys.exit(main())
