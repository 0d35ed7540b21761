import { close } from "./panels.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Tab goes row to row, arrows move inside the segments, Enter opens the panel, Escape closes it. */
export function followKeys(rollCall) {
  rollCall.form.addEventListener("keydown", (event) => {
    const row = rollCall.rowOf(event.target);
    if (!row || row.inConflict) return;
    const segments = event.target.closest(".segments");
    if (event.key === "Escape" && row.opened) close(row);
    else if (event.key === "Enter" && event.target.tagName === "INPUT") {
      if (segments) open(row, event.target);
      else close(row);
    } else if (event.key === "Enter" && event.target === row.other) open(row, row.other);
    else if (event.key in STEPS && segments) step([...segments.querySelectorAll("input, button")], event);
    else if (event.key in STEPS && event.target.type === "radio") {
      step([...event.target.closest(".rollcall-part").querySelectorAll("input")], event);
    } else return;
    event.preventDefault();
  });
}

function open(row, from) {
  row.open(from.value === "absent" ? "reason" : "other");
  const part = row.element.querySelector(row.opened === "reason" ? ".rollcall-reason" : ".rollcall-others");
  (part.querySelector("input:checked") ?? part.querySelector("input")).focus();
}

/** To the next of `stops`, round the end; a radio button is chosen where one stops on it. */
function step(stops, event) {
  const next = stops[(stops.indexOf(event.target) + STEPS[event.key] + stops.length) % stops.length];
  next.focus();
  if (next.type === "radio") next.click();
}
