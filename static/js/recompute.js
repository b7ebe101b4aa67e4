// A worksheet keeps its figures right while it is filled in. The server computes them, as its button "Hitung ulang"
// does; only what carries data-figure is taken from the answer, so nothing typed is touched.
const form = document.querySelector("form[data-recompute]");
let latest = null;

const recompute = async () => {
  latest?.abort();
  latest = new AbortController();
  const { signal } = latest;
  const typed = new FormData(form);
  typed.set("langkah", "hitung");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: typed, signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const figure of form.querySelectorAll("[data-figure]")) {
      const fresh = page.querySelector(`[data-figure="${figure.dataset.figure}"]`);
      if (fresh && fresh.textContent !== figure.textContent) figure.replaceChildren(...fresh.childNodes);
    }
  } catch (error) {
    if (!signal.aborted) throw error;  // a later entry is under way
  }
};

form?.addEventListener("change", recompute);
form?.addEventListener("submit", () => latest?.abort());
