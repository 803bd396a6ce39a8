// The index of indicators: narrowed by words, topic and area, and put in another order, while the reader looks. Without it the
// list is whole, in the order of names.
const form = document.getElementById("ind-filters");
const list = document.getElementById("ind-list");
const status = document.getElementById("ind-status");
const rows = [...list.children];
const names = new Intl.Collator(document.documentElement.lang);

// Letters without their marks, đ among them.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const words = new Map(rows.map((row) => [row, fold(row.querySelector("h2").textContent)]));

// The end of a time period as written, to be compared: a year ends with its last month.
const end = (period) => {
  const last = period.split("/").pop();
  const [, year = "", half, quarter, week, month, day] = last.match(/^(\d{4})(?:-H(\d)|-Q(\d)|-W(\d+)|-(\d\d)(?:-(\d\d))?)?/) ?? [];
  const until = half ? half * 6 : quarter ? quarter * 3 : week ? Math.ceil(week / 4.35) : month ?? 12;
  return `${year}-${String(until).padStart(2, "0")}-${day ?? 31}`;
};
const orders = {
  name: () => 0,
  newest: (a, b) => end(b.dataset.period).localeCompare(end(a.dataset.period)),
  most: (a, b) => b.dataset.count - a.dataset.count,
};

function show() {
  const { words: typed, topic, area, order } = Object.fromEntries(new FormData(form));
  const wanted = fold(typed ?? "").split(/\s+/).filter(Boolean);
  const has = (list, value) => !value || JSON.parse(list).includes(value);
  let shown = 0;
  for (const row of rows) {
    const fits = wanted.every((word) => words.get(row).includes(word)) && has(row.dataset.topics, topic) && (!area || row.dataset.area === area);
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  const sorted = [...rows].sort((a, b) => orders[order](a, b) || names.compare(a.dataset.name, b.dataset.name));
  list.append(...sorted);
  const pattern = shown === rows.length ? "" : status.dataset[shown ? "some" : "none"];
  status.textContent = pattern.replace("{n}", shown).replace("{total}", rows.length);
}

// A choice that leaves all as it is is not offered.
function offer(select, values) {
  const found = [...new Set(values)].sort(names.compare);
  if (found.length < 2) {
    select.closest(".search-filter").remove();
    return;
  }
  for (const value of found) select.add(new Option(value, value));
}
offer(form.elements.topic, rows.flatMap((row) => JSON.parse(row.dataset.topics)));
offer(form.elements.area, rows.map((row) => row.dataset.area).filter(Boolean));
form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", show);
show();
