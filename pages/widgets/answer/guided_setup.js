// Two points in about ten seconds. Snapshots are taken here and sent once over the page's own connection: that
// works where WebRTC is blocked, keeps no recording, and opens the camera no longer than needed.
const EVERY_MS = 250;
const SHOTS = 10;
const SETTLE_MS = 1500;
const WIDTH = 640;
const running = new WeakMap();
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function stop(root) {
  const state = running.get(root);
  if (!state) return;
  state.over = true;
  state.stream?.getTracks().forEach((track) => track.stop());
  state.sound?.close();
  running.delete(root);
}

async function open(video) {
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: true });
  } catch {
    return navigator.mediaDevices.getUserMedia({ video });
  }
}

function ear(state) {
  const track = state.stream.getAudioTracks()[0];
  if (!track) return () => null;
  state.sound = new AudioContext();
  const analyser = state.sound.createAnalyser();
  analyser.fftSize = 8192;
  state.sound.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
  };
}

function snapshot(view) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = Math.round((WIDTH * view.videoHeight) / view.videoWidth);
  canvas.getContext("2d").drawImage(view, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.85).split(",", 2)[1];
}

async function take(state, view, listen, levels) {
  await wait(SETTLE_MS);
  const shots = [];
  for (let index = 0; index < SHOTS && !state.over; index++) {
    await wait(EVERY_MS);
    shots.push(snapshot(view));
    const level = listen();
    if (level !== null) levels.push(level);
  }
  return shots;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const at = (selector) => parentElement.querySelector(selector);
  at(".go").textContent = data.label;
  const say = (text) => { at(".say").textContent = text; };
  if (!running.has(parentElement)) say("");

  at(".go").onclick = async () => {
    stop(parentElement);
    const state = { over: false };
    running.set(parentElement, state);
    if (!window.isSecureContext || !navigator.mediaDevices) {
      say("This address cannot use the camera. Open the app over https or on localhost, or skip the set-up.");
      return;
    }
    say("Waiting for the browser's question to be answered ...");
    try {
      state.stream = await open({ width: { ideal: WIDTH }, height: { ideal: 480 } });
    } catch (error) {
      say(`The camera could not be opened (${error.name}). Allow it beside the address, or skip the set-up.`);
      return;
    }
    const view = at(".view");
    view.srcObject = state.stream;
    view.hidden = false;
    await view.play();
    const levels = [], listen = ear(state);
    say("1 of 2 · Sit upright, stay quiet, and look straight into the camera lens.");
    const lens = await take(state, view, listen, levels);
    say("2 of 2 · Now read this line on the screen, silently:");
    at(".read").hidden = false;
    const screen = await take(state, view, listen, levels);
    const over = state.over;
    const echo = state.stream.getAudioTracks()[0]?.getSettings().echoCancellation ?? null;
    stop(parentElement);
    view.hidden = at(".read").hidden = true;
    view.srcObject = null;
    if (over) return;
    say("Looking at the pictures ...");
    levels.sort((a, b) => a - b);
    const noise = levels.length ? levels[Math.floor(levels.length / 2)] : null;
    setTriggerValue("taken", { lens, screen, noise, echo });
  };

  return () => stop(parentElement);
}
