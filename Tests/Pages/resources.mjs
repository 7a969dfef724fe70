import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

const sources = fileURLToPath(new URL("../../Sources", import.meta.url));

/** The text of a module's resource. */
export const read = (module, name) => readFileSync(join(sources, module, "Resources", name), "utf8");

/** [module, name] of every resource with this ending. */
export const all = ending => readdirSync(sources).flatMap(module => {
  try {
    return readdirSync(join(sources, module, "Resources")).filter(name => name.endsWith(ending))
      .map(name => [module, name]);
  } catch {
    return [];
  }
});
