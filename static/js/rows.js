// Add and remove rows of a formset at once. Without scripts the same buttons are submitted and the server does it.
//   <div data-rows="barang" data-prefix="items">  management form, rows [data-row], <template data-row-template>,
//   a button [data-row-add]; in a row a button [data-row-remove].

const rowsOf = (box) => [...box.querySelectorAll("[data-row]")];

const renumber = (box) => {
  const { prefix, rows: name } = box.dataset;
  const pattern = new RegExp(`${prefix}-(\\d+|__prefix__)-`, "g");
  const rows = rowsOf(box);
  rows.forEach((row, index) => {
    for (const element of row.querySelectorAll("*")) {
      for (const { name: attribute, value } of [...element.attributes]) {
        if (attribute !== "value") element.setAttribute(attribute, value.replace(pattern, `${prefix}-${index}-`));
      }
    }
    const remove = row.querySelector("[data-row-remove]");
    if (remove) {
      remove.value = index;
      remove.setAttribute("aria-label", `${remove.textContent.trim()} ${name} ${index + 1}`);
    }
  });
  box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`).value = rows.length;
};

const add = (box) => {
  const template = box.querySelector("template[data-row-template]");
  const last = rowsOf(box).at(-1) ?? template;
  last.after(template.content.cloneNode(true));
  renumber(box);
  rowsOf(box).at(-1).querySelector("input:not([type=hidden]), select, textarea")?.focus();
};

const remove = (box, row) => {
  row.remove();
  renumber(box);
  box.querySelector("[data-row-add]").focus();
};

// Enter in a row goes on to the next one, and makes it where there is none; in an empty row it does what it always does.
document.addEventListener("keydown", (event) => {
  const row = event.key === "Enter" && event.target.closest("input") && event.target.closest("[data-rows] [data-row]");
  const first = row && row.querySelector("input:not([type=hidden])");
  if (!first?.value || !row.querySelector("[data-row-remove]")) return;
  event.preventDefault();
  const next = row.nextElementSibling;
  if (next?.matches("[data-row]")) next.querySelector("input:not([type=hidden])").focus();
  else add(row.closest("[data-rows]"));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-row-add], [data-row-remove]");
  const box = button?.closest("[data-rows]");
  if (!box?.querySelector("template[data-row-template]")) return;
  event.preventDefault();
  if (button.matches("[data-row-add]")) add(box);
  else remove(box, button.closest("[data-row]"));
});
