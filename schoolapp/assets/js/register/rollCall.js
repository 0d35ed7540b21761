import { Row } from "./row.js";

/** All rows, and what can be taken back. */
export class RollCall {
  #taps = [];

  constructor(form, words) {
    this.form = form;
    const elements = [...form.querySelectorAll(".rollcall-row")];
    this.size = elements.length;
    this.elements = elements;
    this.rows = elements.filter((element) => element.querySelector(".segments")).map((element) => new Row(element, words));
    form.addEventListener("change", (event) => this.#follow(event));
    form.addEventListener("input", (event) => {
      if (event.target.name?.startsWith("minutes-")) this.#follow(event);
    });
  }

  #follow(event) {
    const row = this.rowOf(event.target);
    if (row) this.changed([row]);
    else this.#tell();
  }

  rowOf(element) {
    const found = element.closest(".rollcall-row");
    return found && this.rows.find((row) => row.element === found);
  }

  get unmarked() {
    return this.rows.filter((row) => !row.state);
  }

  get conflicts() {
    return this.elements.filter((element) => element.hasAttribute("data-conflict"));
  }

  get canUndo() {
    return this.#taps.length > 0;
  }

  /** Takes note of one tap on these rows: draws them, keeps the way back. */
  changed(rows) {
    const tap = [];
    for (const row of rows) {
      row.draw();
      const now = row.value;
      if (Object.keys(now).some((key) => now[key] !== row.before[key])) tap.push([row, row.before]);
      row.before = now;
    }
    if (tap.length) this.#taps.push(tap);
    this.#tell();
  }

  allPresent() {
    const rows = this.unmarked;
    for (const row of rows) row.value = { state: "present", minutes: "", reason: "" };
    this.changed(rows);
  }

  /** Takes back the last tap; returns the names it concerned. */
  undo() {
    const tap = this.#taps.pop() ?? [];
    for (const [row, before] of tap) {
      row.value = before;
      row.before = before;
      row.open("");
    }
    this.#tell();
    return tap.map(([row]) => row.name);
  }

  /** The fields as they are sent. A radio button that nobody has chosen sends nothing: a mark taken back is said. */
  get fields() {
    const fields = new URLSearchParams(new FormData(this.form));
    for (const row of this.unmarked) if (row.field("was").value) fields.set(`mark-${row.id}`, "");
    return fields;
  }

  /** The school has these versions now, after what was `sent`: the next save says so. On conflicts a person decides. */
  keep({ stamps, conflicts }, sent) {
    const open = new Set(conflicts.map(({ pupil }) => String(pupil)));
    for (const row of this.rows) {
      if (open.has(row.id)) continue;
      const value = (kind) => sent.get(`${kind}-${row.id}`) ?? "";
      row.keep(stamps[row.id] ?? "", { state: value("mark"), minutes: value("minutes"), reason: value("reason") });
    }
  }

  #tell() {
    this.form.dispatchEvent(new Event("rollcall:change"));
  }
}
