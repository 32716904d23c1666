import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { exportTo, stdout, writable } from 'paged-observable/export';

import { until } from '../demo/demo-client';
import { lines, PagesApi, told } from './api';

/** A stream that takes nothing, as a reader that does not read. */
function stalled(): Writable {
  return new Writable({ highWaterMark: 10, write: () => undefined });
}

describe('writable', () => {
  it('ends the stream when the export is whole, unless it is told not to', async () => {
    for (const end of [true, false]) {
      const stream = new PassThrough();
      const api = new PagesApi(2, 2);
      const { error } = await told(exportTo(api.paged(), writable(stream, { end })));
      expect(error).toBeUndefined();
      expect(stream.writableEnded).toBe(end);
      expect(String(stream.read())).toBe(lines(api.all));
      expect(stream.listenerCount('error')).toBe(end ? stream.listenerCount('error') : 0);
    }
  });

  it('compresses', async () => {
    const stream = new PassThrough();
    const api = new PagesApi(3, 2);
    await told(exportTo(api.paged(), writable(stream, { gzip: true })));
    expect(gunzipSync(stream.read() as Buffer).toString()).toBe(lines(api.all));
  });

  it('hands on each page at once', async () => {
    const stream = new PassThrough();
    const api = new PagesApi(3, 2);
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      exportTo(api.paged(), writable(stream)).subscribe({
        next: ({ type }) => type === 'progress' && seen.push(String(stream.read())),
        complete: resolve,
      });
    });
    expect(seen).toEqual([1, 2, 3].map((page) => lines(api.rows(page))));
  });

  it('asks for no page while the stream takes nothing, and leaves at once', async () => {
    const stream = stalled();
    const api = new PagesApi(5, 2);
    const subscription = exportTo(api.paged(), writable(stream)).subscribe();
    await until(() => stream.writableNeedDrain);
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(api.asked).toEqual([1]);
    subscription.unsubscribe();
    await until(() => stream.destroyed);
    expect(api.asked).toEqual([1]);
  });

  it('errors with SINK when the stream fails, or is closed before its end', async () => {
    const failing = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const api = new PagesApi(5, 2);
    const failed = await told(exportTo(api.paged(), writable(failing)));
    expect(failed.error).toMatchObject({ code: 'SINK', cause: { code: 'EPIPE' } });
    expect(api.asked.length).toBeLessThan(3);

    const closed = stalled();
    const late = told(exportTo(new PagesApi(5, 2).paged(), writable(closed)));
    await until(() => closed.writableNeedDrain);
    closed.destroy();
    await once(closed, 'close');
    const { error } = await late;
    expect(error).toMatchObject({
      code: 'SINK',
      message: 'The output the stream failed: the stream was closed before its end',
    });
  });

  it('leaves in its error where the walk stands, since there is no checkpoint', async () => {
    const api = new PagesApi(4, 2);
    api.failing.set(3, 400);
    const { error } = await told(exportTo(api.paged(), writable(new PassThrough())));
    expect(error).toMatchObject({ code: 'HTTP_STATUS', itemsEmitted: 4 });
    api.failing.clear();
    const { resumeToken } = error as { resumeToken: string };
    const rest = new PassThrough();
    await told(exportTo(api.paged({ resumeFrom: resumeToken }), writable(rest)));
    expect(String(rest.read())).toBe(lines(api.rows(3, 4)));
  });

  it('refuses what is no stream, resuming, and options that do not fit', () => {
    expect(() => {
      Reflect.apply(writable, undefined, [{}]);
    }).toThrow('expected a writable stream');
    const paged = new PagesApi(1, 1).paged();
    expect(() => exportTo(paged, stdout(), { resume: true })).toThrow(
      'an export to standard output cannot be resumed',
    );
    expect(() => stdout({ columns: ['a'] })).toThrow("go with the format 'csv' only");
  });
});
