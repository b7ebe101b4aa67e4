// One-key shortcuts: the key stands in aria-keyshortcuts. Off while somebody types, and off for good on request.
const KEPT = "pintasan-mati";
const button = document.querySelector("[data-shortcuts-switch]");
export const isOff = () => localStorage.getItem(KEPT) === "ya";

if (button) {
  const label = () => { button.textContent = `${isOff() ? "Nyalakan" : "Matikan"} pintasan papan ketik`; };
  button.addEventListener("click", () => {
    if (isOff()) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "ya");
    label();
  });
  button.closest("li").hidden = false;
  label();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isOff()) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const target = document.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.select();
  target.focus();
  if (target.matches("a, button")) target.click();
});
