// The voices are in the browser: they are listed, tried and chosen here, and only the chosen name is sent.
const LOOK_MS = 250;
const LOOKS = 8;
const NONE = "This browser has no English voice. Questions are shown; nothing else changes.";
const timers = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const at = (selector) => parentElement.querySelector(selector);
  const select = at(".name"), go = at(".go"), message = at(".message");
  const speech = window.speechSynthesis;
  const found = () => (speech?.getVoices() ?? []).filter((voice) => /^en/i.test(voice.lang));

  const draw = (voices) => {
    const options = [["", "The browser's own choice"], ...voices.map((voice) => [voice.name, `${voice.name} (${voice.lang})`])];
    select.replaceChildren(...options.map(([value, label]) => new Option(label, value, false, value === data.voice)));
    select.parentElement.hidden = go.hidden = !voices.length;
  };
  let looks = 0;
  const look = () => {
    const voices = found();
    draw(voices);
    looks += 1;
    if (voices.length || looks >= LOOKS) clearInterval(timers.get(parentElement));
    message.textContent = voices.length ? "" : looks >= LOOKS ? NONE : "Looking for voices ...";
  };
  clearInterval(timers.get(parentElement));
  timers.set(parentElement, setInterval(look, LOOK_MS));
  look();

  select.onchange = () => setStateValue("voice", select.value);
  go.onclick = () => {
    speech.cancel();
    const said = new SpeechSynthesisUtterance("Design a rate limiter for a public API. What would you ask first?");
    Object.assign(said, { voice: found().find((voice) => voice.name === select.value) ?? null, rate: data.rate, lang: "en-US" });
    said.onerror = () => { message.textContent = "The browser could not use this voice. Choose another one."; };
    speech.speak(said);
  };
  return () => clearInterval(timers.get(parentElement));
}
