// Python in a worker. It gets Pyodide's files as bytes: the frame around it can connect to nothing, and neither can this.
const MOST_BYTES = 512 * 1024 * 1024
const PAGE = 65536
const PLACE = "https://pyodide.invalid/"
const TYPES = { "pyodide.asm.wasm": "application/wasm", "python_stdlib.zip": "application/zip" }
const LOCK = { info: { arch: "wasm32", platform: "emscripten", version: "314.0.7", python: "3.14.2", abi_version: "2026_0" }, packages: {} }
let check

const address = bytes => URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }))

function limitMemory() {
  const grow = WebAssembly.Memory.prototype.grow
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE > MOST_BYTES) throw new RangeError("more than 512 MB")
    return grow.call(this, pages)
  }
}

async function start({ files, harness }) {
  limitMemory()
  // Pyodide asks for two of its files by address; they are handed to it from memory, then fetch is the browser's again.
  self.fetch = async asked => {
    const name = String(asked).split("/").pop()
    return new Response(files[name], { headers: { "Content-Type": TYPES[name] } })
  }
  importScripts(address(files["pyodide.js"]))
  const { default: createPyodideModule } = await import(address(files["pyodide.asm.mjs"]))
  const python = await loadPyodide({ indexURL: PLACE, createPyodideModule, lockFileContents: JSON.stringify(LOCK) })
  delete self.fetch
  python.runPython(harness)
  const run = python.globals.get("run_check")
  check = (...given) => run(...given).toJs({ dict_converter: Object.fromEntries })
  postMessage({ ready: true })
}

onmessage = async ({ data }) => {
  try {
    if (data.files) return await start(data)
    const began = performance.now()
    const result = check(data.setup, data.code, data.check)
    postMessage({ place: data.place, seconds: (performance.now() - began) / 1000, ...result })
  } catch (failure) {
    postMessage({ broken: String(failure) })
  }
}
