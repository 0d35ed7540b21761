// Builds what the browser gets: `npm run build` fills schoolapp/static/ (hashed names + manifest.json)
// and schoolapp/documents/fonts/ (the faces the PDFs are set in).
import { copyDocumentFonts } from "./build/documentFonts.mjs";
import { webFonts } from "./build/fonts.mjs";
import { sprite, favicon } from "./build/icons.mjs";
import { Output } from "./build/output.mjs";
import { scripts } from "./build/scripts.mjs";
import { styles } from "./build/styles.mjs";

const output = new Output();
const [faces] = await Promise.all([
  webFonts(output),
  sprite(output),
  favicon(output),
  scripts(output),
  copyDocumentFonts(),
]);
await styles(output, faces);
await output.write();
