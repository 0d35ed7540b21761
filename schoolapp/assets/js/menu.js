/** Escape, or a tap outside, closes the open menu; Escape gives the focus back to its button. */
export function closeMenuOnEscape(page) {
  const menu = page.querySelector("details.site-menu");
  if (!menu) return;
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  page.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}
