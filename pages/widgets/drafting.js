// What is written reaches the server soon after the last key, every two seconds while somebody writes, and again until
// the server says that it has it. A version is "<tab>.<count>": what another tab wrote meanwhile is never replaced
// unasked, and whoever writes may keep either.
const PAUSE_MS = 600
const WRITING_MS = 2000
const AGAIN_MS = 4000

class Drafting {
  // `read()` gives what is written now, `write(draft)` puts a draft in its place, `send(change)` is on its way to the
  // server; `root` has a place for the choice (`.choice`) and may have one for how it stands (`.state`).
  constructor(root, { read, write, send }) {
    Object.assign(this, { root, read, write, send, base: null, other: null, closing: null })
    this.anew()
    this.clock = setInterval(() => this.again(), 1000)
    this.leave = () => this.save()
    addEventListener("pagehide", this.leave)
    document.addEventListener("visibilitychange", this.leave)
  }

  anew() {
    Object.assign(this, { tab: crypto.getRandomValues(new Uint32Array(2)).join("-"), count: 0, told: 0, unsent: null, since: null })
  }

  get dirty() {
    return this.unsent !== null || this.told < this.count
  }

  changed() {
    clearTimeout(this.pause)
    this.unsent ??= Date.now()
    this.since ??= Date.now()
    if (Date.now() - this.unsent > WRITING_MS) this.save()
    else this.pause = setTimeout(() => this.save(), PAUSE_MS)
    this.show()
  }

  save() {
    clearTimeout(this.pause)
    if (this.unsent === null || this.other || this.closing) return
    this.send(this.next())
  }

  next() {
    this.unsent = null
    this.count += 1
    return this.written()
  }

  // With the time, because what does not differ from what was sent before is not sent.
  written() {
    this.sentAt = Date.now()
    return { ...this.read(), version: `${this.tab}.${this.count}`, base: this.base ?? "", at: this.sentAt }
  }

  // The last change of this draft: `deliver` takes it to the server, which then empties the box in every tab.
  close(deliver) {
    clearTimeout(this.pause)
    const change = this.next()
    this.closing = change.version
    deliver(change)
  }

  again() {
    const late = Date.now() - (this.sentAt ?? 0) > AGAIN_MS
    if (late && this.closing) this.closing = null
    // The same version while the same is written: a newer one would overtake what was closed and is still on its way.
    if (late && this.told < this.count && !this.other) this.send(this.unsent === null ? this.written() : this.next())
    this.show()
  }

  // What the server has now.
  hear(draft) {
    const at = draft.version.lastIndexOf(".")
    if (draft.version.slice(0, at) === this.tab) {
      this.told = Math.max(this.told, Number(draft.version.slice(at + 1)))
      this.base = draft.version
      if (!this.dirty) this.since = null
    } else if (draft.version !== this.base) {
      const ours = this.closing !== null && draft.version === `taken:${this.closing}`
      if (this.base === null || ours || !this.dirty) this.take(draft)
      else Object.assign(this, { other: draft, closing: null })
    }
    this.show()
  }

  take(draft) {
    clearTimeout(this.pause)
    this.anew()
    Object.assign(this, { base: draft.version, other: null, closing: null })
    this.write(draft)
    this.show()
  }

  keep() {
    Object.assign(this, { base: this.other.version, other: null, unsent: Date.now() })
    this.save()
    this.show()
  }

  show() {
    const state = this.root.querySelector(".state")
    const late = this.dirty && this.since !== null && Date.now() - this.since > 2 * AGAIN_MS
    const says = this.other ? "" : late ? "Not kept yet: the server does not answer" : this.dirty ? "Keeping …" : this.count ? "Kept" : ""
    if (state && state.textContent !== says) state.textContent = says
    const place = this.root.querySelector(".choice")
    const shown = this.other ? `other ${this.other.version}` : ""
    if ((place.dataset.shown ?? "") === shown) return
    place.dataset.shown = shown
    place.replaceChildren(...(this.other ? this.choice(this.other) : []))
  }

  choice(other) {
    const made = (tag, text, press) => {
      const part = document.createElement(tag)
      part.textContent = text
      if (press) Object.assign(part, { type: "button", onclick: press })
      return part
    }
    const gone = !other.text
    const why = gone ? "This was sent or finished in another tab, and then changed here." : "This was changed in another tab as well."
    const parts = [made("p", why), made("button", "Keep what is here", () => this.keep())]
    parts.push(made("button", gone ? "Leave it" : "Take the other one", () => this.take(other)))
    if (!gone) {
      const look = made("details", "")
      look.append(made("summary", "See the other one"), made("pre", other.text))
      parts.push(look)
    }
    return parts
  }

  stop() {
    this.save()
    clearInterval(this.clock)
    removeEventListener("pagehide", this.leave)
    document.removeEventListener("visibilitychange", this.leave)
  }
}

