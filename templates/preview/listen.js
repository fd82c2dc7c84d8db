// One stream for all tabs; where there are no shared workers, one for each tab that is in view.
const listen = (hear) => {
  const shared = () => {
    const worker = new SharedWorker(`${preview.base}/assets/${preview.token}/stream.js`, "connectif-kit");
    const waiting = [];
    worker.port.onmessage = ({ data }) => {
      if (data.answer) waiting[data.answer.number](new Response(data.answer.text || null, { status: data.answer.status }));
      else hear(data);
    };
    askWorker = (address, request) => new Promise((resolve) => worker.port.postMessage({ address, request, number: waiting.push(resolve) - 1 }));
    addEventListener("pagehide", () => worker.port.postMessage("bye"));
    addEventListener("pageshow", (event) => event.persisted && worker.port.postMessage("hello"));
  };
  const alone = () => {
    let source;
    const turn = () => {
      if (source) source.close();
      source = document.hidden ? undefined : new EventSource(`${preview.base}/stream?t=${encodeURIComponent(preview.token)}`);
      if (source) source.onmessage = (event) => hear(JSON.parse(event.data));
    };
    document.addEventListener("visibilitychange", turn);
    turn();
  };
  try {
    shared();
  } catch (error) {
    alone();
  }
};
// After a restart the server has another token: the page is asked for again as soon as it answers.
const comeBack = async () => {
  for (;;) {
    const answer = await fetch(`${preview.base}/alive`).catch(() => null);
    if (answer && answer.ok) return location.reload();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
};
