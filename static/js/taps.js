// A tap in the workshop is not lost with the connection: a form [data-tap] is sent by fetch, and sent again under the
// same one-use key until the server has answered, also after the page was left. Kept meanwhile: whose tap it is, where
// it goes and what it says (order, version, key, step, hours), no photo and no other words.
import { keep, kept, say } from "./kept-taps.js";
import { sent, whole } from "./send-tap.js";

const AGAIN = 5000;  // milliseconds
const FIELDS = ["ketuk", "kunci", "versi", "jam"];
const { user } = document.body.dataset;
const mine = () => kept().filter((tap) => tap.user === user);
let sending = false;

const sayWaiting = (why) => {
  const taps = mine(), photo = taps.some((tap) => whole.get(tap.key)?.get("foto")?.size);
  const hint = photo ? " Foto ikut terkirim selama halaman ini tetap terbuka." : "";
  say("menunggu", taps.length ? `${why} ${taps.length} ketukan menunggu dikirim.${hint}` : "");
};

const sendEach = async () => {
  for (const tap of mine()) {
    const answer = await sent(tap);
    if (!answer) return sayWaiting("Sesi berakhir, masuk lagi.");
    const form = [...document.forms].find((each) => each.dataset.tap && each.elements.kunci.value === tap.key);
    // Refused, nothing has happened: the form goes once more by itself, and its page says what is wrong where.
    if (form) return answer.ok ? location.assign(form.dataset.tap) : form.submit();
  }
  sayWaiting("");
  const board = document.querySelector("[data-live]");
  if (board) window.htmx?.trigger(board, "segarkan");
};

const sendAll = () => {
  if (sending || !mine().length) return;
  sending = true;
  sendEach().catch(() => sayWaiting("Tidak ada sambungan.")).finally(() => { sending = false; });
};

if (user) {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    const untold = form.elements.jam?.value.trim() === "";  // its own page says so best
    if (!form.matches("form[data-tap]") || untold || event.defaultPrevented) return;
    event.preventDefault();
    const fields = new FormData(form), said = new URLSearchParams();
    if (button.name) fields.set(button.name, button.value);
    for (const name of FIELDS) if (fields.has(name)) said.set(name, fields.get(name));
    const key = fields.get("kunci") ?? fields.get("ketuk");
    const words = button.getAttribute("aria-label") ?? button.textContent.trim();
    whole.set(key, fields);
    keep({ user, key, url: form.action, body: said.toString(), words });
    for (const what of ["ditolak", "tercatat"]) say(what, "");
    sendAll();
  });
  addEventListener("online", sendAll);
  setInterval(sendAll, AGAIN);
  sendAll();
}
