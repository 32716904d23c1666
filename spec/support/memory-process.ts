import { Writable } from 'node:stream';
import { cursorPagination, paginate } from 'paged-observable';
import { exportTo, writable } from 'paged-observable/export';

/*
 * Exports so many rows of 1 kB into a stream that takes so many bytes a second. Prints how many it has written now and then,
 * and in the end by how many megabytes the memory of the process rose after the first tenth. Needs --expose-gc.
 */
const [total = 0, bytesPerSecond = 0] = process.argv.slice(2).map(Number);
const PAGE = 1000;

const transport = async (request: { readonly params?: object | undefined }) => {
  await new Promise((resolve) => setImmediate(resolve));
  const at = Number(Reflect.get(request.params ?? {}, 'cursor') ?? 0);
  const rows = Array.from({ length: Math.min(PAGE, total - at) }, (_, i) => ({
    id: at + i,
    text: `${String(at + i)} `.padEnd(980, 'x'),
  }));
  const next = at + PAGE < total ? at + PAGE : null;
  return { status: 200, headers: {}, url: 'http://api.test/', body: { rows, next } };
};

let taken = 0;
let startedAt = 0;
const slow = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    startedAt ||= performance.now();
    taken += chunk.length;
    const due = startedAt + (taken / bytesPerSecond) * 1000 - performance.now();
    if (due > 1) setTimeout(done, due);
    else setImmediate(done);
  },
});

const memory = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
};

let base: number | undefined;
let most = 0;
let ahead = 0;
const rows = paginate(transport, 'http://api.test/', {
  pagination: cursorPagination({ items: '/rows', next: '/next' }),
  prefetch: 2,
});
const exported = exportTo(rows, writable(slow));
exported.subscribe({
  next: (event) => {
    if (event.type === 'summary') {
      const risen = most - (base ?? 0);
      console.log(JSON.stringify({ rows: event.rows, bytes: event.bytes, taken, risen, ahead }));
      return;
    }
    ahead = Math.max(ahead, slow.writableLength);
    if (event.pages % 20 !== 0) return;
    console.log(event.rows);
    const now = memory();
    if (event.rows >= total / 10) base ??= now;
    most = Math.max(most, now);
  },
  error: (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
});
