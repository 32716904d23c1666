import { once } from 'node:events';
import type { Writable } from 'node:stream';

import { checkOptions, describe, isFlag, isOneOf } from '../core/check-options';
import { onAbort } from '../core/on-abort';

import { csvRows, type CsvOptions } from './csv-rows';
import { CSV_CHECKS } from './files';
import { jsonRows, ndjsonRows } from './json-rows';
import type { Sink, SinkSession } from './sink';
import { TextOutput } from './text-output';
import { writeRows } from './write-rows';

/** How rows are written into a stream; the options of CSV are for that format only. */
export interface WritableOptions extends CsvOptions {
  /** @defaultValue 'ndjson' */
  readonly format?: 'ndjson' | 'json' | 'csv' | undefined;
  /** @defaultValue false */
  readonly gzip?: boolean | undefined;
  /** Ends the stream when the export is whole. @defaultValue true */
  readonly end?: boolean | undefined;
}

/**
 * Any writable stream of Node: a socket, the input of another program, an upload. The walk waits for `drain`. Nobody can say
 * what of it has arrived, so there are no checkpoints and an export into it cannot be resumed. A stream that fails or is
 * closed early errors the export with `SINK`; one that is left before its end is destroyed if it was to be ended.
 *
 * @throws TypeError for what is no stream, and for an unknown or wrong option
 */
export function writable(stream: Writable, options: WritableOptions = {}): Sink {
  if (typeof Reflect.get(Object(stream), 'write') !== 'function') {
    throw new TypeError(`writable: expected a writable stream, got ${describe(stream)}`);
  }
  return streamSink('the stream', stream, options, 'writable');
}

/** Standard output: `writable(process.stdout, { end: false })`, done when every byte has left the process. */
export function stdout(options: Omit<WritableOptions, 'end'> = {}): Sink {
  return streamSink('standard output', process.stdout, { ...options, end: false }, 'stdout');
}

function streamSink(name: string, stream: Writable, options: WritableOptions, where: string): Sink {
  checkOptions(where, options, {
    format: isOneOf('ndjson', 'json', 'csv'),
    gzip: isFlag,
    end: isFlag,
    ...CSV_CHECKS,
  });
  const { format: formatName = 'ndjson', gzip = false, end = true, ...csv } = options;
  if (formatName !== 'csv' && Object.values(csv).some((value) => value !== undefined)) {
    throw new TypeError(`${where}: ${Object.keys(csv).join(', ')} go with the format 'csv' only`);
  }
  const format = { ndjson: ndjsonRows, json: jsonRows, csv: csvRows(csv) }[formatName];
  return {
    name,
    settings: { ...format.settings, gzip: gzip ? 'yes' : 'no' },
    resumable: false,
    open: () => {
      const writer = format.writer();
      const output = new StreamOutput(stream);
      const text = new TextOutput((bytes) => output.write(bytes), { gzip, kept: true });
      let isWhole = false;
      const session: SinkSession = {
        get bytes() {
          return output.bytes;
        },
        begin: async () => {
          await output.ready();
        },
        // A page is handed on at once: whoever reads along should not wait for the next.
        write: async (rows) => {
          await writeRows(rows, writer, text);
          await text.flush();
        },
        commit: () => text.flush(),
        finish: async () => {
          await text.add(writer.end());
          await text.finish({ isEmpty: output.bytes === 0 });
          await output.finish(end);
          isWhole = true;
        },
        leave: () => {
          output.leave();
        },
        close: () => {
          output.close();
          if (end && !isWhole) stream.destroy();
          return Promise.resolve();
        },
      };
      return Promise.resolve(session);
    },
  };
}

/** A stream with backpressure, whose failure is met by the next write. */
class StreamOutput {
  bytes = 0;
  readonly #stream: Writable;
  #failure: Error | undefined;
  readonly #left = new AbortController();
  readonly #failed = (error: Error) => {
    this.#failure ??= error;
  };

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', this.#failed);
  }

  /** Resolves when the stream takes more. */
  async ready(): Promise<void> {
    this.#check();
    if (!this.#stream.writableNeedDrain) return;
    const waiting = new AbortController();
    const { signal } = waiting;
    const stopListening = onAbort(this.#left.signal, () => {
      waiting.abort();
    });
    try {
      await Promise.race([
        once(this.#stream, 'drain', { signal }),
        once(this.#stream, 'close', { signal }),
      ]);
    } finally {
      stopListening();
      waiting.abort();
    }
    this.#check();
  }

  async write(bytes: Buffer): Promise<void> {
    this.#check();
    this.bytes += bytes.length;
    if (!this.#stream.write(bytes)) await this.ready();
  }

  /** Resolves when every byte has been handed to the system. */
  async finish(end: boolean): Promise<void> {
    this.#check();
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => {
        if (error === undefined || error === null) resolve();
        else reject(error);
      };
      if (!end) {
        this.#stream.write('', done);
        return;
      }
      this.#stream.once('error', reject);
      this.#stream.end(() => {
        resolve();
      });
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Who waits for the stream waits no longer. */
  leave(): void {
    this.#left.abort();
  }

  close(): void {
    // Left in place where the stream has failed or will be destroyed: an error nobody listens to ends the process.
    if (this.#failure === undefined && this.#stream.writable)
      this.#stream.off('error', this.#failed);
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#stream.destroyed) throw new Error('the stream was closed before its end');
  }
}
