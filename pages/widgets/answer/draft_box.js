// A text box whose words reach the server while they are written (a reload loses none), and that is emptied only
// when the server says so: `version` counts the drafts it has taken.
const WAIT_MS = 700;
const boxes = new WeakMap();

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const text = parentElement.querySelector(".text");
  const send = parentElement.querySelector(".send");
  const count = parentElement.querySelector(".count");
  const box = boxes.get(parentElement) ?? { version: null, sent: "", timer: 0, waiting: false };
  boxes.set(parentElement, box);
  const words = () => text.value.trim().split(/\s+/).filter(Boolean).length;
  const show = () => {
    const written = words();
    count.textContent = `${written} ${written === 1 ? "word" : "words"}`;
    send.disabled = text.disabled || written === 0;
  };
  const keep = () => {
    clearTimeout(box.timer);
    if (text.value === box.sent) return;
    box.sent = text.value;
    setStateValue("draft", { text: text.value, version: box.version });
  };
  const finish = () => {
    if (send.disabled) return;
    clearTimeout(box.timer);
    box.sent = text.value;
    setTriggerValue("sent", { text: text.value, version: box.version });
    box.waiting = text.disabled = true;
    show();
  };
  parentElement.querySelector(".label").textContent = data.label;
  send.textContent = data.send;
  text.placeholder = data.placeholder;
  if (data.version !== box.version) {
    const again = box.version !== null;
    Object.assign(box, { version: data.version, sent: data.draft, waiting: false });
    text.value = data.draft;
    text.disabled = !data.enabled;
    if (again && data.enabled) text.focus({ preventScroll: true });
  }
  text.disabled = !data.enabled || box.waiting;
  text.oninput = () => {
    show();
    clearTimeout(box.timer);
    box.timer = setTimeout(keep, WAIT_MS);
  };
  text.onblur = keep;
  text.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      finish();
    }
  };
  send.onclick = finish;
  show();
}
