import assert from "node:assert/strict";
import {test} from "node:test";
import {read} from "./resources.mjs";

const names = ["bytes", "words", "longWords", "number", "signed", "percent", "span", "movingMean", "roundStep",
  "countByPower", "nearestPoint", "surroundings"];
const page = new Function(`"use strict";\n${read("RunicStudy", "numbers.js")}\nreturn {${names}};`)();
const base64 = (...values) => Buffer.from(values).toString("base64");

test("packed numbers are little-endian", () => {
  assert.deepEqual([...page.bytes(base64(0, 127, 255))], [0, 127, 255]);
  assert.deepEqual([...page.words(base64(1, 0, 0xCD, 0xAB))], [1, 0xABCD]);
  assert.deepEqual([...page.longWords(base64(4, 3, 2, 1, 0, 0, 0, 0xFF))], [0x01020304, 0xFF000000]);
  assert.deepEqual([...page.longWords("")], []);
});

test("numbers have a minus sign and not a hyphen", () => {
  assert.equal(page.number(-1.005), "−1.00");
  assert.equal(page.number(2, 0), "2");
  assert.equal(page.signed(.5), "+0.50");
  assert.equal(page.signed(-.126), "−0.13");
});

test("a percentage below ten has a digit, and a space that does not break", () => {
  assert.equal(page.percent(0), "0\u00a0%");
  assert.equal(page.percent(.0123), "1.2\u00a0%");
  assert.equal(page.percent(.5), "50\u00a0%");
});

test("a unit that never forgets remembers ∞ symbols", () => {
  assert.deepEqual([2.345, 1234.5, 1e6].map(page.span), ["2.3", "1,235", "∞"]);
});

test("a moving mean leaves out what is missing, and is shorter at the ends", () => {
  assert.deepEqual([...page.movingMean([1, 2, 6, 3], 1)], [1.5, 3, 11 / 3, 4.5].map(Math.fround));
  assert.deepEqual([...page.movingMean([null, 4, null, null, null], 1)], [4, 4, 4, 0, 0]);
  assert.deepEqual([...page.movingMean([], 2)], []);
});

test("marks are 1, 2 or 5 times a power of ten apart, and at least one symbol", () => {
  assert.deepEqual([.2, 1, 1.5, 3, 7, 10, 120, 300].map(page.roundStep), [1, 1, 2, 5, 10, 10, 200, 500]);
});

test("a histogram by powers of two keeps every value", () => {
  assert.deepEqual(page.countByPower([0, .5, 1, 2, 3, 4, 1e6], 4), [3, 2, 1, 1]);
});

test("the symbols around one stay in its line, but for a short line", () => {
  assert.deepEqual(page.surroundings(500, 0, 1000, 1000, 30), [470, 531]);
  assert.deepEqual(page.surroundings(105, 100, 200, 1000, 30), [100, 161]);
  assert.deepEqual(page.surroundings(195, 100, 200, 1000, 30), [139, 200]);
  assert.deepEqual(page.surroundings(101, 100, 104, 1000, 30), [100, 112]);
  assert.deepEqual(page.surroundings(998, 997, 1000, 1000, 30), [997, 1000]);
});

test("a pointer finds the nearest point within its reach, or none", () => {
  const points = [[0, 0], [10, 0], [10, 8]];
  assert.deepEqual([page.nearestPoint(points, 9, 3, 5), page.nearestPoint(points, 9, 5, 5), page.nearestPoint(points, 5, 30, 5)],
    [1, 2, null]);
  assert.equal(page.nearestPoint([], 0, 0, 9), null);
});
