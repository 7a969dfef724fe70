import assert from "node:assert/strict";
import {test} from "node:test";
import {all, read} from "./resources.mjs";

const code = sheet => sheet.replace(/\/\*[^]*?\*\/|"[^"\n]*"/g, "");
const found = (text, pattern) => new Set(Array.from(text.matchAll(pattern), match => match[1]));
const defined = sheet => found(code(sheet), /(--[\w-]+)\s*:/g);
const used = sheet => found(code(sheet), /var\(\s*(--[\w-]+)/g);
const common = read("RunicPage", "page.css");
// An image of a plot may leave its page.
const alone = ["line-plot.css"];

function balance(sheet) {
  const open = [], closing = {"{": "}", "(": ")", "[": "]"};
  for (const letter of code(sheet)) {
    if (closing[letter]) open.push(closing[letter]);
    else if ("})]".includes(letter) && open.pop() !== letter) return `unexpected ${letter}`;
  }
  return open.length ? `missing ${open.pop()}` : "balanced";
}

test("there are style sheets", () => assert.ok(all(".css").length >= 4));

for (const [module, name] of all(".css")) {
  const sheet = read(module, name);
  test(`the brackets of ${module}'s ${name} are balanced`, () => assert.equal(balance(sheet), "balanced"));
  test(`${module}'s ${name} uses custom properties that are defined`, () => {
    const known = new Set([...defined(sheet), ...(alone.includes(name) ? [] : defined(common))]);
    assert.deepEqual([...used(sheet)].filter(property => !known.has(property)), []);
  });
}

test("scripts use custom properties that are defined", () => {
  const known = new Set(all(".css").flatMap(([module, name]) => [...defined(read(module, name))]));
  for (const [module, name] of all(".js")) {
    const asked = found(read(module, name), /["'`](--[\w-]+)["'`]/g);
    assert.deepEqual([...asked].filter(property => !known.has(property)), [], name);
  }
});

test("every custom property is used", () => {
  const scripts = all(".js").map(([module, name]) => read(module, name)).join("\n");
  const sheets = all(".css").map(([module, name]) => read(module, name));
  const asked = new Set([...sheets.flatMap(sheet => [...used(sheet)]), ...found(scripts, /["'`](--[\w-]+)["'`]/g)]);
  const known = new Set(sheets.flatMap(sheet => [...defined(sheet)]));
  assert.deepEqual([...known].filter(property => !asked.has(property)), []);
});
