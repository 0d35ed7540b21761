import { WITH_MINUTES } from "./row.js";

const USUAL_MINUTES = 10;

/** Panels open under their row, in place, and ask for what is missing; nothing else moves. */
export function followPanels(rollCall, clock, words) {
  const { form } = rollCall;

  form.addEventListener("click", (event) => {
    const row = rollCall.rowOf(event.target);
    if (!row) return;
    const button = event.target.closest("button");
    if (button === row.other) row.open(row.opened === "other" ? "" : "other");
    else if (button?.matches("[data-done]")) close(row);
    else if (button?.matches("[data-step]")) {
      setMinutes(row, (Number(row.minutesField.value) || 0) + Number(button.dataset.step));
    } else if (button?.matches("[data-proposal]")) {
      setMinutes(row, clock.proposal(row.state));
      close(row);
    } else if (event.target.type === "radio" && event.detail > 0) afterTap(row, event.target);
    propose(row);
  });

  form.addEventListener("change", (event) => {
    const row = rollCall.rowOf(event.target);
    if (row && WITH_MINUTES.includes(event.target.value) && event.target.checked) {
      setMinutes(row, clock.proposal(event.target.value) ?? clock.within(USUAL_MINUTES));
    }
  }, true); // before the row is drawn and saved

  for (const field of form.querySelectorAll('.rollcall-minutes [aria-invalid="true"]')) rollCall.rowOf(field)?.open("other");

  function afterTap(row, radio) {
    if (radio.value === "present") row.open("");
    else if (radio.value === "absent") row.open("reason");
    else if (!WITH_MINUTES.includes(radio.value)) close(row); // a reason, class activity, exemption: nothing more to ask
  }

  function setMinutes(row, minutes) {
    row.minutesField.value = clock.within(minutes);
    rollCall.changed([row]);
  }

  /** The one-tap proposal stands there only while the lesson is under way. */
  function propose(row) {
    const button = row.element.querySelector("[data-proposal]");
    if (!button) return;
    const minutes = WITH_MINUTES.includes(row.state) ? clock.proposal(row.state) : null;
    button.hidden = minutes === null;
    button.textContent = (row.state === "late" ? words.arrives : words.leaves).replace("%n", minutes);
  }
}

/** Closes the panel and goes back to the segment that opened it. */
export function close(row) {
  const inside = row.element.querySelector(".rollcall-panel").contains(document.activeElement);
  row.open("");
  if (!inside) return;
  const chosen = row.element.querySelector(".segments :checked");
  (chosen ?? row.other).focus();
}
