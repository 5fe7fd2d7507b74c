"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const show = (element, on) => { element.hidden = !on; };
  all("#language, #filter, .scripted").forEach((element) => show(element, true));

  // Language: the page holds both; options and the title, which hold text only, keep the other one beside.
  const speak = (tag) => {
    root.lang = tag;
    all("title, option").forEach((element) => { element.textContent = element.getAttribute(`data-${tag.toLowerCase()}`); });
  };
  document.getElementById("language").addEventListener("click", () => speak(root.lang === "en" ? "zh-CN" : "en"));

  // Filter: whatever names a unit, an indicator or a status shows when that is what was asked for.
  const form = document.getElementById("filter");
  const fits = (element, key, want) =>
    !want || !(key in element.dataset) || element.dataset[key].split(" ").includes(want);
  const parts = all("#filter ~ section");
  const rows = parts.flatMap((part) => all("tbody tr[data-unit], details[data-unit], .filed", part));
  const columns = parts.flatMap((part) => all("th[data-indicator], td[data-indicator]", part));
  const filter = () => {
    const [unit, indicator, status] = ["unit", "indicator", "status"].map((key) => form.elements[key].value);
    columns.forEach((cell) => {
      show(cell, fits(cell, "indicator", indicator));
      cell.classList.toggle("off", !fits(cell, "status", status));
    });
    rows.forEach((row) => {
      const cells = all("td[data-indicator]", row);
      const own = fits(row, "indicator", indicator) && fits(row, "status", status);
      const some = !status || !cells.length || cells.some((cell) => !cell.hidden && cell.dataset.status === status);
      show(row, own && some && (!unit || (row.dataset.unit ?? "").split(" ").includes(unit)));
    });
    all(".empty").forEach((note) => {
      const inside = rows.filter((row) => note.parentElement.contains(row) && note.previousElementSibling?.contains(row));
      const mine = inside.length ? inside : rows.filter((row) => row.parentElement === note.parentElement);
      show(note, mine.length > 0 && mine.every((row) => row.hidden));
    });
    document.getElementById("shown").textContent = `${rows.filter((row) => !row.hidden).length}/${rows.length}`;
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();

  // Sort: a button in each heading; numbers by their value, words as they show; the third time the official order.
  const order = (table, column, turn) => {
    const body = table.tBodies[0];
    const key = (row) => {
      const cell = row.cells[column];
      const value = cell.dataset.value ?? cell.innerText.trim();
      return value === "" ? null : isNaN(value) ? value : Number(value);
    };
    const keyed = [...body.rows].map((row) => [key(row), Number(row.dataset.place), row]);
    const compare = (a, b) =>
      typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), root.lang, { numeric: true });
    keyed.sort(([a, i], [b, j]) => {
      if (!turn || (a === null && b === null)) return i - j;
      if (a === null || b === null) return a === null ? 1 : -1;
      return turn * compare(a, b) || i - j;
    });
    body.append(...keyed.map(([, , row]) => row));
  };
  all("table.sortable").forEach((table) => {
    [...table.tBodies[0].rows].forEach((row, place) => { row.dataset.place = place; });
    const heads = all("thead th:not(.still)", table);
    heads.forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const turns = { none: "ascending", ascending: "descending", descending: "none" };
        const turn = turns[head.getAttribute("aria-sort")];
        heads.forEach((other) => other.setAttribute("aria-sort", other === head ? turn : "none"));
        order(table, head.cellIndex, { none: 0, ascending: 1, descending: -1 }[turn]);
      });
    });
  });

  // Drill down: what stands behind a figure opens over the page, and goes back to its place when closed.
  const dialog = document.querySelector("dialog");
  const body = dialog.querySelector(".body");
  let home = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.drill");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const content = document.querySelector(link.hash);
    home = content.parentElement;
    document.getElementById("dialog-title").replaceChildren(...home.querySelector("summary").cloneNode(true).childNodes);
    body.replaceChildren(content);
    dialog.showModal();
    body.scrollTop = 0;
  });
  dialog.addEventListener("close", () => home?.append(...body.childNodes));
  const unfold = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = place && place.closest("details");
    if (folded) { folded.open = true; place.scrollIntoView(); }
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
