import path from "node:path";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";

import { ASSETS, DESIGN_SYSTEM, PACKAGE } from "./paths.mjs";

const TARGETS = { chrome: 100 << 16, firefox: 100 << 16, safari: (15 << 16) | (4 << 8) };

/** The design system's sheet, cut to what our templates and scripts name, then our own, whole. */
export async function styles(output, faces) {
  const own = sass.compile(path.join(ASSETS, "scss/app.scss"), { style: "expanded" });
  const sheet = [...faces.map(fontFace), await designSystem(), own.css].join("\n");
  const { code } = transform({
    filename: "app.css",
    code: Buffer.from(sheet),
    minify: true,
    targets: TARGETS,
  });
  output.add("app.css", code);
}

async function designSystem() {
  const { css } = sass.compile(path.join(ASSETS, "scss/designSystem.scss"), {
    loadPaths: [path.join(DESIGN_SYSTEM, "src/scss")],
    quietDeps: true,
    logger: sass.Logger.silent, // its own deprecated @import and colour functions: not ours to mend
  });
  const [purged] = await new PurgeCSS().purge({
    content: ["templates/**/*.html", "web/**/*.py", "blueprints/**/*.py", "assets/js/**/*.js"].map((glob) =>
      path.join(PACKAGE, glob),
    ),
    css: [{ raw: css }],
    safelist: { standard: ["html", "body"] },
    variables: true,
  });
  return purged.css;
}

function fontFace({ weight, file }) {
  return `@font-face{font-family:"Titillium Web";font-style:normal;font-weight:${weight};font-display:swap;src:url("${file}") format("woff2")}`;
}
