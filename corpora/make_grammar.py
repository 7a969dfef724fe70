#!/usr/bin/env python3
"""Draws grammar.txt from a small stochastic language whose entropy is known exactly.

The source is a finite-state machine that emits one character per step. It is unifilar: the state and the
character emitted fix the next state, so who has read the text from its start knows the state. Its entropy
rate is therefore the sum over states of (stationary probability) * (entropy of the state's next character).
The stationary distribution is computed in fractions, without rounding; only logarithms are rounded (50 digits).

A sentence looks like this:

    [ka lo dulo tamo <ni koda> mida les bers?]

What a model has to remember:
  - the bracket that opened the sentence, ( or [ or none, until the sentence closes;
  - the question word at the start, until the sentence ends in ? instead of a full stop;
  - the determiner's number, until the verb's ending: -a after one, -en after several;
  - the kind of an aside, < or {, until the aside closes.

Usage:
  make_grammar.py                       write grammar.txt and grammar.json beside this script
  make_grammar.py --check               compare them with what would be written
  make_grammar.py --nats-of FILE [--from OFFSET] [--to OFFSET]
                                        the loss of the true source on a part of a text that starts with a sentence
"""

import argparse
import hashlib
import json
import math
import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

getcontext().prec = 60

SEED = 20
SYMBOLS_WANTED = 600_000
FOLDER = Path(__file__).resolve().parent

NOUNS = """tamo 14, rilu 13, sen 12, koda 11, velu 10, mira 10, pok 9, nasi 8, holt 8, drin 7, fagu 7, lumo 6,
bers 6, tiv 5, garn 5, susa 5, wemi 4, yot 4, kelp 3, ruf 3, dosi 3, pran 2, molu 2, hask 2"""
ADJECTIVES = "ban 9, dulo 8, fes 7, gri 6, hom 6, jarl 5, kusi 4, lep 4, mun 3, nald 3, pil 2, zor 2"
VERBS = """tak 10, ser 9, vol 8, mid 8, lur 7, bren 6, fod 6, gam 5, nek 5, pasht 4, rud 3, shil 3, wen 2, ost 2"""
ADVERBS = "sela 4, oru 3, ivi 2, hati 2, bo 1"
PREPOSITIONS = "ni 5, po 3, sul 2"

OUTER = {"": "", "(": ")", "[": "]"}
INNER = {"<": ">", "{": "}"}
START = ("start",)


def words(text):
    """The (word, weight) pairs of a list such as "ni 5, po 3"."""
    return [(entry.split()[0], int(entry.split()[1])) for entry in text.split(",")]


def weighted(weight, choices):
    """The choices with weights scaled so that together they weigh `weight`."""
    total = sum(choice[1] for choice in choices)
    return [(text, Fraction(weight) * own / total, following) for text, own, following in choices]


def listed(word_list, following, before="", after=""):
    return [(before + word + after, weight, following) for word, weight in words(word_list)]


def determiners(after_one, after_several):
    return [("lo ", 5, after_one), ("un ", 2, after_one), ("les ", 4, after_several), ("du ", 1, after_several)]


def opening(outer):
    question = ("subject", outer, "?")
    one, several = ("noun", outer, ".", "one", 0), ("noun", outer, ".", "several", 0)
    return weighted(3, [("ka ", 3, question), ("esh ", 1, question)]) + weighted(7, determiners(one, several))


def choices_of(context):
    """What can follow in a context: (text, weight, next context). No text is a prefix of another."""
    stage, rest = context[0], context[1:]
    if stage == "start":
        return (weighted(5, opening("")) + [("(", Fraction(3), ("opened", "(")), ("[", Fraction(2), ("opened", "["))])
    if stage == "opened":
        return opening(rest[0])
    if stage == "subject":
        outer, mood = rest
        return determiners(("noun", outer, mood, "one", 0), ("noun", outer, mood, "several", 0))
    if stage == "noun":
        outer, mood, number, adjectives = rest
        nouns = weighted(2, listed(NOUNS, ("predicate", outer, mood, number, 0)))
        if adjectives == 2:
            return nouns
        return nouns + weighted(1, listed(ADJECTIVES, ("noun", outer, mood, number, adjectives + 1), after=" "))
    if stage == "predicate":
        outer, mood, number, asides = rest
        ending = {"one": "a", "several": "en"}[number]
        verbs = weighted(7, listed(VERBS, ("object", outer, mood), before=" ", after=ending))
        if asides:
            return verbs
        return verbs + weighted(3, [
            (" " + kind, weight, ("aside", outer, mood, number, kind)) for kind, weight in zip(INNER, (2, 1))])
    if stage == "aside":
        return (weighted(1, listed(ADJECTIVES, ("aside noun", *rest), after=" "))
                + weighted(1, listed(PREPOSITIONS, ("aside noun", *rest), after=" ")))
    if stage == "aside noun":
        return listed(NOUNS, ("aside end", *rest))
    if stage == "aside end":
        outer, mood, number, kind = rest
        return [(INNER[kind], 1, ("predicate", outer, mood, number, 1))]
    if stage == "object":
        place = ("last noun", *rest)
        return (weighted(3, [(" " + text, weight, place) for text, weight, _ in determiners(None, None)])
                + weighted(3, listed(PREPOSITIONS, place, before=" ", after=" "))
                + weighted(2, listed(ADVERBS, ("end", *rest), before=" ", after=""))
                + weighted(2, ends(*rest)))
    if stage == "last noun":
        return listed(NOUNS, ("end", *rest))
    return ends(*rest)


