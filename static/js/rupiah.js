// Group the digits of input[data-rupiah] while they are typed; the caret keeps its digit.
import { amountOf, group } from "./numbers.js";

const regroup = (input) => {
  const caret = input.selectionStart;
  const digitsBefore = input.value.slice(0, caret).replaceAll(".", "").length;
  input.value = group(input.value.replaceAll(".", ""));
  let position = 0;
  for (let seen = 0; seen < digitsBefore; position++) {
    if (input.value[position] !== ".") seen++;
  }
  input.setSelectionRange(position, position);
};

// What was pasted is changed only when it surely is whole rupiah: "1.50" must reach the server as it is.
const mayRegroup = (event) => {
  const { value } = event.target;
  const typed = /^(insertText|delete)/.test(event.inputType ?? "");
  return /^[\d.]+$/.test(value) && (typed || amountOf(value) !== null);
};

document.addEventListener("input", (event) => {
  if (event.target.matches?.("input[data-rupiah]") && mayRegroup(event)) regroup(event.target);
});

for (const input of document.querySelectorAll("input[data-rupiah]")) {
  if (/^\d+$/.test(input.value)) input.value = group(input.value);
}
