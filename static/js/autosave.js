// A form that saves itself: <form data-autosave> with an output [data-autosave-note]. What was typed goes to the
// server a moment after each change and when the page is left; files do not. Nothing on the page moves or loses the
// focus. A save that did not arrive is tried again.
const form = document.querySelector("form[data-autosave]");
const note = form?.querySelector("[data-autosave-note]");
const PAUSE = 1500, AGAIN = 5000;  // milliseconds
let timer, saved, under;

const typed = () => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
};

const later = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
};

const say = (text, address) => {
  note.textContent = text;
  if (!address) return;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = "Masuk lagi";
  note.append(" ", link);
};

const save = async () => {
  const body = typed(), text = body.toString();
  if (text === saved) return;
  under?.abort();
  under = new AbortController();
  const { signal } = under;
  try {
    const headers = { "X-Simpan-Isian": "ya" };
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers, signal, keepalive: true });
    if (answer.ok) say(`Tersimpan ${await answer.text()}`);
    else if (answer.status === 401) say("Waktu masuk sudah habis, isian tersimpan.", await answer.text());
    else throw new Error(answer.status);
    saved = text;
  } catch (error) {
    if (signal.aborted) return;
    say("Belum tersimpan, dicoba lagi.");
    later(AGAIN);
  }
};

if (form) {
  saved = typed().toString();
  for (const change of ["input", "change", "click"]) form.addEventListener(change, () => later(PAUSE));
  addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    clearTimeout(timer);
    under?.abort();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && !form.hasAttribute("aria-busy")) save(); });
}
