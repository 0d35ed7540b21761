/** Takes the person to the list of what is to be corrected. */
export function focusErrorSummary(page) {
  page.querySelector("[data-error-summary]")?.focus();
}
