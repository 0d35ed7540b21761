/** A day that is nearer than usual is said beside its field, as it is chosen; nothing is forbidden. */
export function sayShortNotice(page) {
  for (const rows of page.querySelectorAll("[data-notice-days]")) {
    const usual = Number(rows.dataset.noticeDays);
    for (const notice of rows.querySelectorAll("[data-notice]")) {
      const input = notice.parentElement.querySelector('input[type="date"]');
      const words = notice.querySelector("[data-notice-text]");
      input?.addEventListener("change", () => {
        const days = daysUntil(input.value);
        notice.hidden = !(days >= 0 && days < usual);
        words.textContent = days === 1 ? notice.dataset.one : notice.dataset.many.replace("{days}", days);
      });
    }
  }
}

function daysUntil(day) {
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((Date.parse(`${day}T00:00:00Z`) - today) / 86_400_000);
}
