// One-key shortcuts: the key stands in aria-keyshortcuts, ? explains them. Off while somebody types, and off for good
// on request.
const KEPT = "pintasan-mati";
const button = document.querySelector("[data-shortcuts-switch]");
const help = document.querySelector("#bantuan-pintasan");
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

for (const opener of document.querySelectorAll("[data-help]")) {
  opener.closest("li").hidden = false;
  opener.addEventListener("click", () => help.showModal());
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isOff() || help?.open) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  if (event.key === "?" && help) {
    event.preventDefault();
    help.showModal();
    return;
  }
  const target = document.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.select();
  target.focus();
  if (target.matches("a, button")) target.click();
});
