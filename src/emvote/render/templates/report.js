"use strict";
// Tables sort by the column whose heading is pressed; without this script they are as printed.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    if (head.tagName !== "TH") return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const rising = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      const value = (row) => row.cells[column].dataset.sort;
      const rows = Array.from(body.rows);
      rows.sort((a, b) => {
        const left = value(a), right = value(b);
        // what is not known comes last either way
        if (left === "" || right === "") return (left === "") - (right === "");
        const numbers = !isNaN(left) && !isNaN(right);
        const order = numbers ? left - right : left.localeCompare(right);
        return rising ? order : -order;
      });
      // rules divide the order as printed only
      for (const row of rows) row.classList.remove("rule");
      body.append(...rows);
    });
  });
}
// On paper nothing can be unfolded.
window.addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
});
