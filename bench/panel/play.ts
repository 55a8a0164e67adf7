/** What the panel is sent: made in the page, and sent there one after the other as the host does. */

/** Runs in the page: makes a snapshot of `rows` rows, or appends to it. Made there, since a million rows are too many to send in. */
export function prepare({ rows, appends }: { rows: number; appends: number }): void {
  const names = ['train.loss', 'train.accuracy', 'train.f1', 'train.mae'];
  const others = ['lr', 'ms.data', 'ms.compute'];
  const block = (from: number, count: number) => {
    const step = Float64Array.from({ length: count }, (_, index) => from + index + 1);
    const values = [...names, ...others].map((_name, which) =>
      Float32Array.from(
        { length: count },
        (_, index) => 0.1 + which * 0.05 + Math.exp(-(from + index) / (rows / 8)) * (0.6 + ((index * 7919) % 97) / 97),
      ),
    );
    return {
      from,
      count,
      step: step.buffer,
      time: step.map((each) => 1.7e12 + each * 17).buffer,
      names: [...names, ...others],
      values: values.map((each) => each.buffer),
    };
  };
  const head = {
    folder: '/run',
    id: '0001-quick-hare',
    number: 1,
    title: 'bench',
    file: 'bench.model',
    state: 'running',
    attached: true,
    stopping: false,
    keepGoing: false,
    resumable: false,
    created: 0,
  };
  const started = {
    kind: 'started',
    seq: 1,
    time: 1.7e12,
    version: 1,
    run: head.id,
    title: head.title,
    engine: { id: 'onnx', device: 'cpu', title: 'engine', reason: '', threads: 1 },
    parameters: 1,
    trainable: 1,
    steps: rows * 2,
    epochs: 4,
    stepsPerEpoch: rows / 2,
    batch: 64,
    rows: { train: 1, validation: 1, test: 0 },
    metrics: names.map((name) => ({ name: name.slice(6), direction: name === 'train.loss' ? 'min' : 'max' })),
    preparing: { start: 0, data: 0, compile: 0 },
  };
  const update = (kind: string, id: number, from: number, count: number) => ({
    version: 1,
    kind,
    id,
    head,
    events: kind === 'snapshot' ? [started] : [],
    columns: block(from, count),
    progress: {
      step: from + count,
      epoch: 1,
      rows: from + count,
      elapsed: (from + count) / 60,
      stepMs: 17,
      left: 60,
      spent: { data: 1, compute: 9, validation: 1, checkpoint: 0 },
      latest: { 'train.loss': 0.1, lr: 1e-3 },
    },
    remote: false,
  });
  const messages =
    appends === 0
      ? [update('snapshot', 1, 0, rows)]
      : Array.from({ length: appends }, (_, index) => update('append', index + 2, rows + index * 100, 100));
  Object.assign(window, { prepared: messages });
}

/** Runs in the page: sends what was prepared, ten a second, and waits until each is acknowledged. */
export async function play(): Promise<{ drawn: number; longest: number }> {
  const { prepared = [] }: Window & { prepared?: { id: number }[] } = window;
  const acknowledged = (id: number) =>
    new Promise<void>((resolve) => {
      const hear = (event: Event) => {
        const { kind, upTo } = (event as CustomEvent<{ kind: string; upTo?: number }>).detail;
        if (kind !== 'ack' || upTo !== id) return;
        window.removeEventListener('from-panel', hear);
        resolve();
      };
      window.addEventListener('from-panel', hear);
    });
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
  }).observe({ type: 'longtask', buffered: false });
  const drawn: number[] = [];
  for (const message of prepared) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const sent = performance.now();
    const seen = acknowledged(message.id);
    window.dispatchEvent(new MessageEvent('message', { data: message }));
    await seen;
    drawn.push(performance.now() - sent);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  drawn.sort((a, b) => a - b);
  return { drawn: drawn[Math.floor(drawn.length / 2)] ?? 0, longest };
}
