// Filters and sorts the list of texts. Without it, the list is whole and in its order.
"use strict";
(() => {
  const table = document.getElementById("tk-list");
  const place = document.getElementById("tk-filters");
  const count = document.getElementById("tk-count");
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  const words = place.dataset;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const values = (cell) =>
    cell.dataset.value ? [cell.dataset.value] : [...cell.children].map((one) => one.textContent);
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const all = count.textContent;
  const texts = rows.map((row) => fold(row.textContent));
  const chosen = new Map(); // column -> value
  let asked = "";

  function show() {
    let shown = 0;
    rows.forEach((row, number) => {
      const fits =
        asked.split(/\s+/).every((word) => texts[number].includes(word)) &&
        [...chosen].every(([column, value]) => values(row.cells[column]).includes(value));
      row.hidden = !fits;
      shown += fits;
    });
    count.textContent =
      shown === rows.length ? all : words.shown.replace("{shown}", shown).replace("{count}", rows.length);
  }

  function field(label, control) {
    const holder = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = label;
    holder.append(name, control);
    place.append(holder);
  }

  function addSearch() {
    const input = document.createElement("input");
    input.type = "search";
    input.addEventListener("input", () => {
      asked = fold(input.value.trim());
      show();
    });
    field(words.words, input);
  }

  function addFilter(head, column) {
    const numbers = new Map();
    const order = new Map();
    for (const row of rows) {
      for (const value of values(row.cells[column])) {
        numbers.set(value, (numbers.get(value) || 0) + 1);
        order.set(value, Number(row.cells[column].dataset.order || 0));
      }
    }
    if (numbers.size < 2) return;
    const select = document.createElement("select");
    select.add(new Option(words.all, ""));
    [...numbers.keys()]
      .sort((one, other) => order.get(one) - order.get(other) || compare(one, other))
      .forEach((value) => select.add(new Option(`${value} (${numbers.get(value)})`, value)));
    select.addEventListener("change", () => {
      if (select.value) chosen.set(column, select.value);
      else chosen.delete(column);
      show();
    });
    field(head.textContent, select);
  }

  function addSort(head, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = words.sort;
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.ariaSort !== "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const number = (row) => Number(row.cells[column].dataset.order || 0);
      const said = (row) => row.cells[column].textContent;
      const sorted = [...rows].sort(
        (one, other) => number(one) - number(other) || compare(said(one), said(other)));
      table.tBodies[0].append(...(up ? sorted : sorted.reverse()));
    });
  }

  addSearch();
  heads.forEach((head, column) => {
    if ("filter" in head.dataset) addFilter(head, column);
    addSort(head, column);
  });
})();
