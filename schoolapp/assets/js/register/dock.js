/** In reach of the thumb: the strip, the totals in words, undo, and one button that is always the next step. */
export class Dock {
  constructor(rollCall, saver, words) {
    this.rollCall = rollCall;
    this.saver = saver;
    this.words = words;
    this.form = rollCall.form;
    this.topic = this.form.elements.topic;
    this.cells = [...this.form.querySelectorAll(".dock-cell")];
    this.totals = this.form.querySelector("[data-totals]");
    this.next = this.form.querySelector("[data-next]");
    this.back = this.form.querySelector("[data-undo]");
    this.live = this.form.querySelector("[data-live]");
    this.next.addEventListener("click", () => this.#step.act());
    this.back.addEventListener("click", () => this.#undo());
  }

  draw() {
    this.rollCall.elements.forEach((element, index) => (this.cells[index].dataset.state = element.dataset.state));
    this.#drawTotals();
    this.next.textContent = this.#step.label;
    this.back.hidden = !this.rollCall.canUndo;
  }

  #drawTotals() {
    const states = this.rollCall.elements.map((element) => element.dataset.state);
    const parts = this.words.totals.flatMap(([state, one, more, colour]) => {
      const count = states.filter((other) => other === state).length;
      if (!count) return [];
      const part = document.createElement("strong");
      if (colour) part.className = colour;
      part.textContent = `${count} ${count === 1 ? one : more}`;
      return [" · ", part];
    });
    this.totals.replaceChildren(...parts.slice(1));
  }

  get #step() {
    const { words, rollCall } = this;
    const left = rollCall.unmarked.length;
    if (left) {
      const some = left === 1 ? words.last : words.others.replace("%n", left);
      return { label: left === rollCall.size ? words.all : some, act: () => this.#allPresent() };
    }
    const [conflict] = rollCall.conflicts;
    if (conflict) return { label: words.decide, act: () => conflict.querySelector(".rollcall-conflict button").focus() };
    if (!this.topic.value.trim()) return { label: words.write, act: () => this.topic.focus() };
    return { label: words.sign, act: () => this.#sign() };
  }

  #allPresent() {
    this.rollCall.allPresent();
    this.live.textContent = this.totals.textContent;
  }

  #undo() {
    const names = this.rollCall.undo();
    this.live.textContent = this.words.undone.replace("%t", names.join(", "));
    if (this.back.hidden) this.next.focus();
  }

  /** What is on the screen must have reached the school before the register closes, and nobody there disagree. */
  async #sign() {
    const isThere = await this.saver.settle();
    if (isThere && !this.rollCall.conflicts.length) this.form.requestSubmit(this.form.querySelector("[data-sign]"));
  }
}
