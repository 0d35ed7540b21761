/** Two people said different things of a pupil: both versions stand in the row as equal buttons, none is proposed. */
export function showConflicts(rollCall, conflicts, words) {
  for (const conflict of conflicts) {
    const row = rollCall.rows.find(({ id }) => id === String(conflict.pupil));
    if (!row) continue; // the page came with both versions: there they still stand
    const shown = row.element.querySelector(".rollcall-conflict");
    const versions = `${conflict.code}, ${conflict.stamp}`;
    if (shown?.dataset.versions === versions) continue; // and somebody may be about to choose
    shown?.remove();
    row.open("");
    row.element.dataset.state = "conflict";
    row.element.setAttribute("data-conflict", "");
    row.element.append(box(row, conflict, versions));
  }

  function box(row, conflict, versions) {
    const question = element("p", words.conflict);
    const actions = element("div", "", "actions");
    const theirs = { state: conflict.theirs, minutes: String(conflict.minutes ?? ""), reason: conflict.reason ?? "" };
    actions.append(
      version(row.value, words.you, () => decide(row, conflict, row.value)),
      version(theirs, `${conflict.author}, ${conflict.at}`, () => decide(row, conflict, theirs)),
    );
    const found = element("div", "", "rollcall-conflict");
    found.dataset.versions = versions;
    found.append(question, actions);
    return found;
  }

  function version(value, author, choose) {
    const minutes = value.minutes && ["late", "left_early"].includes(value.state) ? ` ${value.minutes}′` : "";
    const button = element("button", words.states[value.state] + minutes, "btn");
    button.type = "button";
    button.append(element("small", author));
    button.addEventListener("click", choose);
    return button;
  }

  function decide(row, conflict, value) {
    row.element.querySelector(".rollcall-conflict").remove();
    row.element.removeAttribute("data-conflict");
    row.field("was").value = conflict.stamp;
    row.value = value;
    rollCall.changed([row]);
    (row.element.querySelector(".segments :checked") ?? row.other).focus();
  }
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
