// The player and everything on the page that can move it: quotes and events (buttons whose key begins with "seek-"
// and names the milliseconds) and the timelines (in a container keyed "timelines"). They are heard here, in the
// browser, so that a jump needs no rerun; without this script the same buttons still work through the server.
const clock = s => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`
const RATES = [0.75, 1, 1.25, 1.5, 2]
const CHARTS = ".st-key-timelines .js-plotly-plot"
const states = new WeakMap()

function make(tag, text, name) {
  const made = document.createElement(tag)
  if (text) made.textContent = text
  if (name) made.className = name
  return made
}

function seek(video, seconds, play) {
  const go = () => {
    video.currentTime = Math.max(0, seconds)
    if (play) video.play().catch(() => {})
  }
  if (video.readyState >= 1) go()
  else video.addEventListener("loadedmetadata", go, { once: true })
}

function bringBack(video) {
  const place = video.getBoundingClientRect()
  if (place.bottom < 80 || place.top > window.innerHeight - 80) video.scrollIntoView({ block: "center" })
}

function drawLines(root, video, data) {
  const list = root.querySelector(".lines")
  const drawn = JSON.stringify([data.lines, data.marks])
  if (list.dataset.drawn === drawn) return
  list.dataset.drawn = drawn
  list.classList.toggle("alone", !data.url)
  list.replaceChildren(...data.lines.map(line => {
    const timed = data.url && line.start_seconds !== null
    const item = make("li")
    const row = make(timed ? "button" : "div", "", timed ? "" : "untimed")
    if (timed) row.append(make("time", clock(line.start_seconds)))
    row.append(sentence(line, data.marks))
    if (timed) row.onclick = () => seek(video, line.start_seconds, true)
    item.append(row)
    return item
  }))
  const legend = root.querySelector(".legend")
  const used = new Set(data.lines.flatMap(line => line.words.flatMap(word => word.marks)))
  legend.replaceChildren(...Object.entries(data.marks).filter(([id]) => used.has(id)).map(([, mark]) => {
    const entry = make("span", mark.title)
    entry.style.setProperty("--mark", mark.colour)
    return entry
  }))
  if (data.lines.some(line => line.words.some(word => word.unsure))) legend.append(make("span", "heard unclearly", "unsure"))
}

function sentence(line, marks) {
  const text = make("span", "", line.speaker)
  if (line.speaker === "interviewer") text.append(make("span", "Interviewer: ", "who"))
  let run = null
  for (const word of line.words) {
    const id = word.marks[0]
    const same = run && run.dataset.mark === (id ?? "") && run.classList.contains("unsure") === word.unsure
    if (!same) {
      run = make(id && marks[id] ? "mark" : "span")
      run.dataset.mark = id ?? ""
      if (id && marks[id]) {
        run.style.setProperty("--mark", marks[id].colour)
        run.title = word.marks.map(one => marks[one]?.title ?? one).join(", ")
      }
      if (word.unsure) {
        run.classList.add("unsure")
        run.title = [run.title, "heard unclearly"].filter(Boolean).join("; ")
      }
      if (text.childNodes.length) text.append(" ")
      text.append(run)
    }
    run.append((same ? " " : "") + word.text)
  }
  return text
}

function drawTools(root, video) {
  const speeds = root.querySelector(".speed")
  const captions = root.querySelector(".captions")
  if (speeds.children.length) return
  speeds.replaceChildren(...RATES.map(rate => {
    const button = make("button", `${rate}x`)
    button.type = "button"
    button.setAttribute("aria-pressed", rate === 1)
    button.onclick = () => {
      video.playbackRate = rate
      for (const other of speeds.children) other.setAttribute("aria-pressed", other === button)
    }
    return button
  }))
  captions.onclick = () => {
    const track = video.textTracks[0]
    if (!track) return
    track.mode = track.mode === "showing" ? "hidden" : "showing"
    captions.setAttribute("aria-pressed", track.mode === "showing")
  }
}

// Where the recording is now, as an address to send to oneself or to somebody who may see it.
function drawLink(root, video, attempt) {
  const link = root.querySelector(".link")
  link.hidden = !attempt
  link.onclick = async () => {
    const address = new URL(window.location.href)
    address.search = new URLSearchParams({ attempt, t: video.currentTime.toFixed(1) })
    await navigator.clipboard.writeText(address.href)
    link.textContent = "Link copied"
    setTimeout(() => { link.textContent = "Copy link" }, 2000)
  }
}

function load(root, video, data) {
  if (video.dataset.url === data.url && video.dataset.captions === data.captions) return
  if (video.dataset.url !== data.url) {
    video.dataset.seek = ""
    video.src = data.url
  }
  video.dataset.url = data.url
  video.dataset.captions = data.captions
  video.querySelectorAll("track").forEach(track => { URL.revokeObjectURL(track.src); track.remove() })
  root.querySelector(".captions").setAttribute("aria-pressed", "false")
  if (!data.captions) return
  const track = document.createElement("track")
  track.kind = "captions"
  track.label = "Captions"
  track.srclang = "en"
  track.src = URL.createObjectURL(new Blob([data.captions], { type: "text/vtt" }))
  video.append(track)
}

function follow(root, video, lines) {
  const now = lines.findIndex(l => l.start_seconds !== null && video.currentTime >= l.start_seconds - 0.05 && video.currentTime < l.end_seconds)
  const list = root.querySelector(".lines")
  Array.from(list.children).forEach((item, place) => {
    const row = item.firstChild
    const was = row.classList.contains("now")
    row.classList.toggle("now", place === now)
    if (place === now && !was && !video.paused) {
      list.scrollTo({ top: item.offsetTop - list.clientHeight / 3, behavior: "smooth" })
    }
  })
  for (const chart of document.querySelectorAll(CHARTS)) playhead(chart, video.currentTime)
}

function playhead(chart, seconds) {
  const layout = chart._fullLayout
  if (!layout?.xaxis) return
  let line = chart.querySelector(":scope > .playhead")
  if (!line) {
    line = make("div", "", "playhead")
    line.style.cssText = "position:absolute;width:2px;background:currentColor;opacity:.75;pointer-events:none;z-index:2"
    chart.style.position = "relative"
    chart.append(line)
  }
  const size = layout._size
  line.style.left = `${size.l + layout.xaxis.d2p(seconds)}px`
  line.style.top = `${size.t}px`
  line.style.height = `${size.h}px`
}

function keys(event, video, lines) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const from = event.composedPath()[0]
  if (event.key === " " && from instanceof HTMLButtonElement) return
  const at = video.currentTime
  const starts = lines.map(line => line.start_seconds).filter(start => start !== null)
  const acts = {
    " ": () => (video.paused ? video.play() : video.pause()),
    k: () => (video.paused ? video.play() : video.pause()),
    ArrowLeft: () => seek(video, at - 5),
    ArrowRight: () => seek(video, at + 5),
    j: () => seek(video, at - 10),
    l: () => seek(video, at + 10),
    ArrowUp: () => seek(video, starts.filter(start => start < at - 1).at(-1) ?? 0),
    ArrowDown: () => seek(video, starts.find(start => start > at + 0.1) ?? at),
    c: () => event.currentTarget.querySelector(".captions").click(),
  }
  const act = acts[event.key]
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act()
}

function listen(video) {
  const stop = new AbortController()
  const options = { capture: true, signal: stop.signal }
  document.addEventListener("click", event => {
    const holder = event.target.closest?.('[class*="st-key-seek-"]')
    const found = holder && event.target.closest("button") && /st-key-seek-(\d+)-/.exec(holder.className)
    if (!found) return
    event.stopPropagation()
    event.preventDefault()
    seek(video, Number(found[1]) / 1000, true)
    bringBack(video)
  }, options)
  document.addEventListener("click", event => {
    const chart = event.target.closest?.(CHARTS)
    const layout = chart?._fullLayout
    if (!layout?.xaxis) return
    const x = event.clientX - chart.getBoundingClientRect().left - layout._size.l
    if (x < 0 || x > layout._size.w) return
    seek(video, layout.xaxis.p2d(x), true)
    bringBack(video)
  }, options)
  return () => stop.abort()
}

// A part in a comparison: obeys the control of both (in_step.js) and tells it where this recording is.
function takePart(video, part) {
  const stop = new AbortController()
  const options = { signal: stop.signal }
  const report = () => document.dispatchEvent(new CustomEvent("rehearse:at", { detail: {
    name: part.name,
    seconds: video.currentTime - part.begins,
    length: (video.duration || 0) - part.begins,
    rate: video.playbackRate,
    paused: video.paused,
    ended: video.ended,
  } }))
  document.addEventListener("rehearse:order", event => {
    const order = event.detail
    if (order.only && order.only !== part.name) return
    if (order.heard) video.muted = order.heard !== part.name
    if (order.seconds !== undefined) {
      const end = (video.duration || Infinity) - 0.05
      seek(video, Math.min(order.seconds + part.begins, end))
    }
    if (order.rate && order.rate !== video.playbackRate) video.playbackRate = order.rate
    if (order.play === true && !video.ended) video.play().catch(() => {})
    if (order.play === false) video.pause()
    if (order.report) report()
  }, options)
  for (const name of ["timeupdate", "seeked", "play", "pause", "ended", "loadedmetadata"]) {
    video.addEventListener(name, report, options)
  }
  report()
  return () => stop.abort()
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".player")
  const video = root.querySelector("video")
  video.hidden = !data.url
  root.querySelector(".tools").hidden = !data.url
  drawLines(root, video, data)
  if (!data.url) return
  load(root, video, data)
  drawTools(root, video)
  drawLink(root, video, data.attempt)
  video.ontimeupdate = () => follow(root, video, data.lines)
  video.onseeked = video.ontimeupdate
  video.onerror = () => { root.querySelector(".problem").textContent = "This recording could not be played. Its link may have run out: reload the page." }
  root.onkeydown = event => keys(event, video, data.lines)
  if (data.seek && video.dataset.seek !== data.seek.id) {
    video.dataset.seek = data.seek.id
    seek(video, data.seek.seconds, data.seek.play)
    bringBack(video)
  }
  states.get(parentElement)?.()
  const leave = [data.leads && listen(video), data.part && takePart(video, data.part)].filter(Boolean)
  states.set(parentElement, () => leave.forEach(stop => stop()))
  return () => states.get(parentElement)?.()
}
