/**
 * Minutes proposed from the school's clock: the tablet's own may be wrong, so it only measures what has passed,
 * the time it has slept included (which performance.now() leaves out).
 */
export class Clock {
  constructor({ start, end, now }) {
    this.start = Number(start);
    this.end = Number(end);
    this.read = now === "" ? null : Number(now);
    this.length = this.end - this.start;
    this.readAt = Date.now();
  }

  /** Minutes of the day now; null where the lesson is not under way. */
  get now() {
    if (this.read === null) return null;
    const now = this.read + Math.floor((Date.now() - this.readAt) / 60_000);
    return now > this.start && now < this.end ? now : null;
  }

  /** What a late arrival (or a departure) at this moment loses; null where the lesson is not under way. */
  proposal(state) {
    if (this.now === null) return null;
    return this.within(state === "late" ? this.now - this.start : this.end - this.now);
  }

  within(minutes) {
    return Math.min(Math.max(minutes, 1), this.length - 1);
  }
}
