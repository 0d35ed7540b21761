const MOMENT = 1_000;

/** A double click sends a form once: within a second the same form is not sent again. */
export function sendOnce(page) {
  const sent = new WeakMap();
  page.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = event.target;
    if (event.timeStamp - (sent.get(form) ?? -MOMENT) < MOMENT) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });
}
