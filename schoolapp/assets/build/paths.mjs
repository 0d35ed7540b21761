import path from "node:path";
import { fileURLToPath } from "node:url";

export const ASSETS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const PACKAGE = path.dirname(ASSETS);
export const STATIC = path.join(PACKAGE, "static");
export const NODE_MODULES = path.join(path.dirname(PACKAGE), "node_modules");
export const DESIGN_SYSTEM = path.join(NODE_MODULES, "bootstrap-italia");
