// The search in the head: what htmx found goes away by Escape and when the focus leaves it.
const form = document.querySelector(".app-search");
const found = form?.querySelector("#hasil-cari");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !found.hasChildNodes()) return;
  found.replaceChildren();
  form.querySelector("input").focus();
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  if (form && !form.contains(event.target)) found.replaceChildren();
});

document.addEventListener("click", (event) => {
  if (form && !form.contains(event.target)) found.replaceChildren();
});

// From the field, the arrow leads into what was found; it is a way on, no shortcut, so no switch turns it off.
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" || !event.target.matches?.("[hx-target='#hasil-cari']")) return;
  const first = document.querySelector("#hasil-cari a");
  if (!first) return;
  event.preventDefault();
  first.focus();
});
