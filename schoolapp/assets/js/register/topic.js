/** A tap takes over the topic of the lesson before; typing counts as a change at once, for the next step. */
export function followTopic(form) {
  const field = form.elements.topic;
  const tell = () => form.dispatchEvent(new Event("rollcall:change"));
  field.addEventListener("input", tell);
  for (const pill of form.querySelectorAll("[data-topic]")) {
    pill.addEventListener("click", () => {
      field.value = pill.dataset.topic;
      tell();
      field.focus();
    });
  }
}
