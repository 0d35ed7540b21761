import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

import { ASSETS } from "./paths.mjs";

const SOURCES = path.join(ASSETS, "js");

/**
 * js/main.js becomes app.js, a plain script for the head; a folder with a main.js of its own (js/register/)
 * becomes register.js, a module.
 */
export async function scripts(output) {
  await bundle(output, { app: path.join(SOURCES, "main.js") }, "iife");
  const entries = {};
  for (const folder of readdirSync(SOURCES, { withFileTypes: true })) {
    const entry = path.join(SOURCES, folder.name, "main.js");
    if (folder.isDirectory() && existsSync(entry)) entries[folder.name] = entry;
  }
  await bundle(output, entries, "esm");
}

async function bundle(output, entryPoints, format) {
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    minify: true,
    format,
    target: ["chrome100", "firefox100", "safari15.4"],
    charset: "utf8",
    legalComments: "none",
    outdir: ASSETS,
    write: false,
    logLevel: "warning",
  });
  for (const file of outputFiles) output.add(path.basename(file.path), file.contents);
}
