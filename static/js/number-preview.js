// While a number's template is typed, its next number stands beside it. The server judges; this only shows.
const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

const written = (template, number) => {
  const now = new Date();
  const month = now.getMonth() + 1;
  const values = { urut: number, bulan: month, bulan_romawi: ROMAN[month - 1], tahun: now.getFullYear() };
  const text = template.replace(/{(\w+)(?::0([1-9]))?}/g, (field, name, width) =>
    name in values ? String(values[name]).padStart(width ?? 0, "0") : field);
  return /[{}]/.test(text) ? "" : text;
};

for (const line of document.querySelectorAll("[data-number]")) {
  line.addEventListener("input", (event) => {
    line.querySelector("output").value = written(event.target.value, line.dataset.number) || "Pola belum benar";
  });
}
