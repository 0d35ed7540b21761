const PAUSE = 700;
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 30_000;

/** Sends the whole form a moment after each change, says where things are, and tries again until they are there. */
export class Saver {
  #pending = false;
  #leaving = false;
  #sending = null;
  #timer = 0;
  #retry = FIRST_RETRY;
  #told = "";

  constructor(rollCall, words, keep) {
    this.rollCall = rollCall;
    this.form = rollCall.form;
    this.words = words;
    this.keep = keep;
    this.sign = this.form.querySelector("[data-saved]");
    this.live = this.form.querySelector("[data-live]");
    addEventListener("online", () => this.#pending && this.#send());
    addEventListener("beforeunload", (event) => {
      if ((this.#pending || this.#sending) && !this.#leaving) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.#pending && this.#send());
    this.form.addEventListener("submit", () => {
      this.#leaving = true;
      clearTimeout(this.#timer);
    });
  }

  schedule() {
    this.#pending = true;
    if (this.sign.dataset.kind !== "offline") this.#show(this.words.saving, "saving");
    this.#wait(PAUSE);
  }

  /** Sends now what has not been sent; whether the school has everything. */
  async settle() {
    await this.#sending;
    if (this.#pending) await this.#send();
    return !this.#pending;
  }

  #wait(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), milliseconds);
  }

  #send() {
    clearTimeout(this.#timer);
    if (!this.#sending) {
      this.#sending = this.#post().finally(() => {
        this.#sending = null;
      });
    }
    return this.#sending;
  }

  async #post() {
    this.#pending = false;
    const body = this.rollCall.fields;
    let answer;
    try {
      const address = this.form.getAttribute("action"); // form.action would be the button of that name
      const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
      if (response.status >= 500 || response.status === 429) throw new Error(response.statusText);
      answer = { status: response.status, ...(await response.json()) };
    } catch {
      return this.#failed();
    }
    this.#retry = FIRST_RETRY;
    if (answer.status === 422) return this.#refused(this.words.refused.replace("%t", answer.message));
    if (!answer.stamps) return this.#refused(this.words.signedOut);
    this.#keepTopic(body.get("topic"), answer.topic);
    this.#keepActivities(body.getAll("activity"), answer.activities);
    this.keep(answer, body);
    if (this.#pending) this.#wait(PAUSE); // changed while this was on its way: the school does not have all of it yet
    else this.#say(this.words.saved.replace("%t", answer.saved), "saved");
  }

  /** No network, or the school's computer does not answer: what is on the screen waits for the next try. */
  #failed() {
    this.#pending = true;
    this.#say(this.words.offline, "offline");
    this.#wait(this.#retry);
    this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY);
  }

  /** The school says no: another try would get the same answer, unless something was changed meanwhile. */
  #refused(sentence) {
    clearTimeout(this.#timer);
    if (this.#pending) this.#wait(PAUSE);
    this.#pending = true;
    this.#say(sentence, "refused");
  }

  /** Shows a topic that somebody else wrote meanwhile where this person wrote none. */
  #keepTopic(sent, kept) {
    const field = this.form.elements.topic;
    if (field.value === sent && sent.trim() !== kept) field.value = kept;
    this.form.elements.topic_read.value = kept;
  }

  #keepActivities(sent, kept) {
    const boxes = [...this.form.querySelectorAll('[name="activity"]')];
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    if (ticked.join() === sent.join()) for (const box of boxes) box.checked = kept.includes(box.value);
    this.form.elements.activities_read.value = kept.join(", ");
  }

  /** Where things are, for everyone to see; told aloud where it changes: not after each tap that all is well. */
  #say(sentence, kind) {
    if (kind !== "saved" || this.#told !== "saved") this.live.textContent = sentence;
    this.#told = kind;
    this.#show(sentence, kind);
  }

  #show(sentence, kind) {
    this.sign.textContent = sentence;
    this.sign.dataset.kind = kind;
  }
}
