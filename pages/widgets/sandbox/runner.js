// Runs the tests of a coding question in the sandbox, one after the other, each for at most five seconds.
// What comes back is the candidate's own browser speaking: nobody else relies on it.
export const LIMIT_MS = 5000
const START_MS = 60000
const NEEDED = ["pyodide.js", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
const text = bytes => new TextDecoder().decode(bytes).replace(/\0.*$/s, "")
let archive

// The four files out of the npm archive: 512-byte heads with name and octal size, contents padded to 512.
async function unpacked(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`Python could not be loaded (${answer.status}). Reload the page.`)
  const plain = answer.body.pipeThrough(new DecompressionStream("gzip"))
  const bytes = new Uint8Array(await new Response(plain).arrayBuffer())
  const files = {}
  for (let at = 0; at + 512 <= bytes.length && bytes[at]; ) {
    const name = text(bytes.subarray(at, at + 100)).split("/").pop()
    const size = parseInt(text(bytes.subarray(at + 124, at + 136)), 8)
    if (NEEDED.includes(name)) files[name] = bytes.slice(at + 512, at + 512 + size).buffer
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

export class Runner {
  // `urls` has frame, worker and pyodide; `harness` is the Python that runs one test; `host` is where the frame hangs.
  constructor(host, urls, harness) {
    Object.assign(this, { host, urls, harness })
  }

  async start() {
    if (this.frame) return
    archive ??= unpacked(this.urls.pyodide)
    const script = await (await fetch(this.urls.worker)).text()
    const files = await archive.catch(failure => { archive = undefined; throw failure })
    this.frame = document.createElement("iframe")
    this.frame.setAttribute("sandbox", "allow-scripts")
    this.frame.hidden = true
    this.frame.title = "Sandbox"
    this.frame.src = this.urls.frame
    this.hear = event => { if (event.source === this.frame?.contentWindow) this.heard?.(event.data) }
    addEventListener("message", this.hear)
    const opened = this.next(said => said.open, START_MS)
    this.host.append(this.frame)
    await opened
    const copies = Object.fromEntries(NEEDED.map(name => [name, files[name].slice(0)]))
    await this.ask({ script, message: { files: copies, harness: this.harness }, files: Object.values(copies) }, said => said.ready, START_MS)
  }

  // Results in order as `report(place, result)`; after one that was stopped, or took the memory, the rest is not run.
  async run(task, code, report) {
    try {
      await this.start()
    } catch (failure) {
      this.stop()
      throw failure
    }
    let over = false
    for (const [place, check] of task.checks.entries()) {
      const result = over ? { outcome: "not_run" } : await this.one(place, task.setup, code, check.code)
      over ||= result.outcome === "stopped"
      report(place, result)
    }
    if (over) this.stop()
  }

  async one(place, setup, code, check) {
    try {
      const said = await this.ask({ message: { place, setup, code, check } }, said => said.place === place, LIMIT_MS)
      if (said.problem?.includes("512 MB")) this.stop()
      if (!this.frame) await this.start()
      return {
        outcome: said.outcome === "passed" ? "passed" : "failed",
        seconds: Number(said.seconds) || 0,
        problem: String(said.problem ?? "").slice(0, 1000),
        printed: String(said.printed ?? "").slice(0, 2000),
      }
    } catch (failure) {
      return { outcome: "stopped", problem: failure.message }
    }
  }

  ask(sent, wanted, patience) {
    const answer = this.next(wanted, patience)
    this.frame.contentWindow.postMessage(sent, "*", sent.files ?? [])
    return answer
  }

  next(wanted, patience) {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`It did not end within ${patience / 1000} seconds and was stopped.`)), patience)
      this.heard = said => {
        if (said?.broken) reject(new Error(`Python stopped: ${String(said.broken).slice(0, 300)}`))
        else if (wanted(said ?? {})) resolve(said)
        else return
        clearTimeout(limit)
      }
    })
  }

  // Taking the frame away ends its worker at once, whatever it is doing, and frees its memory.
  stop() {
    this.frame?.remove()
    this.frame = undefined
    removeEventListener("message", this.hear)
  }
}
