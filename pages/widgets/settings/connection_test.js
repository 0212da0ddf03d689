// Asks each STUN and TURN server for an address, then sends a word to itself through the relay. No camera, no microphone.
const GATHER_MS = 8000;
const RELAY_MS = 8000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function gather(server) {
  const connection = new RTCPeerConnection({ iceServers: [server] });
  const found = new Set(), errors = [];
  const complete = new Promise((resolve) => {
    connection.onicecandidate = ({ candidate }) => (candidate ? found.add(candidate.type) : resolve());
    connection.onicecandidateerror = ({ errorCode, errorText }) => errors.push({ errorCode, errorText });
  });
  connection.createDataChannel("test");
  await connection.setLocalDescription();
  await Promise.race([complete, wait(GATHER_MS)]);
  connection.close();
  return { found, errors };
}

async function relayed(server) {
  const both = [0, 1].map(() => new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" }));
  const [caller, answerer] = both;
  both.forEach((one, index) => { one.onicecandidate = ({ candidate }) => candidate && both[1 - index].addIceCandidate(candidate).catch(() => {}); });
  const heard = new Promise((resolve) => { answerer.ondatachannel = ({ channel }) => { channel.onmessage = () => resolve(true); }; });
  const channel = caller.createDataChannel("test");
  channel.onopen = () => channel.send("hello");
  await caller.setLocalDescription();
  await answerer.setRemoteDescription(caller.localDescription);
  await answerer.setLocalDescription();
  await caller.setRemoteDescription(answerer.localDescription);
  const works = await Promise.race([heard, wait(RELAY_MS).then(() => false)]);
  both.forEach((one) => one.close());
  return works;
}

function fault(errors, name) {
  const codes = errors.map((error) => error.errorCode);
  if (codes.includes(401) || codes.includes(438)) return `${name} refuses the user name or password: check TURN_USERNAME and TURN_CREDENTIAL, or the shared secret and both clocks.`;
  if (codes.includes(486) || codes.includes(508)) return `${name} is full: raise its quota or its range of relay ports.`;
  return `${name} cannot be reached from this browser: check its address and port, and that the firewall lets it through.`;
}

async function judge(server) {
  const name = [].concat(server.urls)[0], turn = /^turns?:/.test(name);
  const { found, errors } = await gather(server);
  if (!turn) return { name, ok: found.has("srflx") || found.has("host"), text: found.has("srflx") ? `${name} answers.` : errors.length ? fault(errors, name) : `${name} found no other address: this browser and the server share a network.` };
  if (!found.has("relay")) return { name, ok: false, text: fault(errors, name) };
  return (await relayed(server)) ? { name, ok: true, text: `${name} carries data.` } : { name, ok: false, text: `${name} takes the login but carries nothing: open its relay ports (49152-65535/udp) on its firewall.` };
}

export default function ({ parentElement, data, setStateValue }) {
  const message = parentElement.querySelector(".message");
  parentElement.querySelector(".go").onclick = async () => {
    message.textContent = "Testing ...";
    let result;
    if (!window.RTCPeerConnection) result = { ok: false, message: "This browser cannot do WebRTC. Record in the browser or upload a file instead." };
    else if (!data.servers.length) result = { ok: true, message: "No STUN or TURN server is set. Live video works on this computer and inside its own network." };
    else {
      const found = await Promise.all(data.servers.map(judge));
      result = { ok: found.every((one) => one.ok), message: found.map((one) => `${one.ok ? "✓" : "✗"} ${one.text}`).join("\n") };
    }
    message.textContent = result.message;
    setStateValue("result", result);
  };
}
