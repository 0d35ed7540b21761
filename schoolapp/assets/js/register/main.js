// The roll call: one tap for the usual, two for the exception, saved as one goes. Without this script the page is a
// plain form with the same fields; everything here reads and writes those fields, so both send the same thing.
import { Clock } from "./clock.js";
import { showConflicts } from "./conflicts.js";
import { Dock } from "./dock.js";
import { offerLeftHand } from "./hand.js";
import { followKeys } from "./keyboard.js";
import { followPanels } from "./panels.js";
import { RollCall } from "./rollCall.js";
import { Saver } from "./saver.js";
import { followTopic } from "./topic.js";

const form = document.querySelector("[data-rollcall]");
if (form) start(form, JSON.parse(document.getElementById("rollcall-words").textContent));

function start(form, words) {
  const rollCall = new RollCall(form, words);
  const clock = new Clock(form.dataset);
  followPanels(rollCall, clock, words);
  followKeys(rollCall);
  followTopic(form);
  offerLeftHand(document, form);
  if (!form.hasAttribute("data-autosave")) return;
  const saver = new Saver(rollCall, words, (answer, sent) => {
    rollCall.keep(answer, sent);
    showConflicts(rollCall, answer.conflicts, words);
    dock.draw();
  });
  const dock = new Dock(rollCall, saver, words);
  form.addEventListener("rollcall:change", () => {
    dock.draw();
    saver.schedule();
  });
  dock.draw();
}
