// Add and remove rows of a formset at once. Without scripts the same buttons are submitted and the server does it.
//   <div data-rows="barang" data-prefix="items">  management form, rows [data-row], <template data-row-template>,
//   a button [data-row-add]; in a row a button [data-row-remove].

const rowsOf = (box) => [...box.querySelectorAll("[data-row]")];

const firstOf = (row) => row.querySelector("input:not([type=hidden]), select, textarea");

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
    for (const named of row.querySelectorAll("button, [data-label]")) {
      const words = named.dataset.label ?? `${named.textContent.trim()} ${name}`;
      named.setAttribute("aria-label", `${words} ${index + 1}`);
      if (named.matches("button")) named.value = index;
    }
  });
  box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`).value = rows.length;
};

const add = (box) => {
  const template = box.querySelector("template[data-row-template]");
  (rowsOf(box).at(-1) ?? template).after(template.content.cloneNode(true));
  renumber(box);
  firstOf(rowsOf(box).at(-1))?.focus();
};

const remove = (box, row) => {
  row.remove();
  renumber(box);
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.querySelector("[data-row-add]").focus();
};

// Enter in a row goes on to the next one, and makes it where there is none; in an empty row it does what it always does.
document.addEventListener("keydown", (event) => {
  const row = event.key === "Enter" && event.target.closest("input") && event.target.closest("[data-rows] [data-row]");
  const first = row && firstOf(row);
  if (!first?.value || !row.querySelector("[data-row-remove]")) return;
  event.preventDefault();
  const next = row.nextElementSibling;
  if (next?.matches("[data-row]")) firstOf(next).focus();
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
