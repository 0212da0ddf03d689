// Lines are kept where they are and only what is new is added, so that neither what is read nor what is marked moves.
const NEAR_END_PX = 24;

export default function ({ parentElement, data }) {
  const log = parentElement.querySelector(".log");
  const follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
  data.lines.forEach((line, place) => {
    const shown = log.children[place] ?? log.appendChild(document.createElement("p"));
    const says = `${line.who}\n${line.text}`;
    if (shown.dataset.says === says) return;
    shown.dataset.says = says;
    shown.className = line.kind;
    const who = document.createElement("span");
    who.className = "who";
    who.textContent = line.who;
    shown.replaceChildren(...(line.who ? [who] : []), line.text);
  });
  while (log.children.length > data.lines.length) log.lastChild.remove();
  if (follows) log.scrollTop = log.scrollHeight;
  const newest = data.lines.filter((line) => line.kind === "interviewer").at(-1);
  const news = parentElement.querySelector(".news");
  if (newest && news.textContent !== newest.text) news.textContent = newest.text;
}