def ends(outer, mood):
    close = mood + OUTER[outer]
    return [(close + " ", 4, START), (close + "\n", 1, START)]


class Source:
    """The machine: for each state its characters in order, their probabilities and the states they lead to."""

    def __init__(self):
        self.edges = {}
        pending = [START]
        while pending:
            context = pending.pop()
            if (context, "") in self.edges:
                continue
            for following in self._add(context):
                pending.append(following)
        self.start = (START, "")

    def _add(self, context):
        choices = choices_of(context)
        texts = sorted(text for text, _, _ in choices)
        assert all(texts), f"{context}: an empty text would be a step without a character"
        for shorter, longer in zip(texts, texts[1:]):
            assert not longer.startswith(shorter), f"{context}: {shorter!r} is a prefix of {longer!r}"
        weights = {}
        for text, weight, _ in choices:
            for length in range(len(text) + 1):
                weights[text[:length]] = weights.get(text[:length], Fraction(0)) + weight
        for prefix in sorted(weights):
            self.edges.setdefault((context, prefix), {})
        for prefix in sorted(weights):
            if prefix:
                parent = prefix[:-1]
                self.edges[context, parent][prefix[-1]] = (weights[prefix] / weights[parent], (context, prefix))
        for text, _, following in choices:
            del self.edges[context, text]
            probability, _ = self.edges[context, text[:-1]][text[-1]]
            self.edges[context, text[:-1]][text[-1]] = (probability, (following, ""))
        return sorted({following for _, _, following in choices}, key=repr)

    def stationary(self):
        """The exact stationary distribution: expected visits in one sentence over expected length of a sentence."""
        order, marked = [], set()
        stack = [(self.start, iter(self.edges[self.start].values()))]
        marked.add(self.start)
        while stack:
            state, successors = stack[-1]
            for _, following in successors:
                if following not in marked:
                    marked.add(following)
                    stack.append((following, iter(self.edges[following].values())))
                    break
            else:
                order.append(state)
                stack.pop()
        visits = {state: Fraction(0) for state in order}
        visits[self.start] = Fraction(1)
        for state in reversed(order):
            for probability, following in self.edges[state].values():
                if following != self.start:
                    visits[following] += visits[state] * probability
        length = sum(visits.values())
        return {state: count / length for state, count in visits.items()}

    def verify(self, stationary):
        """Asserts that the machine is unifilar and complete, and that `stationary` is exactly that."""
        assert set(stationary) == set(self.edges)
        inflow = {state: Fraction(0) for state in self.edges}
        for state, edges in self.edges.items():
            assert edges and sum(probability for probability, _ in edges.values()) == 1
            for character, (probability, following) in edges.items():
                assert len(character) == 1 and 0 < probability <= 1
                inflow[following] += stationary[state] * probability
        assert sum(stationary.values()) == 1
        assert inflow == stationary

    def entropy_rate(self, stationary):
        """Nats per symbol, as a Decimal."""
        cache = {}
        total = Decimal(0)
        for state in sorted(self.edges, key=repr):
            probabilities = tuple(sorted(probability for probability, _ in self.edges[state].values()))
            if probabilities not in cache:
                cache[probabilities] = -sum((decimal(p) * decimal(p).ln() for p in probabilities), Decimal(0))
            total += decimal(stationary[state]) * cache[probabilities]
        return total

    def draw(self, count):
        """A text of whole lines, at least `count` characters."""
        generator = SplitMix64(SEED)
        tables = {}
        for state, edges in self.edges.items():
            unit = math.lcm(*(probability.denominator for probability, _ in edges.values()))
            tables[state] = (unit, [(int(p * unit), c, following) for c, (p, following) in sorted(edges.items())])
        text, state = [], self.start
        while len(text) < count or text[-1] != "\n":
            unit, table = tables[state]
            if len(table) == 1:
                _, character, state = table[0]
            else:
                place = generator.below(unit)
                for weight, character, following in table:
                    if place < weight:
                        state = following
                        break
                    place -= weight
            text.append(character)
        return "".join(text)

    def losses(self, text):
        """The true source's loss in nats for each character of a text that starts with a sentence."""
        logs = {state: {c: (-math.log(p), following) for c, (p, following) in edges.items()}
                for state, edges in self.edges.items()}
        result, state = [], self.start
        for offset, character in enumerate(text):
            if character not in logs[state]:
                raise ImpossibleText(offset, character, sorted(logs[state]))
            loss, state = logs[state][character]
            result.append(loss)
        return result


