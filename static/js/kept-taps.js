// Taps that the server has not answered yet, in this browser: { user, key, url, body, words } each.
const NAME = "balai.ketukan";

export const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? [];
  } catch {
    return [];
  }
};

const store = (taps) => {
  try {
    localStorage.setItem(NAME, JSON.stringify(taps));
  } catch { /* no room: it is sent now or never */ }
};

export const forget = (key) => store(kept().filter((tap) => tap.key !== key));

// The newest of one key counts.
export const keep = (tap) => store([...kept().filter(({ key }) => key !== tap.key), tap]);

// Says under the head of the page what became of taps; an empty text takes the words away.
export const say = (what, text, tone = "warning") => {
  document.querySelector(`[data-taps="${what}"]`)?.remove();
  if (!text) return;
  const words = document.createElement("p");
  words.className = `alert alert-${tone}`;
  words.setAttribute("role", tone === "danger" ? "alert" : "status");
  words.dataset.taps = what;
  words.textContent = text;
  document.querySelector(".page-head")?.after(words);
};
