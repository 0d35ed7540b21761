import { readFile } from "node:fs/promises";
import path from "node:path";
import subsetFont from "subset-font";

import { DESIGN_SYSTEM } from "./paths.mjs";

// Kerning is a third of a file: only the titles, set large, get it.
const FACES = [
  { weight: 400, file: "regular", keepFeatures: [] },
  { weight: 600, file: "600", keepFeatures: [] },
  { weight: 700, file: "700", keepFeatures: ["kern"] },
];
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0xff], // Western Europe, Albanian
  [0x100, 0x17f], // Polish, Czech, Romanian, Turkish, Maltese, the Baltic
  [0x218, 0x21b], // Romanian ș and ț with their comma
];
const OTHERS = "ƏəẞẀẁẂẃẄẅỲỳ–—‘’‚“”„†•…‰′″‹›⁄€™−×·";

/** Titillium Web cut to the letters of names written in the Latin alphabet; returns one face a weight. */
export async function webFonts(output) {
  return Promise.all(
    FACES.map(async ({ weight, file, keepFeatures }) => {
      const source = path.join(DESIGN_SYSTEM, `dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${file}.ttf`);
      const options = { targetFormat: "woff2", noHinting: true, keepFeatures };
      const cut = await subsetFont(await readFile(source), letters(), options);
      return { weight, file: output.add(`titillium-${weight}.woff2`, cut) };
    }),
  );
}

function letters() {
  const codes = RANGES.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => first + n));
  return String.fromCodePoint(...codes) + OTHERS;
}
