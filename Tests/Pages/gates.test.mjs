import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {browser, words} from "./browser.mjs";
import {all, read} from "./resources.mjs";

const markup = readFileSync(new URL("../../Sources/RunicStudy/GatePage/GatePageMarkup.swift", import.meta.url), "utf8");
const order = Array.from(markup.matchAll(/PackageResources\.(\w+)_js/g), match => `${match[1]}.js`);
const script = () => ['"use strict";', ...["page.js", "hover.js"].map(name => read("RunicPage", name)),
  ...order.map(name => read("RunicStudy", name))].join("\n");

const base64 = array => Buffer.from(array.buffer).toString("base64");
const bytes = (...values) => base64(Uint8Array.from(values));
const palette = {colors: "0055ff".repeat(255), inks: "l".repeat(255)};
const palettes = {gate: palette, signed: palette, surprise: palette};
const statistics = (range, ends) => ({range, ends, fractions: [.5, .5], low: .25, high: .5, unitsLow: bytes(0, 255),
  unitsHigh: bytes(255, 0)});

/** A page of one layer with a gate and a state, over "ab\na", of which the last symbol is unseen. */
const data = () => ({
  unitsPerLayer: 2, vocabulary: 8, stateSeries: 1,
  series: [{name: "f", title: "forget gate", about: "what stays", isGate: true},
    {name: "h", title: "hidden state", about: "what is shown", isGate: false}],
  features: [{title: "vowel", place: "at a vowel", about: "a, e, i", isCount: false, needsMemory: false,
    best: [{layer: 0, unit: 1, r: .9, score: .8, area: .95}], highest: .8, values: bytes(255, 0, 0, 255), largest: 1},
  {title: "line", place: "the line", about: "in symbols", isCount: true, needsMemory: true, best: [], highest: .1,
    values: bytes(0, 0, 0, 0), largest: 1}],
  layers: [{units: [0, 1].map(unit => ({unit, codes: bytes(0, 64, 128, 255, 0, 127, 200, 254), scales: [1, 2],
    tells: [{feature: 0, r: .9}], retention: 3.5})), statistics: [statistics("gate", [0, 1]),
    statistics("unbounded", [-5, 5])], retention: [3.5, 1e6], longest: [1, 0]}],
  symbols: [{t: "a", k: "plain", n: "U+0061"}, {t: "b", k: "plain", n: "U+0062"}, {t: "↵", k: "lineEnd", n: "U+000A"}],
  text: base64(Uint32Array.of(0, 1, 2, 0)), unseen: bytes(0, 0, 0, 1),
  surprisals: base64(Uint16Array.of(65535, 1000, 500, 3000)), expected: base64(new Uint32Array(20)),
  probabilities: base64(new Uint16Array(20).fill(1000)), expectedCount: 5,
  palettes: {light: palettes, dark: palettes},
});
test("the page has every script of the folder once", () => {
  const names = all(".js").filter(([module]) => module === "RunicStudy").map(([, name]) => name);
  assert.deepEqual([...order].sort(), names.sort());
});

test("the page starts with the unit that follows the first feature, and reads its series and means", () => {
  const page = browser(data());
  page.run(script());
  assert.equal(page.root.dataset.ready, "4");
  assert.match(words(page.find("about")), /^Layer 1, unit 1\. Its hidden state is high at a vowel \(r \+0\.90\)/);
  assert.match(page.find("surprise-caption").textContent, /Mean: 1\.500 nats, 2\.164 bits per symbol$/);
  assert.match(words(page.find("finder")), /Features that no unit follows.*line \(0\.10\)/);
});

test("a key or a click chooses, and the address follows", () => {
  const page = browser(data());
  page.run(script());
  page.press("ArrowLeft");
  page.press("1");
  assert.equal(page.address.at(-1), "#layer=1&unit=0&show=f");
  page.press(".");
  assert.match(page.find("spoken").textContent, /^U\+0061: forget gate 0\.00, first symbol, not predicted$/);
  page.press(".");
  assert.match(page.find("spoken").textContent, /surprisal 1\.00 nats, 1\.44 bits$/);
  page.press("Escape");
  assert.equal(page.address.at(-1), "#layer=1&unit=0&show=f");
});

test("nothing that can be clicked or pointed at fails", () => {
  const page = browser(data());
  page.run(script());
  for (const element of [...page.made]) for (const kind of Object.keys(element.listeners)) page.fire(element, kind);
  for (const key of ["ArrowUp", "ArrowDown", "ArrowRight", ",", "3", "9"]) page.press(key);
});

test("a chart over the text tells the symbol under a pointer, and the arrow keys move from there", () => {
  const page = browser(data());
  page.run(script());
  const chart = page.find("unit-chart"), tip = page.body.children[0];
  page.fire(chart, "pointermove", {clientX: 45});
  assert.equal(chart.attributes["aria-valuenow"], 1);
  assert.match(words(tip), /^symbol 1a.*hidden state \d\.\d\dvowel: no$/);
  page.fire(chart, "keydown", {key: "End"});
  assert.equal(chart.attributes["aria-valuetext"], "symbol 3, U+0061; hidden state 2.00; vowel: yes");
  page.fire(chart, "keydown", {key: "Enter"});
  assert.match(page.address.at(-1), /at=3$/);
  page.fire(chart, "pointerleave", {pointerType: "mouse"});
  assert.equal(tip.hidden, true);
});

test("a finger that is lifted leaves the values in view", () => {
  const page = browser(data());
  page.run(script());
  page.fire(page.find("surprise-chart"), "pointerdown", {clientX: 60, pointerType: "touch"});
  page.fire(page.find("surprise-chart"), "pointerleave", {pointerType: "touch"});
  assert.equal(page.body.children[0].hidden, false);
});

test("every histogram and every square of units is a slider with a name and a value", () => {
  const page = browser(data());
  page.run(script());
  const sliders = page.made.filter(one => one.attributes.role === "slider");
  assert.equal(sliders.length, 6);
  for (const one of sliders) {
    assert.equal(one.attributes.tabindex, 0);
    assert.ok(one.name.endsWith("-chart") || one.attributes["aria-label"], one.name);
    assert.ok(one.attributes["aria-valuetext"].length > 3, one.attributes["aria-valuetext"]);
  }
  const named = sliders.map(one => one.attributes["aria-label"]);
  assert.ok(named.includes("How often the forget gate has each value"));
  assert.ok(named.includes("Units by how long they remember"));
});
