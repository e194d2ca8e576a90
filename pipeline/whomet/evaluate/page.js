"use strict";
const filters = [...document.querySelectorAll(".filters [data-filter]")];
const articles = [...document.querySelectorAll(".article")].map((node) => ({
  node,
  outlet: node.dataset.outlet,
  text: node.textContent.toLowerCase(),
  mistakes: [...node.querySelectorAll(".mistake")],
}));
const count = document.getElementById("count");

function apply() {
  const wanted = Object.fromEntries(filters.map((filter) => [filter.dataset.filter, filter.value]));
  const words = wanted.text.trim().toLowerCase();
  let shown = 0;
  for (const article of articles) {
    const fits = (!wanted.outlet || article.outlet === wanted.outlet) && (!words || article.text.includes(words));
    let left = 0;
    for (const mistake of article.mistakes) {
      const has = (name) => !wanted[name] || mistake.dataset[name].split(" ").includes(wanted[name]);
      mistake.hidden = !(fits && has("kind") && has("status") && has("form"));
      left += mistake.hidden ? 0 : 1;
    }
    article.node.hidden = left === 0;
    shown += left;
  }
  count.textContent = String(shown);
}

for (const filter of filters) filter.addEventListener("input", apply);
