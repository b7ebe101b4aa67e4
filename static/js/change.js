// Change for cash: <output data-due="640000" for="id_received"> shows what to give back, or what is short.
import { amountOf, group } from "./numbers.js";

const show = (output) => {
  const received = amountOf(document.getElementById(output.htmlFor[0]).value);
  const rest = received - Number(output.dataset.due);
  output.value = received === null ? "" : `${rest < 0 ? "Kurang " : ""}Rp${group(String(Math.abs(rest)))}`;
};

for (const output of document.querySelectorAll("output[data-due]")) {
  document.getElementById(output.htmlFor[0]).addEventListener("input", () => show(output));
  show(output);
}
