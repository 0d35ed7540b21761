// Improves pages that work without it. Loaded in the head, so that the first paint already knows of scripts.
import { focusErrorSummary } from "./errorSummary.js";
import { closeMenuOnEscape } from "./menu.js";
import { sayShortNotice } from "./notice.js";
import { offerToShowPasswords } from "./password.js";
import { sendOnce } from "./sendOnce.js";

document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  closeMenuOnEscape(document);
  focusErrorSummary(document);
  offerToShowPasswords(document);
  sayShortNotice(document);
  sendOnce(document);
});
