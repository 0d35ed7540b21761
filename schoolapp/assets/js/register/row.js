export const OTHERS = ["late", "left_early", "class_activity", "exempt"];
export const WITH_MINUTES = ["late", "left_early"];

/** A mark as it stands in stamps and in the audit: "P", "R 12", "A not_fetched"; "" where there is none. */
export function codeOf({ state, minutes, reason }, letters) {
  if (!state) return "";
  const more = WITH_MINUTES.includes(state) ? minutes : state === "absent" ? reason : "";
  return more ? `${letters[state]} ${more}` : letters[state];
}

function valueOf(code, letters) {
  const [letter, more = ""] = code.split(" ");
  const state = Object.keys(letters).find((name) => letters[name] === letter) ?? "";
  const timed = WITH_MINUTES.includes(state);
  return { state, minutes: timed ? more : "", reason: timed ? "" : more };
}

/** One pupil: reads and writes the fields of the row, and draws what they say. */
export class Row {
  constructor(element, words) {
    this.element = element;
    this.id = element.dataset.pupil;
    this.words = words;
    this.name = element.querySelector(".rollcall-name bdi").textContent;
    this.other = element.querySelector(".segment-other");
    this.minutesField = this.field("minutes");
    this.before = this.value;
    this.draw();
  }

  field(kind) {
    return this.element.querySelector(`input[name="${kind}-${this.id}"]`);
  }

  #radios(kind) {
    return [...this.element.querySelectorAll(`input[type="radio"][name="${kind}-${this.id}"]`)];
  }

  #checked(kind) {
    return this.#radios(kind).find((radio) => radio.checked)?.value ?? "";
  }

  get state() {
    return this.#checked("mark");
  }

  /** What is said of the pupil: state, minutes and reason, as in the fields. */
  get value() {
    return { state: this.state, minutes: this.minutesField.value, reason: this.#checked("reason") };
  }

  set value({ state, minutes, reason }) {
    for (const radio of this.#radios("mark")) radio.checked = radio.value === state;
    for (const radio of this.#radios("reason")) radio.checked = radio.value === reason;
    this.minutesField.value = minutes;
    this.draw();
  }

  /** The school has `stamp` ("4 R 12") where `sent` was said. What another person marked meanwhile is shown. */
  keep(stamp, sent) {
    const { letters } = this.words;
    const kept = stamp.slice(stamp.indexOf(" ") + 1);
    const said = codeOf(sent, letters);
    if (kept !== said) {
      if (codeOf(this.value, letters) !== said) return; // changed here too: the next save tells both versions apart
      this.before = this.value = valueOf(kept, letters);
    }
    this.field("was").value = stamp;
  }

  get inConflict() {
    return this.element.hasAttribute("data-conflict");
  }

  /** Opens the part of the panel that asks next ("reason" or "other"), or closes it (""). */
  open(part) {
    if (part) this.#addTools();
    if (part) this.element.dataset.open = part;
    else delete this.element.dataset.open;
    this.other.setAttribute("aria-expanded", String(part === "other"));
  }

  /** The buttons that only a script can use, put into the panel when it is first opened. */
  #addTools() {
    if (this.element.querySelector("[data-done]")) return;
    const tools = document.getElementById("rollcall-tools").content.cloneNode(true);
    const [proposal, less, more, done] = tools.children;
    const stepper = this.element.querySelector(".stepper");
    stepper.prepend(less);
    stepper.append(more);
    stepper.before(proposal);
    stepper.after(done);
  }

  get opened() {
    return this.element.dataset.open ?? "";
  }

  draw() {
    const { state, minutes, reason } = this.value;
    const isOther = OTHERS.includes(state);
    const timed = WITH_MINUTES.includes(state) && minutes ? `${minutes}′` : "";
    const word = this.words.short[isOther ? state : ""];
    this.element.dataset.state = state;
    this.other.classList.toggle("segment-chosen", isOther);
    this.other.tabIndex = isOther ? 0 : -1; // Tab goes from row to row: one stop each
    this.other.querySelector("[data-other]").textContent = `${word} ${timed}`.trim();
    this.element.querySelector("[data-note]").textContent = state === "absent" ? (this.words.reasons[reason] ?? "") : "";
    this.element.querySelector("[data-question]").textContent =
      state === "left_early" ? this.words.leftQuestion : this.words.lateQuestion;
  }
}
