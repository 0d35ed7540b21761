import { copyFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";

import { ASSETS, NODE_MODULES, PACKAGE } from "./paths.mjs";

const FONTS = path.join(PACKAGE, "documents/fonts");

/** Copies the faces of documentFonts.json: {family: [face, …]}, each `<Family>_<face>.ttf` as the package names it. */
export async function copyDocumentFonts() {
  const wanted = JSON.parse(await readFile(path.join(ASSETS, "documentFonts.json"), "utf8"));
  await mkdir(FONTS, { recursive: true });
  for (const [family, faces] of Object.entries(wanted)) {
    for (const face of faces) {
      const file = `${pascalCase(family)}_${face}.ttf`;
      await copyFile(path.join(NODE_MODULES, "@expo-google-fonts", family, face, file), path.join(FONTS, file));
    }
  }
}

function pascalCase(family) {
  return family.replace(/(^|-)([a-z])/g, (_, _dash, letter) => letter.toUpperCase());
}
