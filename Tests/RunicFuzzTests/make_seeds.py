#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets into Seeds/, except for reproducers, whose names begin with "found-"."""
import json
import pathlib

SEEDS = pathlib.Path(__file__).parent / "Seeds"


def write(target, name, content):
    folder = SEEDS / target
    folder.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


PIPELINE = [
    {"name": "decode", "options": {"errors": "stop"}, "version": 1},
    {"name": "newlines", "options": {"to": "lf"}, "version": 1},
    {"name": "normalize", "options": {"form": "nfc"}, "version": 1},
    {"name": "segment", "options": {"unit": "grapheme"}, "version": 1},
]
MODEL = {"cell": "gru", "embedding_size": 3, "hidden_size": 4, "layers": 1, "vocabulary_size": 5}
VOCABULARY = {"symbols": ["", "a", "b", "\n", "é"], "unit": "grapheme", "unknown": 0}
UNICODE = {"fingerprint": "0ffc988c86b9cef7494fcb61ba02063a", "icu": "72.1", "unicode": "15.0"}
STATE = {
    "bestSeconds": 0.5, "bestStep": 13, "bestValidation": 2.8, "good": {"rule": {"updates": 13}, "step": 13},
    "hasLearnt": True, "lastNorm": 0.25, "lastRate": 0.001, "numbers": {}, "rateFactor": 1, "returns": 0,
    "rule": {"updates": 13}, "seconds": 0.6, "skippedInRow": 0, "skippedSteps": 0, "smoothedLoss": 2.8, "step": 13,
    "symbols": 1715, "validatedStep": 13, "validation": 2.8, "window": {"count": 0, "seconds": 0, "sum": 0},
}
SETTINGS = {
    "cell": "lstm", "files": "separate", "hidden": 8, "layers": 1, "pipeline": PIPELINE, "spelling": 2,
    "stack": {"layer_norm": False, "learns_initial_state": False, "residual": False, "tied": False},
    "texts": ["t.txt"], "vocabulary": {"fallback": "unknown", "include_unknown": "always", "minimum_count": 1},
    "training": {
        "activation_penalty": 0, "alpha": 0.99, "batch": 4, "beta1": 0.9, "beta2": 0.999, "clip_norm": 1,
        "decay_after": 10, "decay_epochs": 10, "dropout": 0, "embedding_dropout": 0, "epochs": 2, "epsilon": 1e-08,
        "final_share": 0.05, "forgets_state": False, "label_smoothing": 0, "learning_rate": 0.003, "momentum": 0,
        "optimizer": "adamw", "patience": 5, "precision": "f32", "random_lengths": False, "recurrent_dropout": 0,
        "schedule": "cosine", "seed": 1, "sequence": 32, "split": [0.9, 0.05, 0.05], "temporal_penalty": 0,
        "threads": 1, "variational": False, "warm_up": 50, "weight_drop": 0, "zoneout_cell": 0, "zoneout_hidden": 0,
    },
}


