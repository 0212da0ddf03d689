// Records in the browser and puts the file into Streamlit's own uploader, which streams it over plain HTTP.
const KINDS = [
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/mp4;codecs=avc1.42E01F,opus",
  "video/webm;codecs=h264,opus", "video/webm;codecs=vp9,opus", "video/webm",
];
const SOUND_KINDS = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/webm"];
const SLICE_MS = 1000;
const running = new WeakMap();
const MESSAGES = {
  NotAllowedError: "The browser was told not to use the camera or microphone. Allow them beside the address, then try again; or upload a file.",
  NotFoundError: "No camera or microphone was found. Connect one and try again; or upload a file.",
  NotReadableError: "Another program is using the camera or microphone. Close it and try again.",
  insecure: "This address cannot use the camera or the microphone. Open the app over https or on localhost; or upload a file.",
};

function handOver(blob, data) {
  const suffix = blob.type.includes("mp4") ? "mp4" : "webm";
  const input = document.querySelector(`.st-key-${data.uploader} input[type=file]`);
  if (!input) return false;
  const files = new DataTransfer();
  files.items.add(new File([blob], `answer.${suffix}`, { type: blob.type.split(";")[0] }));
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
  const showing = (recording) => {
    at(".start").hidden = recording;
    at(".stop").hidden = !recording;
    at(".view").hidden = !recording || !data.video;
  };

  at(".start").onclick = async () => {
    if (!window.isSecureContext || !navigator.mediaDevices || !window.MediaRecorder) return say(MESSAGES.insecure);
    say("");
    try {
      // The shape that a live answer has: another one would show another part of the seat, and other numbers.
      const picture = data.video && { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30, max: 30 } };
      begin(await navigator.mediaDevices.getUserMedia({ audio: true, video: picture }));
    } catch (error) {
      say(MESSAGES[error.name] ?? `The browser could not record (${error.name}).`);
    }
  };

  function begin(stream) {
    const mimeType = (data.video ? KINDS : SOUND_KINDS).find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 96_000 });
    const pieces = [], began = performance.now();
    const timer = setInterval(() => { at(".time").textContent = `● ${clock(performance.now() - began)}`; }, 500);
    running.set(parentElement, { stream, timer });
    recorder.ondataavailable = (event) => event.data.size && pieces.push(event.data);
    recorder.onstop = () => {
      release(parentElement);
      showing(false);
      at(".time").textContent = "";
      const blob = new Blob(pieces, { type: recorder.mimeType });
      say(handOver(blob, data) ? "Handing the recording over ..." : "The upload field is missing; reload the page.");
    };
    stream.getTracks().forEach((track) => { track.onended = () => recorder.state !== "inactive" && recorder.stop(); });
    at(".stop").onclick = () => recorder.stop();
    at(".view").srcObject = stream;
    recorder.start(SLICE_MS);
    showing(true);
  }

  return () => release(parentElement);
}
