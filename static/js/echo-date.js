// A date field shows the browser's own order of day and month; the words below it leave no doubt.
const words = new Intl.DateTimeFormat("id-ID", {
  weekday: "long", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});

for (const input of document.querySelectorAll('input[type="date"]')) {
  const echo = document.createElement("p");
  echo.className = "echo";
  echo.setAttribute("aria-live", "polite");
  const show = () => { echo.textContent = input.value ? words.format(new Date(`${input.value}T00:00Z`)) : ""; };
  input.addEventListener("input", show);
  input.after(echo);
  show();
}
