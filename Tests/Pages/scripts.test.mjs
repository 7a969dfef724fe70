import assert from "node:assert/strict";
import {test} from "node:test";
import {Script} from "node:vm";
import {all, read} from "./resources.mjs";

test("the scripts of a module declare no name twice", () => {
  const modules = new Set(all(".js").map(([module]) => module));
  assert.ok(modules.size > 0);
  for (const module of modules) {
    const names = all(".js").filter(([owner]) => owner === module).map(([, name]) => name);
    const whole = names.map(name => read(module, name)).join("\n");
    assert.doesNotThrow(() => new Script(`"use strict";\n(() => {\n${whole}\n})();`), module);
  }
});

test("no script ends the element that holds it", () => {
  for (const [module, name] of all(".js")) assert.doesNotMatch(read(module, name), /<\/script|<!--/i, name);
});
