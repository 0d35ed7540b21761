import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import subsetFont from "subset-font";

import { ASSETS, NODE_MODULES, PACKAGE } from "./paths.mjs";

const FONTS = path.join(PACKAGE, "documents/fonts");

/**
 * Fills documents/fonts as documentFonts.json says: `faces` are copied whole, `<Family>_<face>.ttf` as the package names
 * them; of `letters` only the letters named are kept, `<Family>_letters.ttf`.
 */
export async function copyDocumentFonts() {
  const { faces, letters } = JSON.parse(await readFile(path.join(ASSETS, "documentFonts.json"), "utf8"));
  await mkdir(FONTS, { recursive: true });
  for (const [family, names] of Object.entries(faces)) {
    for (const face of names) {
      await copyFile(source(family, face), path.join(FONTS, path.basename(source(family, face))));
    }
  }
  for (const [family, { face, text }] of Object.entries(letters)) {
    const options = { targetFormat: "truetype", noHinting: true, keepFeatures: [] };
    const cut = await subsetFont(await readFile(source(family, face)), text, options);
    await writeFile(path.join(FONTS, `${familyName(family)}_letters.ttf`), cut);
  }
}

function source(family, face) {
  return path.join(NODE_MODULES, "@expo-google-fonts", family, face, `${familyName(family)}_${face}.ttf`);
}

function familyName(family) {
  return family.replace("-sc", "-SC").replace(/(^|-)([a-zA-Z])/g, (_, _dash, letter) => letter.toUpperCase());
}
