// The sheet of an assessment: shows the evidence of the level just chosen, and the overall level as it is now. Without
// this script the page is the same form; the server proposes the level again, by its own rule.
import { proposedLevel } from "./proposal.js";

const form = document.querySelector("[data-sheet]");
if (form) start(form);

function start(form) {
  const proposal = form.querySelector("[data-proposal]");
  form.addEventListener("change", (event) => {
    if (!event.target.name.startsWith("level-")) return;
    openEvidence(form, event.target.closest(".skill"), event.target.value);
    draw();
  });

  function draw() {
    const chosen = [...form.querySelectorAll("[data-communicative] .segment-level input:checked")];
    const ladder = [...form.querySelector(".segments").querySelectorAll(".segment-level input")];
    const rank = proposedLevel(
      chosen.map((input) => ladder.findIndex((step) => step.value === input.value)),
      Number(form.dataset.fewest),
    );
    const name = rank === null ? null : ladder[rank].nextElementSibling.textContent;
    proposal.textContent = name === null ? proposal.dataset.none : name;
  }
}

/**
 * Opens the evidence of one skill and closes the others. The row stays where the finger is: what closes above it is made
 * up for by scrolling, and stays open where the page is too near its top for that.
 */
function openEvidence(form, row, level) {
  const before = row.getBoundingClientRect().top;
  for (const other of form.querySelectorAll(".skill")) {
    const evidence = other.querySelector("details");
    const wasOpen = evidence.open;
    evidence.open = other === row && level !== "";
    const moved = row.getBoundingClientRect().top - before;
    if (wasOpen && window.scrollY + moved < 0) evidence.open = true;
  }
  window.scrollBy({ top: row.getBoundingClientRect().top - before, behavior: "instant" });
}
