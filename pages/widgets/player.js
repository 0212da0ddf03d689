const clock = s => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`

function seek(video, seconds) {
  const go = () => { video.currentTime = Math.max(0, seconds) }
  if (video.readyState >= 1) go()
  else video.addEventListener("loadedmetadata", go, { once: true })
}

export default function ({ data, parentElement }) {
  const video = parentElement.querySelector("video")
  const list = parentElement.querySelector(".lines")
  const speeds = parentElement.querySelector(".speed")
  if (video.dataset.url !== data.url) {
    video.dataset.url = data.url
    video.src = data.url
    video.dataset.seek = ""
  }
  const drawn = JSON.stringify(data.lines)
  if (list.dataset.drawn !== drawn) {
    list.dataset.drawn = drawn
    list.replaceChildren(...data.lines.map(line => {
      const item = document.createElement("li")
      const button = document.createElement("button")
      const time = document.createElement("time")
      const text = document.createElement("span")
      time.textContent = clock(line.start_seconds)
      text.textContent = line.text
      button.append(time, text)
      button.onclick = () => { seek(video, line.start_seconds); video.play() }
      item.append(button)
      return item
    }))
  }
  if (!speeds.children.length) {
    speeds.replaceChildren(...[0.75, 1, 1.25, 1.5, 2].map(rate => {
      const button = document.createElement("button")
      button.textContent = `${rate}x`
      button.setAttribute("aria-pressed", rate === 1)
      button.onclick = () => {
        video.playbackRate = rate
        for (const other of speeds.children) other.setAttribute("aria-pressed", other === button)
      }
      return button
    }))
  }
  video.ontimeupdate = () => {
    const now = data.lines.findIndex(l => video.currentTime >= l.start_seconds && video.currentTime < l.end_seconds)
    Array.from(list.children).forEach((item, i) => item.firstChild.classList.toggle("now", i === now))
  }
  if (data.seek && video.dataset.seek !== data.seek.id) {
    video.dataset.seek = data.seek.id
    seek(video, data.seek.seconds)
  }
}
