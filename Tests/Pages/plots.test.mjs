import assert from "node:assert/strict";
import {test} from "node:test";
import {browser, words} from "./browser.mjs";
import {read} from "./resources.mjs";

const script = () => ['"use strict";', ...["page.js", "hover.js", "plots.js"].map(name => read("RunicPage", name))].join("\n");
/* Functions of numbers, from a page without plots. */
const names = ["placeBeside", "nearest", "figure", "placeOf", "stops", "pointAt", "readingAt"];
const page = (() => {
  const empty = browser([]);
  empty.run(`${script()}\ndocument.body.functions = {${names}};`);
  return empty.body.functions;
})();

const linear = {low: 0, high: 10, log: false}, log = {low: 1, high: 100, log: true};
const window = {width: 375, height: 800}, card = {width: 200, height: 100};

test("a card is below what it tells of, above it near the end of the window, and always inside", () => {
  assert.deepEqual(page.placeBeside({left: 150, width: 20, top: 100, bottom: 120}, card, window), {left: 60, top: 130});
  assert.deepEqual(page.placeBeside({left: 150, width: 20, top: 700, bottom: 720}, card, window), {left: 60, top: 590});
  for (const left of [-50, 0, 370, 600]) for (const top of [-90, 5, 400, 790, 900]) {
    const place = page.placeBeside({left, width: 10, top, bottom: top + 10}, card, window);
    assert.ok(place.left >= 8 && place.left + card.width <= 367, `${left}: ${place.left}`);
    assert.ok(place.top >= 8 && place.top + card.height <= 792, `${top}: ${place.top}`);
  }
  const wide = page.placeBeside({left: 0, width: 10, top: 0, bottom: 10}, {width: 370, height: 790}, window);
  assert.ok(wide.left >= 0 && wide.left + 370 <= 375 && wide.top >= 0 && wide.top + 790 <= 800);
});

test("a number has four digits at most, and no row of zeros", () => {
  assert.deepEqual([0, 57158, -3, .12345, 1234.56, 1.2e-7, -3.14159e9, .001, 12.5].map(page.figure),
    ["0", "57,158", "−3", "0.1235", "1,235", "1.20e-7", "−3.14e9", "0.001", "12.5"]);
});

test("the nearest of ascending values, and of two that are as near the first", () => {
  assert.deepEqual([-1, 0, 4, 6, 7.6, 99].map(one => page.nearest([0, 5, 10], one)), [0, 0, 1, 1, 2, 2]);
  assert.equal(page.nearest([3], 9), 0);
  assert.equal(page.nearest([0, 10], 5), 0);
});

test("an axis has the places that the drawing has", () => {
  assert.equal(page.placeOf(2.5, linear), .25);
  assert.equal(page.placeOf(10, log), .5);
  assert.equal(page.placeOf(0, log), -Infinity);
});

test("a pointer stops where some line has a point within the axis", () => {
  const lines = [{x: [0, 4, 20], y: [1, 2, 3], steps: false}, {x: [0, 5, 10], y: [7, 8, 0], steps: true}];
  assert.deepEqual(page.stops(lines, linear).values, [0, 4, 5]);
  assert.deepEqual(page.stops([], linear).values, []);
});

test("a line tells its value at a point, and nothing where it has none", () => {
  const line = {x: [1, 10, 100], y: [.5, .05, 5e-7], steps: false};
  const plot = {x: log, lines: [line, {x: [1], y: [2], steps: false}, {x: [], y: [], steps: false}]};
  assert.deepEqual(page.readingAt(plot, 1), {name: "1", values: [[0, "0.5"], [1, "2"]]});
  assert.deepEqual(page.readingAt(plot, 100), {name: "100", values: [[0, "5.00e-7"]]});
});

test("a step tells the range in which its value holds", () => {
  const plot = {x: linear, lines: [{x: [0, 2, 6, 10], y: [3, 0, 57158, 0], steps: true}]};
  assert.deepEqual(page.readingAt(plot, 6), {name: "6 to 10", values: [[0, "57,158"]]});
  assert.deepEqual(page.readingAt(plot, 0), {name: "0 to 2", values: [[0, "3"]]});
  assert.equal(page.pointAt(plot.lines[0], 10, linear), null);
});

function plotted(...names) {
  const line = {x: [0, 5, 10], y: [1, .25, 4], steps: false};
  const own = browser([{x: linear, y: linear, lines: names.map(() => line)}]);
  own.find("plot-0-area").attributes["aria-label"] = "loss: nats, over steps";
  own.find("plot-0-x").textContent = "steps";
  own.find("plot-0-y").textContent = "nats";
  for (const name of names) {
    const entry = own.element("li");
    entry.append(own.element("i"));
    entry.textContent = name;
    own.find("plot-0-legend").append(entry);
  }
  own.run(script());
  return {own, area: own.find("plot-0-area"), tip: own.body.children[0]};
}

test("a plot tells its values to a pointer and to the keys, and names itself to a screen reader", () => {
  const {own, area, tip} = plotted("gru", "lstm");
  assert.deepEqual([area.attributes.role, area.attributes["aria-label"], area.attributes["aria-valuemax"]],
    ["slider", "loss: nats, over steps", 2]);
  own.fire(area, "pointermove", {clientX: 60});
  assert.equal(words(tip), "steps: 5gru0.25lstm0.25");
  own.fire(area, "keydown", {key: "ArrowRight"});
  assert.equal(area.attributes["aria-valuetext"], "steps 10; gru 4; lstm 4");
  own.fire(area, "keydown", {key: "Home"});
  assert.equal(area.attributes["aria-valuenow"], 0);
  own.fire(area, "keydown", {key: "Escape"});
  assert.equal(tip.hidden, true);
});

test("the value of a line that is alone has the name of its axis", () => {
  const {own, area, tip} = plotted("6,184 different symbols");
  own.fire(area, "pointermove", {clientX: 99});
  assert.equal(words(tip), "steps: 10nats4");
});

test("the card stays with a plot that has the focus while the page scrolls, and leaves one that has not", () => {
  const {own, area, tip} = plotted("gru");
  own.fire(area, "focus");
  own.focus(area);
  own.scroll();
  assert.equal(tip.hidden, false);
  own.focus(null);
  own.scroll();
  assert.equal(tip.hidden, true);
});

test("a key that a plot does not use is left to the page", () => {
  const {own, area} = plotted("gru");
  let kept = 0;
  own.fire(area, "keydown", {key: "Tab", preventDefault() { kept++; }, stopPropagation() { kept++; }});
  own.fire(area, "keydown", {key: "ArrowLeft", altKey: true, preventDefault() { kept++; }, stopPropagation() { kept++; }});
  assert.equal(kept, 0);
});
