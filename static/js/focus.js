// The error summary takes the focus; its links lead into the field, with the label in view.
document.querySelector(".error-summary")?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  (field.closest(".mb-3, [data-row]") ?? field).scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});
