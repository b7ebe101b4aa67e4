// One tap on its way to the server.
import { forget, say } from "./kept-taps.js";

const PATIENCE = 10_000;  // milliseconds

export const whole = new Map();  // what was typed on this page, photo included, by the tap's key

// The server's answer to a tap, yes or no; null when nobody is signed in any more. Throws when there is none.
export const sent = async (tap) => {
  const body = whole.get(tap.key) ?? new URLSearchParams(tap.body), signal = AbortSignal.timeout(PATIENCE);
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const request = { method: "POST", body, headers: { "X-Ketuk": "ya" }, redirect: "manual", signal };
  const answer = await fetch(tap.url, request);
  if (answer.status >= 500) throw new Error(answer.status);
  if (answer.type === "opaqueredirect") return null;
  const isText = answer.headers.get("Content-Type").startsWith("text/plain");
  const words = isText ? await answer.text() : "Ketukan ditolak. Muat ulang halaman, lalu coba lagi.";
  forget(tap.key);
  say(answer.ok ? "tercatat" : "ditolak", `${tap.words}: ${words}`, answer.ok ? "success" : "danger");
  return answer;
};
