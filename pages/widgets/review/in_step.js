// One control for the two recordings of a comparison. Players and control talk through events on the document
// (see `takePart` in player.js): seconds count from where each answer begins. One is heard, the other follows it.
const clock = s => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`
// A follower that is a little off plays a little faster or slower; only one far off jumps, and not at every tick.
const OFF = 0.06
const FAR_OFF = 1
const JUMP_EVERY_MS = 2000
const NUDGE = 0.08
const stops = new WeakMap()

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".step")
  const play = root.querySelector(".play")
  const place = root.querySelector(".place")
  const shown = root.querySelector(".clock")
  const hear = root.querySelector(".hear")
  const at = {}
  let heard = data.names.at(-1)
  let playing = false

  const tell = order => document.dispatchEvent(new CustomEvent("rehearse:order", { detail: order }))
  const draw = () => {
    play.textContent = playing ? "❚❚ Pause both" : "▶ Play both"
    for (const button of hear.children) button.setAttribute("aria-pressed", button.dataset.name === heard)
    const longest = Math.max(1, ...Object.values(at).map(one => one.length || 0))
    place.max = longest.toFixed(1)
    const now = Math.max(0, at[heard]?.seconds ?? 0)
    if (document.activeElement !== place || playing) place.value = now
    shown.textContent = `${clock(now)} / ${clock(longest)}`
  }
  const choose = name => {
    heard = name
    tell({ heard })
    draw()
  }
  hear.replaceChildren(...data.names.map((name, number) => {
    const button = document.createElement("button")
    button.type = "button"
    button.dataset.name = name
    button.textContent = `Hear ${data.titles[number].toLowerCase()}`
    button.onclick = () => choose(name)
    return button
  }))
  play.onclick = () => {
    playing = !playing
    if (playing) tell({ seconds: Math.max(0, at[heard]?.seconds ?? 0), heard })
    tell({ play: playing })
    draw()
  }
  place.oninput = () => {
    tell({ seconds: Number(place.value) })
    shown.textContent = `${clock(Number(place.value))} / ${clock(Number(place.max))}`
  }

  let jumped = 0
  const keepUp = (name, lead) => {
    const behind = lead.seconds - at[name].seconds
    if (lead.seconds >= at[name].length) return
    if (Math.abs(behind) > FAR_OFF && performance.now() - jumped > JUMP_EVERY_MS) {
      jumped = performance.now()
      tell({ only: name, seconds: lead.seconds, rate: lead.rate })
    } else {
      tell({ only: name, rate: lead.rate * (Math.abs(behind) > OFF ? 1 + NUDGE * Math.sign(behind) : 1) })
    }
  }

  const stop = new AbortController()
  document.addEventListener("rehearse:at", event => {
    const { name, ...now } = event.detail
    at[name] = now
    const lead = at[heard]
    if (playing && lead && Object.values(at).every(one => one.ended)) {
      playing = false
    } else if (playing && lead && !lead.paused && name === heard) {
      for (const other of data.names.filter(one => one !== heard && at[one] && !at[one].ended)) keepUp(other, now)
    }
    draw()
  }, { signal: stop.signal })
  draw()
  tell({ report: true, heard })
  stops.get(parentElement)?.()
  stops.set(parentElement, () => stop.abort())
  return () => stops.get(parentElement)?.()
}