class ImpossibleText(Exception):
    def __init__(self, offset, character, expected):
        super().__init__(f"offset {offset}: the source never emits {character!r} here, only one of {''.join(expected)!r}")


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


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def report(source, text):
    stationary = source.stationary()
    source.verify(stationary)
    rate = source.entropy_rate(stationary)
    losses = source.losses(text)

    def tail(share_per_cent):
        start = len(text) * (100 - share_per_cent) // 100
        return {"offset": start, "symbols": len(text) - start,
                "nats_per_symbol": rounded(math.fsum(losses[start:]) / (len(text) - start)),
                "nats_per_symbol_without_first": rounded(math.fsum(losses[start + 1:]) / (len(text) - start - 1))}

    return {
        "entropy_rate_nats_per_symbol": str(rate.quantize(Decimal(10) ** -40)),
        "entropy_rate_bits_per_symbol": str((rate / Decimal(2).ln()).quantize(Decimal(10) ** -40)),
        "states": len(source.edges),
        "alphabet": "".join(sorted({c for edges in source.edges.values() for c in edges})),
        "mean_sentence_symbols": rounded(float(1 / stationary[source.start])),
        "symbols": len(text),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "true_source_loss": {
            "whole": {"offset": 0, "symbols": len(text), "nats_per_symbol": rounded(math.fsum(losses) / len(text)),
                      "nats_per_symbol_without_first": rounded(math.fsum(losses[1:]) / (len(text) - 1))},
            "last_10_per_cent": tail(10),
            "last_5_per_cent": tail(5),
        },
    }


def rounded(value):
    return round(value, 9)


def score(source, arguments):
    try:
        text = Path(arguments.nats_of).read_bytes().decode("ascii")
        losses = source.losses(text)
    except (OSError, UnicodeDecodeError, ImpossibleText) as error:
        return f"make_grammar.py: {arguments.nats_of}: {getattr(error, 'strerror', None) or error}"
    end = len(text) if arguments.to is None else arguments.to
    if not 0 <= arguments.start < end <= len(text):
        return f"make_grammar.py: --from and --to must be a range within 0 to {len(text)}"
    part = losses[arguments.start:end]
    nats = math.fsum(part) / len(part)
    print(f"{nats:.9f} nats per symbol, {nats / math.log(2):.9f} bits, {len(part)} symbols")
    return None


def main():
    parser = argparse.ArgumentParser(description="Draws a text from a source of exactly known entropy.")
    parser.add_argument("--check", action="store_true", help="compare the committed files with what would be written")
    parser.add_argument("--nats-of", metavar="FILE", help="score a text, from its start, under the true source")
    parser.add_argument("--from", dest="start", type=int, default=0, metavar="OFFSET", help="first symbol to count")
    parser.add_argument("--to", type=int, metavar="OFFSET", help="the symbol to stop before")
    arguments = parser.parse_args()
    source = Source()
    if arguments.nats_of:
        return score(source, arguments)
    text = source.draw(SYMBOLS_WANTED)
    figures = report(source, text)
    files = {"grammar.txt": text.encode(), "grammar.json": (json.dumps(figures, indent=2) + "\n").encode()}
    for name, data in files.items():
        path = FOLDER / name
        if not arguments.check:
            path.write_bytes(data)
        elif not path.is_file() or path.read_bytes() != data:
            return f"make_grammar.py: {name} differs from what this script makes; run it without --check"
    losses = figures["true_source_loss"]
    print(f"entropy rate      {figures['entropy_rate_nats_per_symbol'][:14]} nats per symbol, "
          f"{figures['entropy_rate_bits_per_symbol'][:14]} bits")
    print(f"true source       whole {losses['whole']['nats_per_symbol']:.6f}, last 10 % "
          f"{losses['last_10_per_cent']['nats_per_symbol']:.6f}, last 5 % "
          f"{losses['last_5_per_cent']['nats_per_symbol']:.6f} nats per symbol")
    print(f"states            {figures['states']}; {len(figures['alphabet'])} characters; "
          f"{figures['mean_sentence_symbols']:.2f} symbols a sentence; {figures['symbols']} symbols")
    return None


if __name__ == "__main__":
    sys.exit(main())
