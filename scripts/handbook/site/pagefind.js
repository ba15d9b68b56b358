/* The search of sites with many pages: a button in the header opens a box with results and filters. Pagefind finds them;
   nothing of it is fetched before the box is opened. Every text is shown as text, never as HTML. */

(() => {
  "use strict";

  const BASE = new URL("../", document.currentScript.src);
  const FACETS = { kind: "Kind", owner: "Owner", role: "Role", stage: "Stage" };
  const PAGES = 10; // results shown at once
  const VALUES = 6; // values of a filter shown at once
  const PARTS = 3; // places in a page shown below it
  const BETTER = 1.2; // a search without one of the words has to find something that much better to be shown instead
  const PAUSE = 120; // milliseconds without a letter, after which is searched
  const SLOW = 400; // milliseconds after which is said that the search is under way
  // Found by trying questions of readers. "name" is the title of a page, but for pages that are rarely looked for.
  const RANKING = { metaWeights: { name: 3, also: 5, title: 0, summary: 0, kind: 0, owner: 0 }, pageLength: 0.1, termFrequency: 1, termSimilarity: 3, termSaturation: 1.4 };
  const ICONS = {
    search: "M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.52 6.52 0 0 1 9.5 16 6.5 6.5 0 0 1 3 9.5 6.5 6.5 0 0 1 9.5 3m0 2C7 5 5 7 5 9.5S7 14 9.5 14 14 12 14 9.5 12 5 9.5 5",
    close: "M19 6.41 17.59 5 12 10.59 6.41 5 5 6.41 10.59 12 5 17.59 6.41 19 12 13.41 17.59 19 19 17.59 13.41 12z",
  };

  /** Return a new element with attributes and content. */
  function made(tag, attributes = {}, ...content) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(name, value === true ? "" : value);
    element.append(...content);
    return element;
  }

  function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  /** Return the pieces of an excerpt; what was found in it is marked. */
  function pieces(excerpt) {
    return excerpt.split(/(<mark>.*?<\/mark>)/s).map((piece) => {
      const text = piece.replace(/<\/?mark>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
      return piece === `<mark>${piece.slice(6, -7)}</mark>` ? made("mark", {}, text) : text;
    });
  }

  /** Return places in a page, the best first, without the page itself. */
  function parts(data) {
    const weight = (part) => part.weighted_locations.reduce((sum, word) => sum + word.balanced_score, 0);
    return data.sub_results.filter((part) => part.url.includes("#") && part.title !== data.meta.title).sort((a, b) => weight(b) - weight(a)).slice(0, PARTS);
  }

  /** Return words as a list in a sentence. */
  const listed = (words, last) => [words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(` ${last} `);

  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // The box

  const input = made("input", {
    type: "search", id: "find-words", "aria-label": "Search", placeholder: "Search", autocomplete: "off", autocapitalize: "none",
    spellcheck: "false", enterkeyhint: "search", "aria-describedby": "find-help",
  });
  const close = made("button", { type: "button", class: "find-close", "aria-label": "Close the search" }, icon("close"));
  const said = made("p", { role: "status", class: "find-said" });
  const note = made("div", { class: "find-note" });
  const list = made("ol", { class: "find-results" });
  const more = made("button", { type: "button", class: "find-more", hidden: true }, "Show more");
  const chosen = made("span", { class: "find-chosen" });
  const clear = made("button", { type: "button", class: "find-clear", hidden: true }, "Remove the filters");
  const groups = made("div", { class: "find-groups" });
  const filters = made("details", { class: "find-filters" }, made("summary", {}, "Filters ", chosen), groups, clear);
  const help = made("p", { id: "find-help", class: "find-help" });
  help.append(made("kbd", {}, "↑"), " ", made("kbd", {}, "↓"), " to choose, ", made("kbd", {}, "Enter"), " to open, ", made("kbd", {}, "Esc"), " to close");
  const box = made(
    "dialog",
    { class: "find", "aria-label": "Search the handbook" },
    made("div", { class: "find-field", role: "search" }, icon("search"), input, close),
    made("div", { class: "find-body" }, filters, made("div", { class: "find-found" }, said, note, list, more)),
    help,
  );
  const opener = made(
    "button",
    { type: "button", class: "find-open", "aria-haspopup": "dialog", "aria-keyshortcuts": "/ f s", title: "Search", "aria-label": "Search" },
    icon("search"), made("span", { "aria-hidden": "true" }, "Search"), made("kbd", { "aria-hidden": "true" }, "/"),
  );

  // What is searched

  const picked = Object.fromEntries(Object.keys(FACETS).map((name) => [name, new Set()]));
  const opened = new Set(); // filters of which all values are shown
  const order = new Map(); // "name:value" of a filter -> its place among the values
  let engine = null; // the program of Pagefind, with the index as it was when it was asked first
  let entry = null; // what the index said of itself then
  let tries = 0; // how often a part of it did not arrive
  let turn = 0; // the number of the last search; an older one that ends later is not shown
  let running = Promise.resolve(); // the last search
  let timer = 0; // of the pause after a letter
  let failed = false;

  function load() {
    engine ??= start();
    return engine;
  }

  async function start() {
    // A browser remembers that a module did not arrive, and does not ask for it again under the same address.
    const address = new URL(`pagefind/pagefind.js${tries ? `?try=${tries}` : ""}`, BASE);
    const [pagefind, stamp] = await Promise.all([import(address.href), stamped()]);
    await pagefind.options({ baseUrl: BASE.pathname, ranking: RANKING });
    await pagefind.init();
    const all = await pagefind.filters(); // else a search does not count them
    for (const value of Object.keys(all.order ?? {})) {
      const [, name, place, rest] = value.match(/^(\w+) (\d+) (.*)$/s) ?? [];
      if (name) order.set(`${name}:${rest}`, Math.min(place, order.get(`${name}:${rest}`) ?? Infinity));
    }
    entry = stamp;
    return pagefind;
  }

  /** Forget the program and its index, so that the next search loads both anew. */
  function forget() {
    engine?.then((pagefind) => pagefind.destroy()).catch(() => {}); // it may never have arrived
    engine = null;
    tries += 1;
  }

  async function stamped() {
    const answer = await fetch(new URL("pagefind/pagefind-entry.json", BASE), { cache: "no-store" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.text();
  }

  /** Return the filters as Pagefind wants them: one of the values of each. `without` is left out. */
  function narrowed(without = "") {
    const used = Object.entries(picked).filter(([name, values]) => name !== without && values.size);
    return Object.fromEntries(used.map(([name, values]) => [name, { any: [...values] }]));
  }

  /** Return whether a word is in any page. For one that is in none, Pagefind finds others: "x" for "xyzzy", and "L." for "lauch". */
  async function isThere(pagefind, word) {
    const [whole = ""] = parted(word);
    const begin = whole.slice(0, Math.max(3, Math.ceil(whole.length / 2))); // of its ending, a language may make another
    if (!begin || !/^[\p{Script=Latin}\p{N}]/u.test(begin)) return true; // not for us to judge
    const [result] = (await pagefind.search(word)).results;
    const data = await result?.data();
    if (!data) return false;
    const text = data.content.split(/\s+/);
    const found = [...data.locations.map((place) => text[place]), ...(result.matchedMetaFields ?? []).map((name) => data.meta[name])];
    return parted(found.join(" ")).some((each) => each.startsWith(begin));
  }

  /** Return whether the title of a page has all of some words. */
  function isNamed(data, words) {
    const title = parted(data.meta.title ?? "");
    return parted(words.join(" ")).every((word) => title.some((each) => each.startsWith(word)));
  }

  /** Return the words of a text as they are compared: small, without accents, and "tries" like "try". */
  const parted = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("y", "i").split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  /** Return the words with which most is found. All of them have to be in a page, and often one is the reader's own. */
  async function best(pagefind, question) {
    if (question.includes('"')) return { words: [question], without: [] };
    const all = question.split(/\s+/);
    const there = await Promise.all(all.map((word) => isThere(pagefind, word)));
    const words = all.filter((_, place) => there[place]);
    const missing = all.filter((_, place) => !there[place]);
    if (!words.length) return { words, without: [] };
    const top = async (some) => (await pagefind.search(some.join(" "))).results[0];
    const first = await top(words);
    let found = { words, score: first?.score ?? 0, without: missing };
    if (words.length < 2 || (first && isNamed(await first.data(), words))) return found;
    for (const word of words) {
      const others = words.filter((each) => each !== word);
      const score = (await top(others))?.score ?? 0;
      if (score > found.score * BETTER) found = { words: others, score, without: [...missing, word] };
    }
    return found;
  }

  /** Return what the box shows for a question, with the data of the pages at the top. */
  async function answer(words) {
    const pagefind = await load();
    const filtered = Object.keys(narrowed()).length > 0;
    const { words: used, without } = words ? await best(pagefind, words) : { words: [], without: [] };
    const nowhere = words && !used.length;
    const ask = (filters) => (nowhere ? { results: [], filters: {} } : pagefind.search(used.join(" ") || null, { filters }));
    const found = words || filtered ? await ask(narrowed()) : null;
    const counts = found ? { ...found.filters } : await pagefind.filters();
    for (const name of Object.keys(narrowed())) counts[name] = (await ask(narrowed(name))).filters[name] ?? {};
    // Pagefind takes a part of its index that does not arrive for one in which nothing is found.
    if (found && (without.length || !found.results.length) && (await stamped()) !== entry) throw new Error("there is another index now");
    const others = found && filtered && !found.results.length && words ? (await ask({})).results.length : 0;
    return { results: found?.results ?? null, without, counts, others, first: await texts(found?.results ?? [], PAGES) };
  }

  const texts = (results, number) => Promise.all(results.slice(0, number).map((result) => result.data()));

  /** Search, and show what is found, unless something else was asked meanwhile. */
  function search() {
    clearTimeout(timer);
    timer = 0;
    keep();
    running = searched(++turn);
    return running;
  }

  async function searched(mine) {
    const words = question();
    const slow = setTimeout(() => mine === turn && (said.textContent = "Searching…"), SLOW);
    let found = null;
    for (let times = 0; times < 2 && !found && mine === turn; times += 1) {
      try {
        found = await answer(words); // the second time with everything loaded anew: there may be another index by now
      } catch {
        if (mine === turn) forget();
      }
    }
    clearTimeout(slow);
    if (mine !== turn) return;
    failed = !found;
    if (failed) return showFailure();
    showFilters(found.counts);
    showResults(found, found.first);
    list.closest(".find-body").scrollTop = 0;
  }

  /** Wait for the results of what is in the box now. Return whether they are there, and nothing else was asked meanwhile. */
  async function settled() {
    if (timer || failed) search();
    const mine = turn;
    await running;
    return mine === turn && !timer && box.open;
  }

  /** Return what is asked for. What stands in quotes is searched as it is. */
  function question() {
    const words = input.value.trim().replace(/[“”„]/g, '"');
    return words.includes('"') ? words : asked(words);
  }

  // What is shown

  function showResults(found, shown) {
    const { results, without } = found;
    list.replaceChildren(...shown.map(result));
    more.hidden = !results || results.length <= shown.length;
    more.onclick = () => showMore(found, shown.length);
    if (!results) say("Type what you look for, or choose a filter.", ...welcome(found.counts));
    else if (!results.length) say(nothing(), ...hints(found.others));
    else say(`${counted(results.length, "page")}${without.length ? `, without ${listed(without.map((word) => `“${word}”`), "and")}` : ""}`);
  }

  /** Say how a search went, in a sentence and with what helps on. */
  function say(sentence, ...help) {
    said.textContent = sentence;
    note.replaceChildren(...help);
  }

  function welcome(counts) {
    const names = Object.keys(FACETS).filter((name) => Object.keys(counts[name] ?? {}).length);
    const ways = [
      ["Words", "From a title, a step or any other text. You can ask a whole question."],
      ["Other names", "Short forms, synonyms and former names lead to a page, too."],
      ["“Words in quotes”", "Only where they stand together, in this order."],
    ];
    if (names.length) ways.push(["Filters", `Narrow what is found by ${listed(names.map((name) => FACETS[name].toLowerCase()), "and")}, or list all pages of a filter without any words.`]);
    return [made("dl", {}, ...ways.flatMap(([name, text]) => [made("dt", {}, name), made("dd", {}, text)]))];
  }

  function nothing() {
    return input.value.trim() ? `Nothing found for “${input.value.trim()}”.` : "No page is found with these filters.";
  }

  /** Return what helps on where nothing is found. `others` is how many pages there are without the filters. */
  function hints(others) {
    const used = Object.entries(picked).filter(([, values]) => values.size);
    if (!used.length) return [made("p", {}, "Check the spelling, or try other words.")];
    const without = others ? `Without the filters there ${others === 1 ? "is" : "are"} ${counted(others, "page")}.` : "Without the filters nothing is found either.";
    return [
      made("p", {}, "The search is narrowed to:"),
      made("ul", {}, ...used.map(([name, values]) => made("li", {}, made("strong", {}, FACETS[name]), ` ${listed([...values], "or")}`))),
      ...(input.value.trim() ? [made("p", {}, without)] : []),
      button("Remove the filters", unfiltered),
    ];
  }

  function showFailure() {
    list.replaceChildren();
    more.hidden = true;
    filters.hidden = !groups.children.length;
    const away = navigator.onLine === false;
    say(
      away ? "This device is offline." : "The search could not be loaded.",
      made("p", {}, `${away ? "The search needs the network." : "A part of it did not arrive."} The navigation leads to every page without it.`),
      button("Try again", async () => {
        said.textContent = "Searching…";
        await search();
        (failed ? note.querySelector("button") : input)?.focus();
      }),
    );
  }

  function button(text, action) {
    const element = made("button", { type: "button", class: "find-act" }, text);
    element.onclick = action;
    return element;
  }

  async function showMore(found, number) {
    const mine = turn;
    try {
      const shown = await texts(found.results, number + PAGES);
      if (mine !== turn) return;
      showResults(found, shown);
      list.children[number]?.querySelector("a").focus();
    } catch {
      if (mine === turn) search();
    }
  }

  function result(data) {
    const about = [data.meta.kind, data.meta.owner].filter(Boolean);
    const link = made("a", { href: data.url }, made("span", { class: "find-title" }, data.meta.title || data.url));
    const below = parts(data).map((part) => made("li", {}, made("a", { href: part.url }, part.title)));
    return made(
      "li", {}, link,
      ...(about.length ? [made("p", { class: "find-about" }, ...about.map((word) => made("span", {}, word)))] : []),
      ...(data.meta.summary ? [made("p", { class: "find-summary" }, data.meta.summary)] : []),
      ...excerpt(data).map((text) => made("p", { class: "find-excerpt" }, ...pieces(text))),
      ...(below.length ? [made("ul", { class: "find-parts", "aria-label": "In this page" }, ...below)] : []),
    );
  }

  /** Return the part of a page that answers best, if there is one beside the summary, which is shown above it. */
  function excerpt(data) {
    const begin = data.meta.summary?.slice(0, 40);
    const top = data.sub_results.find((part) => !part.url.includes("#"));
    return [top ?? data, ...parts(data)].filter((part) => part.excerpt && !(begin && part.plain_excerpt.includes(begin))).slice(0, 1).map((part) => part.excerpt);
  }

  function showFilters(counts) {
    const focused = document.activeElement?.dataset?.value;
    groups.replaceChildren(...Object.keys(FACETS).flatMap((name) => group(name, counts[name] ?? {})));
    filters.hidden = !groups.children.length;
    if (focused) [...groups.querySelectorAll("input")].find((each) => each.dataset.value === focused)?.focus();
    const number = Object.values(picked).reduce((sum, values) => sum + values.size, 0);
    chosen.textContent = number ? String(number) : "";
    clear.hidden = !number;
  }

  function group(name, counts) {
    for (const value of picked[name]) counts[value] ??= 0;
    const values = Object.entries(counts).filter(([value, count]) => count || picked[name].has(value));
    if (!values.length) return [];
    const place = (value) => order.get(`${name}:${value}`) ?? order.size + 1000;
    values.sort(([a, many], [b, few]) => place(a) - place(b) || few - many || a.localeCompare(b));
    const all = opened.has(name) || values.length <= VALUES + 1;
    const shown = values.filter(([value], place) => all || place < VALUES || picked[name].has(value));
    const rest = made("button", { type: "button", class: "find-rest" }, `Show all ${values.length}`, made("span", { class: "find-unseen" }, ` for ${FACETS[name]}`));
    rest.onclick = () => {
      opened.add(name);
      const first = shown.length;
      showFilters(Object.assign(last, { [name]: counts }));
      groups.querySelectorAll(`[data-facet="${name}"] input`)[first]?.focus();
    };
    last[name] = counts;
    return [made("fieldset", { "data-facet": name }, made("legend", {}, FACETS[name]), ...shown.map(([value, count]) => choice(name, value, count)), ...(all ? [] : [rest]))];
  }
  const last = {};

  function choice(name, value, count) {
    const tick = made("input", { type: "checkbox", checked: picked[name].has(value) });
    tick.dataset.value = `${name}:${value}`;
    tick.onchange = () => {
      if (tick.checked) picked[name].add(value);
      else picked[name].delete(value);
      search();
    };
    return made("label", {}, tick, made("span", { class: "find-value" }, value), made("span", { class: "find-count" }, String(count)));
  }

  // The address of the page holds what was asked, so that it can be passed on, and is there again on the way back

  function keep() {
    const address = new URL(location.href);
    for (const name of ["q", ...Object.keys(FACETS)]) address.searchParams.delete(name);
    if (box.open) {
      if (input.value.trim()) address.searchParams.set("q", input.value.trim());
      for (const [name, values] of Object.entries(picked)) for (const value of values) address.searchParams.append(name, value);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  function recall() {
    const asking = new URL(location.href).searchParams;
    input.value = asking.get("q") ?? "";
    for (const name of Object.keys(FACETS)) for (const value of asking.getAll(name)) picked[name].add(value);
    if (input.value || asking.has("q") || Object.keys(narrowed()).length) open();
  }

  function open() {
    if (box.open) return;
    box.showModal();
    input.focus();
    input.select();
    search();
  }

  // The keyboard

  function typing(element) {
    return element?.isContentEditable || /^(input|select|textarea)$/i.test(element?.tagName ?? "");
  }

  function keys(event) {
    if (event.metaKey || event.ctrlKey || event.altKey || box.open || typing(document.activeElement)) return;
    if (["f", "s", "/"].includes(event.key)) {
      event.preventDefault(); // else the letter would be typed into the box
      open();
    }
  }

  function choose(event) {
    event.stopPropagation(); // the theme has keys of its own
    const links = [...list.querySelectorAll(":scope > li > a")];
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (event.isComposing) return; // Enter ends a word of a language that is written with several keys
    if (event.target === input && (event.key === "Enter" || event.key === "ArrowDown")) {
      event.preventDefault();
      goOn(event.key === "Enter");
    } else if (to !== undefined && at >= 0) {
      event.preventDefault();
      if (to < 0) input.focus();
      else links[Math.min(to, links.length - 1)].focus();
    }
  }

  /** Follow or reach the first result of what is in the box, however soon after the last letter. */
  async function goOn(follow) {
    if (!(await settled())) return;
    const first = list.querySelector("a");
    if (follow) first?.click();
    else first?.focus();
  }

  function unfiltered() {
    for (const values of Object.values(picked)) values.clear();
    search();
    input.focus();
  }

  const wide = matchMedia("(min-width: 60em)");
  const unfold = () => (filters.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  opener.addEventListener("click", open);
  close.addEventListener("click", () => box.close());
  clear.addEventListener("click", unfiltered);
  box.addEventListener("keydown", choose);
  box.addEventListener("close", keep);
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target === box || (link && link.pathname === location.pathname && link.hash)) box.close(); // beside the box, or a place in this page
  });
  window.addEventListener("keydown", keys);
  window.addEventListener("online", () => failed && box.open && search());
  window.location$?.subscribe?.((to) => {
    if (box.open && !new URL(to).searchParams.has("q")) box.close(); // a theme that loads pages into this one
  });

  const header = document.querySelector(".md-header__inner");
  if (header) header.insertBefore(opener, header.querySelector(".md-header__source"));
  else document.body.prepend(opener);
  document.body.append(box);
  recall();
})();
