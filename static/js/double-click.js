// The second press of a double click belongs to the page where it began: on the page that has come meanwhile it would
// fall on whatever lies under the pointer there.
let presses = 0;

document.addEventListener("click", (event) => {
  presses += 1;
  if (event.detail <= presses) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
