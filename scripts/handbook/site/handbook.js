/* The boxes on the page of an onboarding path can be ticked, and the ticks stay in the reader's own browser: nothing is
   sent anywhere. Without scripts the page is the same list, and nothing in it is missing. */

(() => {
  "use strict";

  const ACTORS = { "": "Everything", hire: "What the new hire does", manager: "What the manager does", buddy: "What the buddy does" };

  /** Return a new element with properties and content. */
  function made(tag, properties = {}, ...content) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...content);
    return element;
  }

  /** The ticks of one path: ids of items, in the storage of the browser where that is allowed. */
  class Ticks {
    constructor(path) {
      this.key = `handbook-ticks-${path}`;
      this.ids = new Set();
      this.kept = true;
      this.read();
    }

    read() {
      try {
        const found = JSON.parse(localStorage.getItem(this.key) || "[]");
        this.ids = new Set(Array.isArray(found) ? found : []);
      } catch (error) {
        this.kept = error instanceof SyntaxError; // what nobody can read is written anew
      }
    }

    write() {
      try {
        if (this.ids.size) localStorage.setItem(this.key, JSON.stringify([...this.ids]));
        else localStorage.removeItem(this.key);
      } catch {
        this.kept = false;
      }
    }

    set(id, on) {
      if (on) this.ids.add(id);
      else this.ids.delete(id);
      this.write();
    }

    clear() {
      this.ids.clear();
      this.write();
    }
  }

  /** Return the items below `top`: each box with its id, who ticks it, and the heading of its stage. */
  function itemsBelow(top) {
    const items = [];
    let heading = null;
    for (const element of top.querySelectorAll("h2, li input[type=checkbox]")) {
      const line = element.closest("li");
      const title = line && line.querySelector("strong[id]");
      if (element.matches("h2")) heading = element;
      else if (title) {
        const actor = line.querySelector('[class^="actor-"]');
        items.push({
          box: element,
          line,
          title,
          heading,
          id: title.id.replace(/^base-/, ""), // the same item, whichever path it is written in
          actor: actor ? actor.className.replace("actor-", "") : "hire",
        });
      }
    }
    return items;
  }

  /** Return a progress bar with its text; `show` tells how many of how many are done. */
  function bar(label) {
    const progress = made("progress");
    const text = made("span");
    progress.setAttribute("aria-label", label);
    return {
      parts: [progress, " ", text],
      show(done, all) {
        progress.max = all || 1;
        progress.value = done;
        text.textContent = `${done} of ${all} done`;
      },
    };
  }

  function checklist(place) {
    const article = place.parentElement;
    const ticks = new Ticks(place.dataset.path);
    const items = itemsBelow(article);
    const total = bar("Done on this path");
    const said = made("output", {}, ...total.parts);
    const choice = made("select", {}, ...Object.entries(ACTORS).map(([value, label]) => made("option", { value }, label)));
    const clear = made("button", { type: "button", className: "md-button" }, "Clear all ticks");
    const print = made("button", { type: "button", className: "md-button" }, "Print");
    const note = made("p", { className: "ticks-note" });
    const stages = new Map();

    for (const item of items) {
      item.line.classList.add("tick");
      item.box.id = `tick-${item.id}`;
      item.box.disabled = false;
      item.box.addEventListener("change", () => {
        ticks.set(item.id, item.box.checked);
        show();
      });
      if (item.box.parentElement.matches("label")) item.box.parentElement.replaceWith(item.box); // the theme's, without words
      for (const name of ["aria-label", "aria-labelledby"]) item.box.removeAttribute(name);
      const label = made("label", { htmlFor: item.box.id }); // the words are its name, and can be clicked
      item.title.before(label);
      label.append(item.title);
      if (item.heading && !stages.has(item.heading)) {
        const stage = bar(`Done of “${item.heading.firstChild.textContent}”`);
        stage.line = made("p", { className: "ticks-stage" }, ...stage.parts);
        const days = item.heading.nextElementSibling;
        (days.matches(".byline") ? days : item.heading).after(stage.line);
        stages.set(item.heading, stage);
      }
    }

    function show() {
      const shown = items.filter((item) => !choice.value || item.actor === choice.value);
      for (const item of items) {
        item.box.checked = ticks.ids.has(item.id);
        item.line.hidden = !shown.includes(item);
      }
      for (const [heading, stage] of stages) {
        const own = shown.filter((item) => item.heading === heading);
        stage.line.hidden = own.length === 0;
        stage.show(own.filter((item) => item.box.checked).length, own.length);
      }
      total.show(shown.filter((item) => item.box.checked).length, shown.length);
      note.textContent = ticks.kept
        ? "Ticks stay in this browser, on this device. Nobody else sees them."
        : "This browser keeps nothing, so ticks are gone when you leave the page.";
    }

    choice.addEventListener("change", show);
    print.addEventListener("click", () => window.print());
    clear.addEventListener("click", () => {
      if (window.confirm("Clear all ticks of this path?")) {
        ticks.clear();
        show();
      }
    });
    window.addEventListener("storage", (event) => {
      if (event.key === ticks.key || event.key === null) {
        ticks.read(); // ticked in another tab
        show();
      }
    });

    place.append(
      made("p", {}, said),
      made("p", { className: "ticks-controls" }, made("label", {}, "Show ", choice), " ", clear, " ", print),
      note,
    );
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "Your progress");
    place.hidden = false;
    show();
  }

  function start() {
    for (const place of document.querySelectorAll(".ticks[data-path]")) {
      if (place.hidden) checklist(place);
    }
  }

  if (window.document$) window.document$.subscribe(start); // the theme's: each page, also where it is loaded into this one
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
