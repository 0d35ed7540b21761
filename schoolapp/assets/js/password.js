/** The button beside a password shows and hides what is typed; leaving the page's form hides it again. */
export function offerToShowPasswords(page) {
  for (const button of page.querySelectorAll("[data-show-password]")) {
    const input = page.getElementById(button.getAttribute("aria-controls"));
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? button.dataset.hide : button.dataset.show;
      button.setAttribute("aria-pressed", String(shown));
    };
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
  }
}
