"use strict";
(function () {
  const value = (row, column) => {
    const cell = row.cells[column];
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    return cell.textContent;
  };
  const compare = (a, b) => {
    const numeric = typeof a === "number" && typeof b === "number";
    if (numeric) return a - b;
    // What is not known sorts below every number.
    if (typeof a !== typeof b) return typeof a === "number" ? 1 : -1;
    return a.localeCompare(b);
  };
  for (const table of document.querySelectorAll("table[data-sort]")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const sign = down ? -1 : 1;
        const body = table.tBodies[0];
        const rows = Array.from(body.rows);
        rows.sort((a, b) => sign * compare(value(a, column), value(b, column)));
        body.append(...rows);
      });
    });
  }
  const named = Array.from(document.querySelectorAll("[data-filter] > [data-name]"));
  if (document.querySelectorAll("#figures tbody tr").length < 20) return;
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Filter fields by name";
  input.setAttribute("aria-label", input.placeholder);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const item of named) item.hidden = !item.dataset.name.toLowerCase().includes(wanted);
  });
  const box = document.createElement("div");
  box.className = "filter";
  box.append(input);
  document.querySelector("header").after(box);
})();
