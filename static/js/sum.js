// What is ticked is added up: [data-sum="bukti"] shows the rupiah of the ticked boxes of that name, how many they are,
// and what stays of all. Without scripts the sum is read on the page that is checked first.
import { group } from "./numbers.js";

const rupiah = (amount) => `Rp${group(String(amount))}`;

const addUp = (sum) => {
  const { sum: name, all, count } = sum.dataset;
  const ticked = [...document.querySelectorAll(`[name="${name}"]:checked`)];
  const amount = ticked.reduce((total, box) => total + Number(box.dataset.amount), 0);
  sum.querySelector("[data-sum-amount]").textContent = rupiah(amount);
  sum.querySelector("[data-sum-count]").textContent = `${ticked.length} dari ${count}`;
  sum.querySelector("[data-sum-rest]").textContent = rupiah(Number(all) - amount);
};

for (const sum of document.querySelectorAll("[data-sum]")) {
  sum.hidden = false;
  sum.nextElementSibling.hidden = true;  // the sentence in its place
  document.addEventListener("change", () => addUp(sum));
  addEventListener("pageshow", () => addUp(sum));  // also when the browser shows a page as it was left
  addUp(sum);
}
