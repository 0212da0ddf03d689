// A text box that keeps what is written in it (see drafting.js), and may have a button that sends it.
const boxes = new WeakMap();

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const part = (name) => parentElement.querySelector(`.${name}`);
  const text = part("text");
  const send = part("send");
  const write = (draft) => {
    text.value = draft.version || draft.text ? draft.text : data.initial;
    show();
  };
  const box =
    boxes.get(parentElement) ??
    new Drafting(parentElement, { read: () => ({ text: text.value }), write, send: (change) => setStateValue("draft", change) });
  boxes.set(parentElement, box);
  Object.assign(box, { write, send: (change) => setStateValue("draft", change) });
  const words = () => text.value.trim().split(/\s+/).filter(Boolean).length;
  const show = () => {
    const written = words();
    part("count").textContent = `${written} ${written === 1 ? "word" : "words"}`;
    text.disabled = !data.enabled || box.closing !== null;
    send.disabled = text.disabled || written === 0 || box.other !== null;
  };
  const finish = () => {
    if (send.hidden || send.disabled) return;
    box.close((change) => setTriggerValue("sent", change));
    show();
  };
  part("label").textContent = data.label;
  send.textContent = data.send;
  send.hidden = part("hint").hidden = !data.send;
  text.placeholder = data.placeholder;
  text.maxLength = data.longest;
  text.rows = data.rows;
  text.oninput = () => {
    box.changed();
    show();
  };
  text.onblur = () => box.save();
  text.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      finish();
    }
  };
  send.onclick = finish;
  const waited = box.closing !== null;
  box.hear(data.draft);
  show();
  if (waited && box.closing === null) box.comesBack = true;
  if (box.comesBack && data.enabled) {
    box.comesBack = false;
    if (document.activeElement === document.body || parentElement.contains(document.activeElement))
      text.focus({ preventScroll: true });
  }
  clearInterval(box.look);
  box.look = setInterval(show, 1000);
  return () => {
    clearInterval(box.look);
    box.stop();
    boxes.delete(parentElement);
  };
}
