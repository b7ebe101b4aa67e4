// Drawings go up when they are chosen, dropped or pasted: one after the other, each with its progress and its answer,
// which the server draws (templates/orders/upload_answer.html). Without scripts the form sends them all.
const box = document.querySelector("[data-upload]");
const form = box?.closest("form");
const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
let turn = Promise.resolve(), underWay = 0;

const retry = (line, file, words) => {
  const again = make("button", { type: "button", className: "btn", textContent: "Coba lagi", onclick: () => queue(file, line) });
  line.replaceChildren(`${file.name}: ${words} `, again);
};
const show = (answer, line) => {
  line.replaceWith(...answer.querySelectorAll("[data-upload-results] > li"));
  document.querySelector("[data-arrived]").replaceChildren(...answer.querySelector("[data-arrived]").childNodes);
  const { action, version } = answer.dataset;
  if (!action || form.action.endsWith(action)) return;
  form.action = action;  // the first drawing has opened the draft: from now on this page is its page
  form.elements.versi.value = version;
  history.replaceState(null, "", action);
};
const send = (file, line) => new Promise((done) => {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "kunci", "versi"]) data.append(name, form.elements[name]?.value ?? "");
  data.append("drawings", file, file.name);
  const progress = make("progress", { max: 1, value: 0, ariaLabel: file.name });
  line.replaceChildren(`${file.name}: mengirim `, progress);
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.open("POST", `${form.action}gambar/`);
  request.upload.addEventListener("progress", (event) => { progress.value = event.loaded / event.total; });
  request.addEventListener("load", () => {
    const answer = request.response?.querySelector("[data-upload-answer]");
    if (answer) show(answer, line);
    else retry(line, file, "belum terkirim. Muat ulang halaman, masuk lagi bila diminta, lalu kirim lagi.");
  });
  request.addEventListener("error", () => retry(line, file, "sambungan terputus, belum terkirim."));
  request.addEventListener("loadend", done);
  request.send(data);
});
const queue = (file, line = box.querySelector("[data-upload-results]").appendChild(make("li"))) => {
  line.textContent = `${file.name}: menunggu giliran`;
  underWay += 1;
  turn = turn.then(() => send(file, line)).finally(() => { underWay -= 1; });
};
const mark = (is) => (event) => {
  if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); box.toggleAttribute("data-over", is); }
};

if (box) {
  box.querySelector("[data-upload-button]").hidden = true;
  box.querySelector("[data-upload-hint]").hidden = false;
  box.addEventListener("change", (event) => { [...event.target.files].forEach((file) => queue(file)); event.target.value = ""; });
  for (const [name, is] of [["dragover", true], ["dragleave", false], ["drop", false]]) document.addEventListener(name, mark(is));
  document.addEventListener("drop", (event) => [...event.dataTransfer.files].forEach((file) => queue(file)));
  document.addEventListener("paste", (event) => [...event.clipboardData.files].forEach((file) => queue(file)));
  form.addEventListener("submit", (event) => {  // waits for what is still under way; goes no further when it failed
    if (underWay) event.preventDefault();
    if (underWay) turn.then(() => { if (!box.querySelector("li > button")) form.requestSubmit(event.submitter); });
  });
}
