import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { STATIC } from "./paths.mjs";

const COMPRESSIBLE = new Set([".css", ".js", ".svg", ".json"]);

/** The files of one build: names carry a hash of their content, so a browser may keep them for ever. */
export class Output {
  #files = new Map();
  #manifest = {};

  /** Keeps `content` under its hashed name, which is returned. */
  add(name, content) {
    const bytes = Buffer.from(content);
    const extension = path.extname(name);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
    this.#files.set(hashed, bytes);
    this.#manifest[name] = hashed;
    return hashed;
  }

  /** Writes what changed and removes what is no longer made; manifest.json comes last, whole. */
  async write() {
    await mkdir(STATIC, { recursive: true });
    const wanted = new Set(["manifest.json"]);
    for (const [name, bytes] of this.#files) {
      for (const [variant, content] of variants(name, bytes)) {
        wanted.add(variant);
        await writeFile(path.join(STATIC, variant), content);
      }
    }
    const sorted = Object.fromEntries(Object.entries(this.#manifest).sort());
    const fresh = path.join(STATIC, "manifest.json.new");
    await writeFile(fresh, `${JSON.stringify(sorted, null, 2)}\n`);
    await rename(fresh, path.join(STATIC, "manifest.json"));
    for (const found of await readdir(STATIC)) {
      if (!wanted.has(found)) await rm(path.join(STATIC, found), { recursive: true });
    }
  }
}

function variants(name, bytes) {
  const files = [[name, bytes]];
  if (COMPRESSIBLE.has(path.extname(name))) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    files.push([`${name}.br`, brotliCompressSync(bytes, { params })]);
    files.push([`${name}.gz`, gzipSync(bytes, { level: 9 })]);
  }
  return files;
}