def archives():
    def content(metadata, tensors, data):
        header = {"__metadata__": {key: compact(value) for key, value in metadata.items()}, **tensors}
        write("archive", "content-%d" % len(tensors), b"c" + compact(header).encode() + b"\0" + data)

    tensor = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}
    content({"format": 1}, {"a": tensor}, bytes(24))
    content({"format": 1, "model": MODEL, "pipeline": PIPELINE, "vocabulary": VOCABULARY},
            {"a": tensor, "b": {"dtype": "BF16", "shape": [], "data_offsets": [24, 26]},
             "c": {"dtype": "I8", "shape": [0, 9], "data_offsets": [26, 26]}}, bytes(range(26)))
    types = [("F64", 8), ("F32", 4), ("F16", 2), ("BF16", 2), ("I8", 1), ("U8", 1), ("I64", 8), ("BOOL", 1)]
    start, tensors = 0, {}
    for name, size in types:
        tensors[name] = {"dtype": name, "shape": [1, 2], "data_offsets": [start, start + 2 * size]}
        start += 2 * size
    content({}, tensors, bytes([0xFF, 0x7F] * (start // 2)))
    # A frame with content size, block checksums and content checksum, as the lz4 program writes it.
    frame = bytes.fromhex("04224d187c40080000000000000000")
    write("archive", "frame", b"f" + frame)
    write("archive", "empty", b"f")


def manifests():
    write("manifest", "sound", "model %s\nvocabulary %s\npipeline %s\nunicode %s\nlicence \"CC0\"\n" % tuple(
        compact(value) for value in (MODEL, VOCABULARY, PIPELINE, UNICODE)))
    for cell in ["lstm", "rnn", "gru", "lem", "mgu", "peephole-lstm"]:
        write("manifest", "cell-" + cell, "model " + compact(
            {**MODEL, "cell": cell, "layers": 2, "tied": False, "layer_norm": True, "residual": True,
             "learns_initial_state": True, "zoneout_hidden": 0.1}))
    write("manifest", "projection", "model " + compact({**MODEL, "cell": "lstm", "projection_size": 2}))
    bytes_vocabulary = {"symbols": ["a"] + ["<0x%02X>" % byte for byte in range(256)], "unit": "grapheme",
                        "unknown": None, "byte_base": 1}
    write("manifest", "spelling", "model %s\nvocabulary %s" % (
        compact({**MODEL, "vocabulary_size": 257}), compact(bytes_vocabulary)))
    write("manifest", "bytes", "vocabulary %s\npipeline %s" % (
        compact({"symbols": ["a", "b", "\u00ff", "\0", "\n"], "unit": "byte", "unknown": None}),
        compact(PIPELINE[:1] + [{"name": "segment", "options": {"unit": "byte"}}])))
    write("manifest", "training", "training " + compact({
        "options": SETTINGS, "seconds": 1.5, "step": 13, "texts": [
            {"bytes": 3, "code_points": 3, "grapheme_clusters": 3, "path": "t", "repaired_bytes": 0, "sha256": "00"}]}))
    write("manifest", "quantization", 'quantization {"precision":"int8","loss":1.5}\ndescription "d"\nformat 1')
    write("manifest", "format", "format 2")


def runs():
    sound = "model %s\nstate %s\ntexts [\"00\"]\nlog_bytes 9\nsettings %s\nlog {\"a\":1}\nfloats abcd" % tuple(
        compact(value) for value in (MODEL, STATE, SETTINGS))
    write("run", "sound", sound)
    write("run", "large", sound.replace("13", "9223372036854775807"))
    write("run", "negative", sound.replace("13", "-1"))
    write("run", "null", sound.replace("2.8", "null"))


TEXT = "The heron, the otter.\r\nDer R\u00e4ucher\u00a0aal\u2028\u0393\u03bb\u03ce\u03c3\u03c3\u03b1 \u0130I\u0131i \u4e2d\u6587\n\n\n  x\ty\n"


def stages():
    lines = {
        "case": "case:to=title,locale=tr\ncase:to=lower", "replace": r"replace:pattern=(\w+)\s(\w),with=$2 $1,flags=i",
        "transliterate": "transliterate:id=Any-Latin; Latin-ASCII", "rules": "transliterate:rules=a > b; b { c > ;",
        "filter": "filter:drop=[[:M:][:script=Greek:]]", "spaces": "spaces:runs=one,ends=trim,lines=1,tabs=4",
        "newlines": "newlines:to=lf,unicode=true\nnormalize:form=nfkc-casefold", "dedupe": "dedupe:by=line,minimum=2",
        "between": "between:from=otter,to=x,keep=outside", "words": "segment:unit=word,locale=de",
        "strip": "strip:what=controls+bidi+zero-width+joiners+variation-selectors+markup",
        "bytes": "newlines:to=keep\nsegment:unit=byte", "codepoint": "normalize:form=nfd\nsegment:unit=codepoint",
        "names": "transliterate:id=Any-Name", "hex": "transliterate:id=Any-Hex/Unicode,reverse=true",
    }
    for name, typed in lines.items():
        write("stages", name, typed + "\n\n" + TEXT)
    write("pipeline", "plain", compact(PIPELINE) + "\0" + TEXT)
    write("pipeline", "long", compact(
        [{"name": "decode", "options": {"encoding": "auto", "errors": "replace"}},
         {"name": "fields", "options": {"format": "csv", "column": "1+2"}}, {"name": "case", "options": {"to": "upper"}},
         {"name": "replace", "version": 1, "options": {"pattern": "(a|b)*c", "with": "$1"}}, {"name": "dedupe"},
         {"name": "segment", "options": {"unit": "word"}}]) + "\0a,b\nabc,\"d\"\"\n\"\n")
    write("pipeline", "wrong", compact([{"name": "segment", "library": "0" * 64}, {"name": "none", "version": -1}]))


def records():
    for name, options, text in [
        ("csv", "format=csv,column=Q+A", "Q,A\r\nyes,no\r\n\"a \"\"b\"\"\r\nc\",d\n,\n"),
        ("pad", "format=csv,column=2,header=false,separator=;,rows=pad", "a;b;c\nd\n\"e\"f;g\n"),
        ("tsv", "format=tsv,column=1,rows=skip,join=\\t,end=--\\n", "x\ty\n1\\t2\t3\n4\n"),
        ("jsonl", "format=jsonl,key=text", '{"text":"a\\u00e9\\ud83d\\ude00\\n"}\n{"text":null,"x":[1,{"y":2e9}]}\n{"text":"b"}\n'),
        ("jsonl-parts", "format=jsonl,key=a.b[].c,parts=p,missing=skip", '{"a":{"b":[{"c":"x"},{"c":"y"}]}}\n[]\n'),
        ("json", "format=json,key=[].turns[].utterance,record=[]", '[{"turns":[{"utterance":"a"},{"utterance":"b"}]},{"turns":[]}]'),
        ("json-any", 'format=json,key=*."x.y"', '{"k":{"x.y":"v"},"l":{"x.y":[["deep"]]}} '),
        ("deep", "format=json,key=a", "[" * 300 + "]" * 300),
    ]:
        write("records", name, options + "\n" + text)


def markup():
    for name, stage, text in [
        ("html", "strip:what=markup,breaks=true,entities=html", "<!DOCTYPE html><p class='a>b'>x &amp; &#x41;&nbsp;&notanentity; &lt<br/>y<script>if (a<b) {}</script><!-- c -- > --><style>p{}</style></p>z < 3"),
        ("xml", "strip:what=markup,entities=xml", "<?xml version=\"1.0\"?><a><![CDATA[<b>]]>&quot;&#65;&#x110000;</a>"),
        ("srt", "subtitles", "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Hello</i>\r\n- there\r\n\r\n2\n00:00:03,000 --> 00:00:04,000 X1:1\nend\n"),
        ("vtt", "subtitles", "WEBVTT\n\nSTYLE\n::cue{}\n\nNOTE x\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hi <c.loud>you</c>\n"),
        ("abc", "abc:comments=drop,outside=drop,fields=TMLK,number=drop", "%abc\nX:1\nT:A tune\nM:4/4\nL:1/8\nK:G\n|:G2 B d:|%c\n\nX:2\nT:B\nK:D\nabc\\\ndef|\n"),
        ("abc-join", "abc:documents=join", "X:1\nK:C\nCDE\n\ntext\n\nX: 2\nK:C\n\n\n"),
        ("between", "between:from=***,to=END", "licence\n*** START\nthe book\nEND\nmore\n"),
        ("dedupe", "dedupe:by=document,separator=--,form=nfkc-casefold,line-ends=any", "a\r\nb\n--\nA\nB\n--\nc\n"),
        ("controls", "strip", "a\x1b[31mb\u202ec\u2069\x00\x7f\u0085d\u200b\u200d\ufe0f"),
    ]:
        write("markup", name, stage + "\n" + text)


def encodings():
    samples = {
        "utf-8": "naïve\n", "auto": "Съешь ещё\n", "windows-1251": "Съешь ещё\n", "koi8-r": "Съешь ещё\r\n",
        "windows-1252": "naïve “œuvre” €5", "shift_jis": "いろは ｱｲｳ 表示", "euc-jp": "いろは色", "iso-2022-jp": "abc いろ 色\n",
        "gb18030": "天地 abc 😀 ꀀ", "big5": "天地玄黃", "euc-kr": "키스의 abc", "utf-16": "a€😀\n", "utf-16be": "a€😀",
        "utf-16le": "a€😀", "utf-32": "a€😀", "utf-32be": "a€😀", "utf-7": "a€😀 ю+b", "ibm037": "Hello, 123",
    }
    codecs = {"auto": "cp1251", "windows-1251": "cp1251", "windows-1252": "cp1252", "ibm037": "cp037",
              "utf-16be": "utf-16-be", "utf-16le": "utf-16-le", "utf-32be": "utf-32-be"}
    for name, text in samples.items():
        data = text.encode(codecs.get(name, name))
        write("decode", name, ("encoding=%s,errors=replace\n" % name).encode() + data)
    write("decode", "stop", b"encoding=utf-8,errors=stop,bom=keep\n\xef\xbb\xbfabc\xed\xa0\x80\xf4\x90\x80\x80d")
    write("decode", "skip", b"encoding=auto,errors=skip\n\xff\xfea\0b\0\x00\xd8c\0")
    write("decode", "utf-8-mixed", b"encoding=auto\n" + "größer\n".encode() * 8 + b"caf\xe9\n")
    write("decode", "unknown", b"encoding=scsu,errors=stop\n\x0e\x01\x02abc")


def texts():
    tricky = [
        "a", "\r\n\r\r\n\n", "\0a\0", "e\u0301\u0323 a\u0323\u0301", "\u1100\u1161\u11a8\uac00\u11a8\uac01",
        "\U0001f1e9\U0001f1ea\U0001f1eb", "\U0001f468\u200d\U0001f469\u200d\U0001f467x\u2764\ufe0f\u200d\U0001f525",
        "\u0915\u094d\u0937\u093f \u0928\u093c", "\ufb01\u1e9e\u00ad\u0345\u03b1\u0345\u0301", "\u0301\u0323" * 100,
        "x" + "\u0345\u0301\u0327" * 60, "\u0e19\u0e49\u0e33 \u0e44\u0e17\u0e22\n", "can't 3,14 a_b \u05d0\"\u05d0",
        "\u0915\u094d" * 40 + "\u0915", "\ufeffa",
    ]
    for index, text in enumerate(tricky):
        write("text", "tricky-%02d" % index, bytes([index % 6]) + text.encode())
    write("text", "invalid", b"\0a\xff\xc3\xe2\x82b\xf0\x9f\x98")
    write("symbols", "all", bytes(range(90)))
    for index in range(6):
        write("symbols", "form-%d" % index, bytes([index]) + bytes((7 * k * k + index) % 90 for k in range(60)))
    write("symbols", "long", bytes([0]) + bytes([84, 84, 0, 85, 85, 86, 86, 86, 32, 87, 87, 34, 84]))


def terminals():
    write("terminal", "controls", b"\x14a\x1b[31m\r\nb\rc\x7f\xc2\x9b\xe2\x80\xae\\u{41}\\n\x00")
    write("terminal", "wide", "\x0a中文「括弧」、字 한글 e\u0301 \U0001f468\u200d\U0001f469 long-word-that-is-wider".encode())
    write("terminal", "table", "\x18name\tvalue\tsome words of prose\tpreview\nb\t2\n\t\t\tx".encode())
    write("terminal", "invalid", b"\x05\xf0\x9f\x98a\xe2\x82\xff\xc0\x80")


def arguments():
    lines = {
        "train": "train t.txt --out r --hidden 32 --stage fields:column=Q+A --learning-rate=1e-3 --split 90/5/5",
        "resume": "train --resume r --epochs 9", "compare": "compare t --cells gru,lstm --parameters 100k --vary hidden=8,16 --out d",
        "sample": "sample m.runic --prompt=--x --length 10 --stop \\n\\n --seed 1 --temperature 0.5 --transform top-k:k=3",
        "help": "help study gates", "all": "text --help-all", "unknown": "trian --hiden=3", "candidates": "---candidates train --st",
        "completion": "--generate-completion-script zsh", "quantize": "quantize m --to int8 -o x -q --no-color", "dash": "text - -- -x",
        "text": "text a b --stages --json --unit word --vocabulary-size 10 --newlines keep", "corpus": "corpus get tiny -o x",
        "study": "study memory m --lags 1,2 --html p.html", "version": "--version", "evaluate": "evaluate m t --json --dynamic",
    }
    for name, line in lines.items():
        write("arguments", name, line.replace(" ", "\n"))


for make in [archives, manifests, runs, stages, records, markup, encodings, texts, terminals, arguments]:
    make()
