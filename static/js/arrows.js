// In a list of orders the arrow keys lead from row to row, along the same link of each row.
import { isOff } from "./shortcuts.js";

const STEP = { ArrowDown: 1, ArrowUp: -1 };
const ROWS = ".queue tbody tr, .matches li";
const linksOf = (row) => [...row.querySelectorAll("a[href], button")];

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(ROWS);
  if (!(event.key in STEP) || !row || event.ctrlKey || event.altKey || event.metaKey || isOff()) return;
  if (event.target.closest("input, select, textarea")) return;
  const rows = [...document.querySelectorAll(ROWS)].filter((each) => linksOf(each).length);
  const neighbour = rows[rows.indexOf(row) + STEP[event.key]];
  if (!neighbour) return;
  event.preventDefault();
  const links = linksOf(neighbour);
  (links[linksOf(row).indexOf(event.target)] ?? links.at(-1)).focus();
});
