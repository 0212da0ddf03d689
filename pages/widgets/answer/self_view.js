// streamlit-webrtc shows no picture while it only sends, and names browser errors in English jargon. Its iframe is
// of our own origin, so the stream it opens is shown here and its errors are explained here. One capture, not two:
// Safari mutes the first when a second one starts. Starting by itself is done here as well: the library's
// desired_playing_state connects twice when the page reruns while the browser asks for permission.
const FRAME = 'iframe[title*="webrtc_streamer"]';
const LOOK_MS = 100;
const MESSAGES = {
  NotAllowedError: "The browser was told not to use the camera or the microphone. Allow them beside the address and press Start again; or answer by typing.",
  NotFoundError: "No camera or no microphone was found. Connect one and press Start again; or use the microphone only, or answer by typing.",
  NotReadableError: "Another program is using the camera or the microphone. Close it and press Start again.",
  insecure: "This address cannot use the camera or the microphone. Open the app over https or on localhost; or answer by typing.",
};
const SAME = { OverconstrainedError: "NotFoundError", AbortError: "NotReadableError", SecurityError: "NotAllowedError" };
const explain = (name) => MESSAGES[name] ?? MESSAGES[SAME[name]] ?? `The browser could not open the camera (${name}).`;
const timers = new WeakMap();

function overhear(frame, opened, failed) {
  const devices = frame.contentWindow?.navigator?.mediaDevices;
  if (!devices || devices.overheard) return;
  const original = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    try {
      const stream = await original(constraints);
      devices.opened = stream;
      opened(stream);
      return stream;
    } catch (error) {
      failed(error.name);
      throw error;
    }
  };
  devices.overheard = true;
}

function pressStart(frame, label) {
  const home = frame.contentWindow;
  const button = [...(frame.contentDocument?.querySelectorAll("button") ?? [])].find(
    (candidate) => candidate.textContent.trim() === label && !candidate.disabled,
  );
  if (!button || home.pressed) return;
  home.pressed = true;
  button.click();
}

// The library's own Stop and device menu would stand beside ours. Out of sight and out of the keyboard's way, but
// alive: the frame holds the connection. Back in view when the candidate has to press Start or choose a device.
function tuckAway(frame, away) {
  const tucked = frame.dataset.tucked === "yes";
  if (tucked === away) return;
  frame.dataset.tucked = away ? "yes" : "";
  const box = frame.closest('[data-testid="stElementContainer"]') ?? frame;
  box.style.cssText = away ? "position:absolute;width:1px;height:1px;opacity:0;overflow:hidden;pointer-events:none" : "";
  frame.tabIndex = away ? -1 : 0;
  frame.inert = away;
  frame.setAttribute("aria-hidden", String(away));
}

const live = (stream) => stream?.getTracks().some((track) => track.readyState === "live");

export default function ({ parentElement, data, setStateValue }) {
  const view = parentElement.querySelector(".view");
  const message = parentElement.querySelector(".message");
  const say = (text) => {
    if (message.textContent === text) return;
    message.textContent = text;
    setStateValue("problem", text);
  };
  const opened = (stream) => {
    say("");
    view.srcObject = stream.getVideoTracks().length ? stream : null;
    view.hidden = !view.srcObject;
  };
  const failed = (name) => say(explain(name));
  const look = () => {
    if (!window.isSecureContext) return say(MESSAGES.insecure);
    const frame = document.querySelector(FRAME);
    if (frame) overhear(frame, opened, failed);
    if (frame && data.start) pressStart(frame, data.start);
    const stream = frame?.contentWindow?.navigator?.mediaDevices?.opened;
    if (live(stream) && view.srcObject !== stream && stream.getVideoTracks().length) opened(stream);
    if (frame) tuckAway(frame, live(stream) || Boolean(data.start && !message.textContent));
    if (!live(stream)) { view.hidden = true; view.srcObject = null; }
  };
  clearInterval(timers.get(parentElement));
  timers.set(parentElement, setInterval(look, LOOK_MS));
  look();
  return () => clearInterval(timers.get(parentElement));
}
