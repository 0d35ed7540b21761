import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { ASSETS, DESIGN_SYSTEM } from "./paths.mjs";

const OWN = path.join(ASSETS, "icons");

/** One sprite with the icons named in icons.json (from the design system) and our own in icons/. */
export async function sprite(output) {
  const names = JSON.parse(await readFile(path.join(ASSETS, "icons.json"), "utf8"));
  const source = await readFile(path.join(DESIGN_SYSTEM, "dist/svg/sprites.svg"), "utf8");
  const symbols = names.map((name) => symbolOf(source, name));
  for (const file of (await readdir(OWN)).sort()) {
    symbols.push(symbolFrom(await readFile(path.join(OWN, file), "utf8"), path.basename(file, ".svg")));
  }
  output.add("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

export async function favicon(output) {
  output.add("favicon.svg", await readFile(path.join(ASSETS, "favicon.svg")));
}

function symbolOf(source, name) {
  const found = source.match(new RegExp(`<(symbol|svg)[^>]*\\bid="it-${name}"[^>]*>([\\s\\S]*?)</\\1>`));
  if (!found) throw new Error(`icons.json: bootstrap-italia has no icon “${name}”`);
  return symbol(name, found[0].match(/viewBox="([^"]+)"/)[1], found[2]);
}

function symbolFrom(svg, name) {
  const [, viewBox, inside] = svg.match(/<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
  return symbol(name, viewBox, inside);
}

function symbol(name, viewBox, inside) {
  const tidy = inside.replace(/\s+/g, " ").replace(/> </g, "><").trim();
  return `<symbol id="${name}" viewBox="${viewBox}">${tidy}</symbol>`;
}
