{# A shared worker: one stream for all tabs, because browsers allow six connections to a host. #}
const preview = {{ preview | tojson }};
const ports = new Set();
let latest = null;
const spread = (message) => ports.forEach((port) => port.postMessage(message));
const source = new EventSource(`${preview.base}/stream?t=${encodeURIComponent(preview.token)}`);
source.onmessage = (event) => {
  const message = JSON.parse(event.data);
  if (message.problems) latest = { type: "hello", version: message.version, problems: message.problems };
  spread(message);
};
source.onerror = () => {
  if (source.readyState === EventSource.CLOSED) spread({ type: "gone" });
};
// For pages whose policy forbids them to ask.
const relay = async (port, { address, request, number }) => {
  const answer = await fetch(address, request).catch(() => null);
  port.postMessage({ answer: { number, status: answer ? answer.status : 502, text: answer ? await answer.text() : "" } });
};
self.onconnect = (event) => {
  const [port] = event.ports;
  port.onmessage = ({ data }) => {
    if (data === "bye") ports.delete(port);
    else if (data.address) relay(port, data);
    else ports.add(port);
  };
  ports.add(port);
  if (latest) port.postMessage(latest);
  if (source.readyState === EventSource.CLOSED) port.postMessage({ type: "gone" });
};
