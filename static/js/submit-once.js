// A double click sends a form once, and without a network it stays on the page with what was typed. Only courtesies:
// the form's one-use key is what keeps the books right.
const PAUSE = 5000;  // milliseconds; afterwards the person may try again
const sentAt = new WeakMap();

const warn = (form) => {
  const words = document.createElement("p");
  words.className = "alert alert-warning";
  words.setAttribute("role", "alert");
  words.textContent = "Jaringan terputus. Isian tetap di halaman ini; kirim lagi sesudah tersambung.";
  form.prepend(words);
  words.scrollIntoView({ block: "center" });
  addEventListener("online", () => words.remove(), { once: true });
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (!navigator.onLine) {
    event.preventDefault();
    warn(form);
    return;
  }
  if (event.timeStamp - (sentAt.get(form) ?? -PAUSE) < PAUSE) {
    event.preventDefault();
    return;
  }
  sentAt.set(form, event.timeStamp);
  form.setAttribute("aria-busy", "true");
  setTimeout(() => form.removeAttribute("aria-busy"), PAUSE);
});

// Back from the next page: the browser may show this one as it was left.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) {
    sentAt.delete(form);
    form.removeAttribute("aria-busy");
  }
});
