// A page with [data-live] asks for itself again and takes over the parts that changed, [data-part] by [data-part]. What
// did not change is not touched: focus, what is folded open and the place on the screen stay.
const EVERY = 20_000;  // milliseconds
const page = document.querySelector("[data-live]");
const word = document.querySelector("[data-live-word]");
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" });
const known = new Map();  // the parts as the server sent them
const partsOf = (root) => [...root.querySelectorAll("[data-part]")];
const here = (part) => part && document.querySelector(`[data-part="${part.dataset.part}"]`);
const linkTo = (root, link) => [...root.querySelectorAll("a, summary")].find((each) =>
  each.getAttribute("href") === link.getAttribute("href") && each.textContent === link.textContent);
let ended = false, touched = false;

const replace = (old, fresh) => {
  const focused = old.contains(document.activeElement) && document.activeElement;
  if (old.open) fresh.open = true;
  old.replaceWith(fresh);
  if (focused) (linkTo(fresh, focused) ?? fresh.querySelector("a, summary"))?.focus({ preventScroll: true });
};

const takeOver = (html) => {
  const fresh = partsOf(new DOMParser().parseFromString(html, "text/html"));
  const texts = new Map(fresh.map((part) => [part.dataset.part, part.outerHTML]));
  const anchor = [...page.querySelectorAll("a")].find((each) => each.getBoundingClientRect().top >= 0);
  const top = anchor?.getBoundingClientRect().top;
  for (const part of partsOf(document)) if (!texts.has(part.dataset.part)) part.remove();
  fresh.forEach((part, place) => {
    const [old, before] = [here(part), here(fresh[place - 1])];
    if (old) known.get(part.dataset.part) !== texts.get(part.dataset.part) && replace(old, part);
    else if (page.contains(before)) before.after(part);
    else page.prepend(part);
  });
  texts.forEach((text, name) => known.set(name, text));
  const moved = anchor && scrollY && linkTo(page, anchor);
  if (moved) scrollBy(0, moved.getBoundingClientRect().top - top);
};

const ask = () => { if (!document.hidden && !ended && !touched) window.htmx.trigger(page, "segarkan"); };

if (page && window.htmx) {
  for (const part of partsOf(document)) known.set(part.dataset.part, part.outerHTML);
  page.addEventListener("htmx:configRequest", ({ detail }) => {
    Object.assign(detail.headers, { "If-None-Match": page.dataset.live, "X-Balai-Polling": "1" });
  });
  page.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
    if (touched) return;  // nothing moves under a finger; the next answer brings it
    ended = xhr.status === 401;
    if (xhr.status === 200) takeOver(xhr.responseText);
    page.dataset.live = xhr.getResponseHeader("ETag") ?? page.dataset.live;
    const lost = ended ? "Sesi berakhir. Muat ulang halaman untuk masuk lagi." : "Sambungan terputus, mencoba lagi";
    word.textContent = [200, 304].includes(xhr.status) ? `Diperbarui ${clock.format(new Date())}` : lost;
  });
  addEventListener("pointerdown", () => { touched = true; });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => { touched = false; }));
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY);
  word.textContent = `Diperbarui ${clock.format(new Date())}`;
}
