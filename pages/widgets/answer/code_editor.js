// The editor of code and of sketches. What is written goes to the server a moment after the last key, and at once when
// the editor is left (see drafting.js); what the server has never replaces what is being typed.
const MARKS = { passed: "✓ passed", failed: "✗ failed", stopped: "■ stopped", not_run: "– not run", running: "… running" }
const editors = new WeakMap()

function look(cm) {
  const { tags } = cm
  const style = cm.HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword], color: "var(--keyword)", fontWeight: "600" },
    { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
    { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
    { tag: [tags.function(tags.variableName), tags.definition(tags.variableName), tags.className, tags.typeName], color: "var(--name)" },
    { tag: tags.comment, color: "var(--comment)", fontStyle: "italic" },
  ])
  const theme = cm.EditorView.theme({
    "&": { backgroundColor: "var(--st-background-color)", color: "var(--st-text-color)", fontSize: ".9rem" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--st-code-font)", lineHeight: "1.5", minHeight: "16rem", maxHeight: "min(36rem, 60vh)" },
    ".cm-content": { caretColor: "var(--st-text-color)" },
    ".cm-cursor": { borderLeftColor: "var(--st-text-color)" },
    ".cm-gutters": { backgroundColor: "transparent", color: "var(--st-text-color)", border: "none" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--st-primary-color) 9%, transparent)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "color-mix(in srgb, var(--st-primary-color) 30%, transparent)",
    },
    ".cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--st-primary-color) 25%, transparent)", outline: "none" },
  })
  return [theme, cm.syntaxHighlighting(style)]
}

class Editor {
  constructor(root, data, send) {
    Object.assign(this, { root, data })
    this.part = name => root.querySelector(`.${name}`)
    this.begin(data.draft)
    const read = () => ({ language: this.language, text: this.text, checks: this.checks, changed_since: this.old })
    this.draft = new Drafting(root, { read, write: draft => this.take(draft), send })
  }

  begin(draft) {
    Object.assign(this, { checks: draft.checks ?? [], old: draft.changed_since ?? false })
    this.language = draft.language ?? this.data.languages[0]
  }

  take(draft) {
    this.begin(draft)
    if (!this.view) return
    this.taking = true
    this.part("language").value = this.language
    this.view.dispatch({ effects: this.grammar.reconfigure(this.grammarNow()) })
    this.write(draft.version ? draft.text : this.data.initial)
    this.taking = false
    this.draw()
  }

  hear(data) {
    Object.assign(this.data, { draft: data.draft })
    if (this.view) this.draft.hear(data.draft)
  }

  async open() {
    const load = url => import(new URL(url, location.href).href)
    const [cm, { Runner }] = await Promise.all([load(this.data.urls.codemirror), load(this.data.urls.runner)])
    this.cm = cm
    this.runner = new Runner(this.part("sandbox"), this.data.urls, this.data.harness)
    this.grammar = new cm.Compartment()
    const keys = [{ key: "Mod-Enter", run: () => (this.run(), true) }, ...cm.closeBracketsKeymap, ...cm.defaultKeymap, ...cm.historyKeymap, cm.indentWithTab]
    const extensions = [
      cm.lineNumbers(), cm.history(), cm.drawSelection(), cm.bracketMatching(), cm.closeBrackets(), cm.indentOnInput(),
      cm.highlightActiveLine(), cm.indentUnit.of("    "), cm.keymap.of(keys), look(cm), this.grammar.of(this.grammarNow()),
      cm.EditorState.tabSize.of(4),
      cm.EditorView.contentAttributes.of({ "aria-label": `${this.data.label}. Press Escape, then Tab, to leave the editor.`, spellcheck: "false", tabindex: "0" }),
      cm.EditorView.lineWrapping,
      cm.placeholder(this.data.placeholder),
      cm.EditorView.updateListener.of(update => update.docChanged && this.changed()),
      cm.EditorView.domEventHandlers({ blur: () => this.save() }),
    ]
    const doc = this.data.draft.version ? this.data.draft.text : this.data.initial
    this.view = new cm.EditorView({ doc, extensions, parent: this.part("code"), root: this.root.getRootNode() })
    this.tools()
    this.draft.hear(this.data.draft)
    this.draw()
  }

