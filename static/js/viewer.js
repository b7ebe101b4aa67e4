// A drawing is enlarged, moved and turned by buttons, keys, wheel and finger. Without scripts it is a plain picture.
// It becomes an SVG, whose part in view and whose turn are attributes: nothing is styled from here.
const stage = document.querySelector("[data-viewer]");
const picture = stage?.querySelector("img");
const MOST = 16;  // times the whole
const STEP = 0.15;  // of what is in view
let zoom = 1, turn = 0, x = 0.5, y = 0.5;  // x and y: the middle of the view, as parts of the turned picture
let svg, inner;

const bounded = (part) => { const half = 0.5 / zoom; return Math.min(Math.max(part, half), 1 - half); };

const show = () => {
  const { naturalWidth: w, naturalHeight: h } = picture;
  const [width, height] = turn % 2 ? [h, w] : [w, h];
  [x, y] = [bounded(x), bounded(y)];
  svg.setAttribute("viewBox", [(x - 0.5 / zoom) * width, (y - 0.5 / zoom) * height, width / zoom, height / zoom].join(" "));
  inner.setAttribute("transform", ["", `translate(${h} 0) rotate(90)`, `translate(${w} ${h}) rotate(180)`, `translate(0 ${w}) rotate(270)`][turn]);
  stage.toggleAttribute("data-zoomed", zoom > 1);
  document.querySelector("[data-viewer-buttons] output").value = `${Math.round(zoom * 100)}%`;
};

const zoomBy = (times) => { zoom = Math.min(Math.max(zoom * times, 1), MOST); };
const move = (across, down) => { x += across / zoom; y += down / zoom; };
const deeds = {
  "+": () => zoomBy(1.5), "=": () => zoomBy(1.5), "-": () => zoomBy(1 / 1.5), "0": () => { zoom = 1; turn = 0; },
  r: () => { turn = (turn + 1) % 4; [x, y] = [1 - y, x]; },
  ArrowLeft: () => move(-STEP, 0), ArrowRight: () => move(STEP, 0), ArrowUp: () => move(0, -STEP), ArrowDown: () => move(0, STEP),
};

const start = () => {
  svg = document.querySelector("[data-viewer-svg]").content.firstElementChild.cloneNode(true);
  inner = svg.querySelector("image");
  svg.setAttribute("aria-label", picture.alt);
  for (const [name, value] of [["href", picture.src], ["width", picture.naturalWidth], ["height", picture.naturalHeight]]) inner.setAttribute(name, value);
  picture.replaceWith(svg);
  for (const part of document.querySelectorAll("[data-viewer-buttons]")) part.hidden = false;
  show();
  stage.addEventListener("wheel", (event) => { event.preventDefault(); zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2); show(); }, { passive: false });
  stage.addEventListener("pointermove", (event) => {
    if (!event.buttons || zoom === 1) return;
    stage.setPointerCapture(event.pointerId);
    move(-event.movementX / svg.clientWidth, -event.movementY / svg.clientHeight);
    show();
  });
  document.addEventListener("click", (event) => { const name = event.target.closest("[data-do]")?.dataset.do; if (name) { deeds[name](); show(); } });
};

document.addEventListener("keydown", (event) => {
  if (!document.querySelector("[data-viewer-close]") || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.closest("input, select, textarea, details[open]")) return;
  if (event.key === "Escape") document.querySelector("[data-viewer-close]").click();
  else if (svg && deeds[event.key]) { event.preventDefault(); deeds[event.key](); show(); }
});

if (picture?.complete && picture.naturalWidth) start();
else picture?.addEventListener("load", start);
