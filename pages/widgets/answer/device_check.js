// Runs wholly in the browser: pictures and sound stay here, only the verdict goes to the server.
const SILENT = 0.01; // root mean square of full scale, about -40 dB: a quiet room is below, speech above
const LISTEN_MS = 4000;
const running = new WeakMap();

const MESSAGES = {
  NotAllowedError: "The browser was told not to use it. Allow the camera and the microphone beside the address, then check again; or answer by typing.",
  NotFoundError: "None was found. Connect one and check again; or answer by typing.",
  NotReadableError: "Another program is using it. Close that program and check again.",
  insecure: "This address cannot use the camera or the microphone. Open the app over https, or on localhost.",
  silent: "The microphone is silent. Say a few words; check that it is not muted and that the right one is chosen.",
};
const explain = (name) => MESSAGES[name] ?? MESSAGES[{ OverconstrainedError: "NotFoundError", AbortError: "NotReadableError" }[name]] ?? `The browser could not open it (${name}).`;

async function open(constraints) {
  try {
    return { stream: await navigator.mediaDevices.getUserMedia(constraints) };
  } catch (error) {
    return { error: error.name };
  }
}

async function openAll(video) {
  const both = await open({ audio: true, video });
  if (both.stream || !video) return { streams: both.stream ? [both.stream] : [], microphone: both.error, camera: video ? undefined : null };
  const microphone = await open({ audio: true });
  const camera = await open({ video: true });
  const streams = [microphone.stream, camera.stream].filter(Boolean);
  return { streams, microphone: microphone.error, camera: camera.error };
}

function stop(root) {
  const state = running.get(root);
  if (!state) return;
  cancelAnimationFrame(state.tick);
  state.streams.forEach((stream) => stream.getTracks().forEach((track) => track.stop()));
  state.sound?.close();
  running.delete(root);
}

function verdict(found, level, video) {
  const lines = [];
  if (found.microphone) lines.push(`Microphone: ${explain(found.microphone)}`);
  if (video && found.camera) lines.push(`Camera: ${explain(found.camera)}`);
  if (!found.microphone && level !== null && level < SILENT) lines.push(MESSAGES.silent);
  return {
    camera_ok: video && !found.camera, microphone_ok: !found.microphone, level,
    message: lines.join("\n") || (level === null ? "" : video ? "Camera and microphone work." : "The microphone works."),
  };
}

export default function ({ parentElement, data, setStateValue }) {
  const at = (selector) => parentElement.querySelector(selector);
  const video = data.video;
  at(".go").textContent = video ? "Check camera and microphone" : "Check the microphone";

  const tell = (result) => {
    at(".message").textContent = result.message;
    setStateValue("result", result);
  };

  at(".go").onclick = async () => {
    stop(parentElement);
    at(".message").textContent = "Waiting for the browser's question to be answered ...";
    if (!window.isSecureContext || !navigator.mediaDevices) {
      tell({ camera_ok: false, microphone_ok: false, level: null, message: MESSAGES.insecure });
      return;
    }
    const found = await openAll(video);
    const state = { streams: found.streams, tick: 0, sound: null };
    running.set(parentElement, state);
    show(state, found);
    if (found.microphone) tell(verdict(found, null, video));
    else listen(state, found);
  };

  function show(state, found) {
    const tracks = state.streams.flatMap((stream) => stream.getTracks());
    at(".names").textContent = tracks.map((track) => track.label).join("\n");
    const picture = tracks.find((track) => track.kind === "video");
    at(".view").hidden = !picture;
    at(".view").srcObject = picture ? new MediaStream([picture]) : null;
    at(".meter").hidden = Boolean(found.microphone);
  }

  function listen(state, found) {
    const sound = (state.sound = new AudioContext());
    const analyser = sound.createAnalyser();
    const track = state.streams.flatMap((stream) => stream.getAudioTracks())[0];
    sound.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const began = performance.now();
    let peak = 0, told = false;
    const tick = () => {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
      peak = Math.max(peak, level);
      at(".level").value = Math.min(1, level * 5);
      const heard = peak >= SILENT;
      if (heard !== told && (heard || performance.now() - began > LISTEN_MS) || (told === false && performance.now() - began > LISTEN_MS)) {
        told = heard ? true : null;
        tell(verdict(found, peak, video));
      }
      state.tick = requestAnimationFrame(tick);
    };
    at(".message").textContent = "Say a few words.";
    tick();
  }

  return () => stop(parentElement);
}