  grammarNow() {
    return this.cm.languages[this.language]?.() ?? []
  }

  get text() {
    return this.view.state.doc.toString()
  }

  tools() {
    this.part("which").hidden = this.data.languages.length < 2
    this.part("again").textContent = this.data.again
    const select = this.part("language")
    select.replaceChildren(...this.data.languages.map(name => new Option(name, name, false, name === this.language)))
    select.onchange = () => this.speak(select.value)
    this.part("run").onclick = () => this.run()
    this.part("again").onclick = () => { this.write(this.data.starter); this.view.focus() }
  }

  get runs() {
    return this.data.checks.length > 0 && this.language === this.data.runs
  }

  speak(language) {
    const untouched = this.text.trim() === this.data.starter.trim() || !this.text.trim()
    this.language = language
    this.view.dispatch({ effects: this.grammar.reconfigure(this.grammarNow()) })
    if (untouched) this.write(language === this.data.runs ? this.data.starter : "")
    this.old = this.checks.length > 0
    this.draw()
    this.save(true)
  }

  write(text) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } })
  }

  changed() {
    if (this.taking) return
    if (this.checks.length && !this.old) this.old = true
    if (!this.running) this.draw()
    this.draft.changed()
  }

  save(always = false) {
    if (always) this.draft.changed()
    this.draft.save()
  }

  async run() {
    if (!this.runs || this.running) return
    this.running = true
    this.old = false
    this.checks = this.data.checks.map(({ name, edge }) => ({ name, edge, outcome: "running", seconds: null, problem: "" }))
    this.draw(this.runner.frame ? "Running ..." : "Starting Python in your browser. The first time takes a few seconds ...")
    const code = this.text
    try {
      await this.runner.run(this.data, code, (place, { outcome, seconds, problem, printed }) => {
        const said = [problem, outcome === "failed" && printed ? `Printed:\n${printed}` : ""].filter(Boolean).join("\n")
        Object.assign(this.checks[place], { outcome, seconds: seconds ?? null, problem: said })
        this.draw("Running ...")
      })
    } catch (failure) {
      this.checks = []
      this.running = false
      return this.draw(failure.message)
    }
    this.running = false
    this.old = code !== this.text
    this.draw()
    this.save(true)
  }

  draw(said = this.summary()) {
    this.part("run").hidden = !this.runs
    this.part("run").disabled = Boolean(this.running)
    this.part("again").hidden = this.data.checks.length ? !this.runs : this.text.trim() !== ""
    this.part("said").textContent = said
    this.part("about").textContent = this.data.checks.length && !this.runs ? this.data.unrun : this.data.about
    const list = this.part("results")
    list.classList.toggle("old", this.old)
    list.replaceChildren(...this.checks.map(check => this.row(check)))
  }

  summary() {
    if (!this.checks.length) return ""
    const passed = this.checks.filter(check => check.outcome === "passed").length
    return `${passed} of ${this.checks.length} tests passed${this.old ? ". The code was changed after that." : "."}`
  }

  row({ name, edge, outcome, seconds, problem }) {
    const item = document.createElement("li")
    const part = (tag, text, kind) => {
      const made = document.createElement(tag)
      made.textContent = text
      made.className = kind
      item.append(made)
      return made
    }
    item.dataset.outcome = outcome
    part("span", MARKS[outcome], "outcome")
    part("span", edge ? `${name} (edge case)` : name, "name")
    part("span", seconds === null ? "" : `${Math.round(seconds * 1000)} ms`, "time")
    if (problem) part("pre", problem, "problem").tabIndex = 0
    return item
  }

  close() {
    this.draft.stop()
    this.runner?.stop()
    this.view?.destroy()
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".editor")
  const known = editors.get(parentElement)
  if (known?.data.question !== data.question) {
    known?.close()
    root.querySelector(".code").replaceChildren()
    const editor = new Editor(root, data, draft => setStateValue("draft", draft))
    editors.set(parentElement, editor)
    editor.open().catch(failure => { root.querySelector(".said").textContent = `The editor could not be loaded: ${failure.message} Reload the page.` })
  } else known.hear(data)
  return () => {
    editors.get(parentElement)?.close()
    editors.delete(parentElement)
  }
}
