// Reads a question aloud with the browser's own voice, a sentence at a time (long texts make some voices stop), and
// reports when it ended, on the browser's clock. A browser without a voice, or one whose voice does not start, shows
// the text only and reports at once: the interview never waits for a voice.
const VOICES_MS = 1500;
const START_MS = 4000;
const MS_A_WORD = 1000; // slower than the slowest rate on offer: a voice that takes longer has got stuck
const GRACE_MS = 4000;
const readings = new WeakMap();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function voices(speech) {
  const until = Date.now() + VOICES_MS;
  while (!speech.getVoices().length && Date.now() < until) await wait(100);
  return speech.getVoices();
}

function chosen(all, name) {
  return all.find((voice) => voice.name === name) ?? all.find((voice) => voice.default && /^en/i.test(voice.lang)) ?? all.find((voice) => /^en/i.test(voice.lang)) ?? null;
}

function say(speech, text, voice, rate) {
  return new Promise((resolve) => {
    const spoken = new SpeechSynthesisUtterance(text);
    const limit = GRACE_MS + (text.split(/\s+/).length * MS_A_WORD) / rate;
    let timer = setTimeout(() => resolve("The browser's voice did not start."), START_MS);
    Object.assign(spoken, { voice, rate, lang: voice?.lang ?? "en-US" });
    spoken.onstart = () => { clearTimeout(timer); timer = setTimeout(() => resolve("The browser's voice stopped."), limit); };
    spoken.onend = () => { clearTimeout(timer); resolve(""); };
    spoken.onerror = () => { clearTimeout(timer); resolve("The browser's voice failed."); };
    speech.kept = spoken; // Chromium forgets an utterance that nobody holds, and then never says that it ended
    speech.speak(spoken);
  });
}

async function play(reading, address, rate) {
  const sound = new Audio(address);
  sound.playbackRate = rate;
  return new Promise((resolve) => {
    sound.onended = () => resolve("");
    sound.onerror = () => resolve("The sound could not be played.");
    reading.halt = () => { sound.pause(); resolve(""); };
    sound.play().catch(() => resolve("The browser did not allow the sound."));
  });
}

async function read(reading, data, light) {
  if (!data.aloud) return "";
  if (data.sound && !(await play(reading, data.sound, data.rate))) return "";
  const speech = window.speechSynthesis;
  const all = speech ? await voices(speech) : [];
  if (!all.length) return "This browser has no voice, so the question is shown only.";
  const voice = chosen(all, data.voice);
  if (!voice) return "This browser has no English voice, so the question is shown only.";
  speech.cancel();
  for (let place = 0; place < data.sentences.length && !reading.stopped; place += 1) {
    light(place);
    const failed = await Promise.race([say(speech, data.sentences[place], voice, data.rate), reading.stop]);
    if (failed && !reading.stopped) { speech.cancel(); return failed; }
  }
  return "";
}

function begun(parentElement) {
  const reading = { stopped: false, halt: null };
  reading.stop = new Promise((resolve) => { reading.end = () => { reading.stopped = true; reading.halt?.(); window.speechSynthesis?.cancel(); resolve("stopped"); }; });
  readings.get(parentElement)?.reading?.end();
  return reading;
}

export default function ({ parentElement, data, setStateValue }) {
  const at = (selector) => parentElement.querySelector(selector);
  const kept = readings.get(parentElement) ?? { id: null, reading: null };
  readings.set(parentElement, kept);
  const text = at(".text"), go = at(".go"), message = at(".message");
  text.hidden = !data.shown;
  if (text.dataset.drawn !== data.id) {
    text.dataset.drawn = data.id;
    text.replaceChildren(...data.sentences.flatMap((sentence) => {
      const one = document.createElement("span");
      one.textContent = sentence;
      return [one, " "];
    }));
    message.textContent = "";
  }
  const light = (place) => text.querySelectorAll("span").forEach((one, n) => one.classList.toggle("now", n === place));
  const label = (running) => { go.textContent = running ? data.labels.stop : data.labels.start; go.hidden = !data.aloud; };

  const start = async () => {
    const reading = (kept.reading = begun(parentElement));
    kept.id = data.id;
    label(true);
    const began = Date.now();
    if (data.aloud) message.textContent = data.labels.reading;
    const reason = await read(reading, data, light);
    if (kept.reading !== reading || reading.gone) return;
    kept.reading = null;
    const ended = Date.now();
    light(-1);
    label(false);
    message.textContent = reason;
    setStateValue("spoken", { id: data.id, began, ended, sent: Date.now(), first_seen: kept.seen, server_then: kept.server, aloud: data.aloud && !reason, stopped: reading.stopped, reason });
  };

  if (kept.server === undefined) Object.assign(kept, { seen: Date.now(), server: data.now });
  go.onclick = () => (kept.reading ? kept.reading.end() : start());
  label(Boolean(kept.reading));
  go.disabled = data.waiting;
  if (data.waiting || message.textContent === data.labels.waiting) message.textContent = data.waiting ? data.labels.waiting : "";
  if (data.auto && !data.waiting && kept.id !== data.id && !data.done) start();
  return () => { if (kept.reading) { kept.reading.gone = true; kept.reading.end(); } };
}
