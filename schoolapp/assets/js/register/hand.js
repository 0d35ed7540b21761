const KEY = "hand";

/** "Comandi a sinistra": a setting of this tablet, not of the account. */
export function offerLeftHand(page, form) {
  const button = page.querySelector("[data-hand]");
  if (!button) return;
  const show = (left) => {
    form.classList.toggle("hand-left", left);
    button.textContent = left ? button.dataset.right : button.dataset.left;
  };
  show(read() === "left");
  button.addEventListener("click", () => {
    const left = read() !== "left";
    try {
      localStorage.setItem(KEY, left ? "left" : "right");
    } catch {
      // a browser that keeps nothing: the setting lasts as long as the page
    }
    show(left);
  });
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
