import assert from "node:assert/strict";
import {test} from "node:test";
import {all, read} from "./resources.mjs";

const code = sheet => sheet.replace(/\/\*[^]*?\*\/|"[^"\n]*"/g, "");
const found = (text, pattern) => new Set(Array.from(text.matchAll(pattern), match => match[1]));
const defined = sheet => found(code(sheet), /(--[\w-]+)\s*:/g);
const used = sheet => found(code(sheet), /var\(\s*(--[\w-]+)/g);
const common = read("RunicPage", "page.css");

function balance(sheet) {
  const open = [], closing = {"{": "}", "(": ")", "[": "]"};
  for (const letter of code(sheet)) {
    if (closing[letter]) open.push(closing[letter]);
    else if ("})]".includes(letter) && open.pop() !== letter) return `unexpected ${letter}`;
  }
  return open.length ? `missing ${open.pop()}` : "balanced";
}

test("there are style sheets", () => assert.ok(all(".css").length >= 3));

for (const [module, name] of all(".css")) {
  const sheet = read(module, name);
  test(`the brackets of ${module}'s ${name} are balanced`, () => assert.equal(balance(sheet), "balanced"));
  test(`${module}'s ${name} uses custom properties that are defined`, () => {
    const known = new Set([...defined(sheet), ...defined(common)]);
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

test("nothing on a page moves by itself, so there is no motion to reduce", () => {
  for (const [module, name] of [...all(".css"), ...all(".js")]) {
    assert.doesNotMatch(code(read(module, name)), /\b(transition|animation|animate|scroll-behavior|smooth)\b/, name);
  }
});

test("the colours of the sheets can be read on their grounds, in light and in dark", () => {
  const light = channel => channel <= .04045 ? channel / 12.92 : ((channel + .055) / 1.055) ** 2.4;
  const luminance = color => [1, 3, 5].map(i => light(parseInt(color.slice(i, i + 2), 16) / 255))
    .reduce((sum, one, i) => sum + one * [.2126, .7152, .0722][i], 0);
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + .05) / (low + .05);
  };
  const sheets = common + read("RunicPage", "plots.css");
  const values = text => Object.fromEntries(Array.from(text.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g), match => match.slice(1)));
  const dark = Array.from(sheets.matchAll(/@media \(prefers-color-scheme: dark\) \{[^]*?\n\}/g), match => match[0]).join("");
  for (const theme of [values(sheets.replace(/@media \(prefers-color-scheme: dark\) \{[^]*?\n\}/g, "")), values(dark)]) {
    for (const ground of ["--ground", "--sheet", "--accent-ground"]) {
      for (const ink of ["--ink", ...(ground === "--accent-ground" ? [] : ["--quiet"])]) {
        assert.ok(contrast(theme[ink], theme[ground]) >= 4.5, `${ink} on ${ground}`);
      }
    }
    for (const line of [0, 1, 2, 3, 4, 5, 6].map(i => `--p${i}`).concat("--accent", "--trace", "--surprise")) {
      assert.ok(contrast(theme[line], theme["--sheet"]) >= 3, line);
    }
  }
});
