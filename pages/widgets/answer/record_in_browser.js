// Records in the browser and puts the file into Streamlit's own uploader, which streams it over plain HTTP.
// Until the server has it, every second is also in the browser's own database: a closed tab loses one second.
// WebM first: Chromium lets go of every second of it, but of mp4 only some seconds after each key frame.
const KINDS = [
  "video/webm;codecs=h264,opus", "video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/mp4;codecs=avc1.42E01F,opus",
  "video/webm;codecs=vp9,opus", "video/webm",
];
const SOUND_KINDS = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/webm"];
const SLICE_MS = 1000;
const QUALITY = { videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 96_000, videoKeyFrameIntervalDuration: SLICE_MS };
const DAY_MS = 86_400_000; // what nobody came back for within a day is dropped
const LEFT_MS = 3000; // younger pieces may be growing in another tab
const running = new WeakMap();
const MESSAGES = {
  NotAllowedError: "The browser was told not to use the camera or microphone. Allow them beside the address, then try again; or upload a file.",
  NotFoundError: "No camera or microphone was found. Connect one and try again; or upload a file.",
  NotReadableError: "Another program is using the camera or microphone. Close it and try again.",
  insecure: "This address cannot use the camera or the microphone. Open the app over https or on localhost; or upload a file.",
};

function database() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("rehearse recordings", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("pieces", { autoIncrement: true }).createIndex("key", "key");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function shelf(mode, act) {
  const opened = await database();
  try {
    return await new Promise((done, failed) => {
      const change = opened.transaction("pieces", mode);
      const asked = act(change.objectStore("pieces"));
      change.oncomplete = () => done(asked?.result);
      change.onerror = change.onabort = () => failed(change.error);
    });
  } finally {
    opened.close();
  }
}

const keep = (key, piece) => shelf("readwrite", (pieces) => { pieces.add({ key, piece, at: Date.now() }); });
const kept = (key) => shelf("readonly", (pieces) => pieces.index("key").getAll(key));
const forget = (key) => shelf("readwrite", (pieces) => {
  const asked = pieces.index("key").getAllKeys(key);
  asked.onsuccess = () => asked.result.forEach((one) => pieces.delete(one));
});
const sweep = () => shelf("readwrite", (pieces) => {
  const asked = pieces.openCursor();
  asked.onsuccess = () => {
    const one = asked.result;
    if (!one) return;
    if (Date.now() - one.value.at > DAY_MS) one.delete();
    one.continue();
  };
});
const full = () => {}; // no room, or a private window: the recording is in memory all the same

function handOver(blob, data) {
  const suffix = blob.type.includes("mp4") ? "mp4" : "webm";
  const input = document.querySelector(`.st-key-${data.uploader} input[type=file]`);
  if (!input) return false;
  const files = new DataTransfer();
  files.items.add(new File([blob], `answer.${suffix}`, { type: blob.type.split(";")[0].replace("x-matroska", "webm") }));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

const clock = (ms) => `${Math.floor(ms / 60000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;

function release(root) {
  const state = running.get(root);
  if (!state) return;
  clearInterval(state.timer);
  state.stream.getTracks().forEach((track) => track.stop());
  running.delete(root);
}

export default function ({ parentElement, data }) {
  const at = (selector) => parentElement.querySelector(selector);
  const say = (text) => { at(".message").textContent = text; };
  const give = (pieces, type) =>
    say(handOver(new Blob(pieces, { type }), data) ? "Handing the recording over ..." : "The upload field is missing; reload the page.");
  const showing = (recording) => {
    at(".start").hidden = recording;
    at(".stop").hidden = !recording;
    at(".view").hidden = !recording || !data.video;
  };

  async function offerWhatIsLeft() {
    await sweep();
    if (data.received) return forget(data.uploader);
    const left = await kept(data.uploader);
    if (running.has(parentElement) || !left.length) return;
    if (Date.now() - left.at(-1).at < LEFT_MS) return setTimeout(() => offerWhatIsLeft().catch(full), LEFT_MS);
    at(".left").hidden = false;
    at(".give").onclick = () => {
      at(".left").hidden = true;
      give(left.map((one) => one.piece), left[0].piece.type);
    };
    at(".drop").onclick = () => {
      at(".left").hidden = true;
      forget(data.uploader).catch(full);
    };
  }

  if (!running.has(parentElement)) offerWhatIsLeft().catch(full);

  at(".start").onclick = async () => {
    if (!window.isSecureContext || !navigator.mediaDevices || !window.MediaRecorder) return say(MESSAGES.insecure);
    say("");
    try {
      // The shape that a live answer has: another one would show another part of the seat, and other numbers.
      const picture = data.video && { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30, max: 30 } };
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: picture });
      await forget(data.uploader).catch(full);
      begin(stream);
    } catch (error) {
      say(MESSAGES[error.name] ?? `The browser could not record (${error.name}).`);
    }
  };

  function begin(stream) {
    const mimeType = (data.video ? KINDS : SOUND_KINDS).find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { mimeType, ...QUALITY });
    const pieces = [], began = performance.now();
    const timer = setInterval(() => { at(".time").textContent = `● ${clock(performance.now() - began)}`; }, 500);
    running.set(parentElement, { stream, timer });
    at(".left").hidden = true;
    recorder.ondataavailable = (event) => {
      if (!event.data.size) return;
      pieces.push(event.data);
      keep(data.uploader, event.data).catch(full);
    };
    recorder.onstop = () => {
      release(parentElement);
      showing(false);
      at(".time").textContent = "";
      give(pieces, recorder.mimeType);
    };
    stream.getTracks().forEach((track) => { track.onended = () => recorder.state !== "inactive" && recorder.stop(); });
    at(".stop").onclick = () => recorder.stop();
    at(".view").srcObject = stream;
    recorder.start(SLICE_MS);
    showing(true);
  }

  return () => release(parentElement);
}
