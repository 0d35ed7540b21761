/** The button beside a password shows and hides what is typed; leaving the page's form hides it again. */
export function offerToShowPasswords(page) {
  for (const button of page.querySelectorAll("[data-show-password]")) {
    const input = page.getElementById(button.getAttribute("aria-controls"));
    const word = button.querySelector("[data-show]");
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      word.textContent = shown ? word.dataset.hide : word.dataset.show;
    };
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
  }
}
