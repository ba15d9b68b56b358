// Wide tables scroll sideways. Whoever has no mouse scrolls with the arrow keys, once a table can be focused.
function reachable() {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (table.scrollWidth > table.clientWidth) {
      const head = [...table.querySelectorAll("th")].map(cell => cell.innerText.trim()).filter(Boolean)
      table.tabIndex = 0
      table.setAttribute("role", "group")
      table.setAttribute("aria-label", `Table: ${head.join(", ")}`)
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) table.removeAttribute(name)
    }
  }
}
// The theme wraps the tables at a time of its own, before this script or after it; each wrapped table changes the page.
let frame = 0
function soon() {
  cancelAnimationFrame(frame)
  frame = requestAnimationFrame(reachable) // once for all tables, with one layout for all scripts
}
soon()
addEventListener("resize", soon)
const text = document.querySelector(".md-content")
if (text) new MutationObserver(soon).observe(text, {childList: true, subtree: true})

// The tags of a result are a list of words. Each of them as a landmark of its own would only be noise.
const results = document.querySelector(".md-search-result__list")
if (results)
  new MutationObserver(() => {
    for (const tags of results.querySelectorAll("nav.md-tags")) tags.setAttribute("role", "none")
  }).observe(results, {childList: true, subtree: true})

// People ask whole questions, and the search takes each word for the beginning of one: "a" would find all words with an A.
// So it is asked without the small words, unless there are no others.
const small = new Set(
  `a about am an and are as at be by can do does for from get has have how i if in is it me my of on or our should that the
  there this to up was we what when where which who why will with you your`.split(/\s+/)
)
/** Return what a question asks for. Each search of the site puts its questions through this. */
function asked(question) {
  const words = question.split(/\s+/).filter(word => !small.has(word.replace(/[?!.,]+$/, "").toLowerCase()))
  return (words.join("") ? words.join(" ") : question).replace(/[?!.,]+$/, "")
}
const query = 2 // the type of a message to the search of Material
const post = Worker.prototype.postMessage
Worker.prototype.postMessage = function (message, ...more) {
  if (message?.type === query && typeof message.data === "string") message = {...message, data: asked(message.data)}
  return post.call(this, message, ...more)
}

// Where nobody said at which address the site is published, a printed sheet names the one at which it was opened.
const imprint = document.querySelector(".imprint[data-address]")
if (imprint) {
  const address = location.href.split("#")[0]
  imprint.append(`; see ${address}`)
  document.documentElement.style.setProperty("--hb-copy", JSON.stringify(`Printed copies are not maintained; see ${address}`))
}

// The title of a word is shown to a mouse only. So its meaning becomes a tooltip that a keyboard and a finger open too,
// that stays while the mouse is on it, and that Escape closes. A finger opens it first, and follows the link with a second touch.
class Meaning {
  static open = null

  constructor(term, number) {
    this.term = term
    this.tip = document.createElement("span")
    Object.assign(this.tip, {id: `term-${number}`, className: "term-meaning", hidden: true, textContent: term.title})
    this.tip.setAttribute("role", "tooltip")
    term.removeAttribute("title")
    term.setAttribute("aria-describedby", this.tip.id)
    if (!term.href) term.tabIndex = 0
    term.closest("article").append(this.tip) // not beside the word: a table that scrolls would cut it off
    for (const part of [term, this.tip]) {
      part.addEventListener("pointerenter", event => event.pointerType === "touch" || this.show())
      part.addEventListener("pointerleave", event => event.pointerType === "touch" || this.hideSoon())
    }
    term.addEventListener("focus", () => this.show())
    term.addEventListener("blur", () => this.hide())
    term.addEventListener("pointerdown", () => (this.wasOpen = Meaning.open === this))
    term.addEventListener("click", event => {
      if (event.pointerType !== "touch" || this.wasOpen) return
      event.preventDefault()
      this.show()
    })
  }

  show() {
    clearTimeout(this.leaving)
    if (Meaning.open === this) return
    Meaning.open?.hide()
    Meaning.open = this
    this.tip.hidden = false
    const word = this.term.getClientRects()[0]
    const around = (this.tip.offsetParent ?? document.documentElement).getBoundingClientRect()
    const size = this.tip.getBoundingClientRect()
    const left = Math.max(8, Math.min(word.left, document.documentElement.clientWidth - size.width - 8))
    const top = word.bottom + size.height > innerHeight && word.top > size.height ? word.top - size.height : word.bottom
    Object.assign(this.tip.style, {left: `${left - around.left}px`, top: `${top - around.top}px`})
  }

  hideSoon() {
    this.leaving = setTimeout(() => this.term.matches(":focus") || this.hide(), 200) // time to reach the tooltip
  }

  hide() {
    clearTimeout(this.leaving)
    this.tip.hidden = true
    if (Meaning.open === this) Meaning.open = null
  }
}
const terms = [...document.querySelectorAll("article .term[title]")]
terms.forEach((term, number) => new Meaning(term, number))
if (terms.length) {
  addEventListener("keydown", event => event.key === "Escape" && Meaning.open?.hide())
  addEventListener("pointerdown", event => {
    if (Meaning.open && ![Meaning.open.term, Meaning.open.tip].some(part => part.contains(event.target))) Meaning.open.hide()
  })
}
