import {
  choosePagination,
  cursorPagination,
  linkPagination,
  numberPagination,
  paginate,
  type EndEvent,
  type PageRequest,
  type WalkEvent,
} from 'paged-observable';
import { of } from 'rxjs';

function recorder() {
  const ends: EndEvent[] = [];
  return {
    ends,
    events: {
      next: (event: WalkEvent) => {
        if (event.type === 'end') ends.push(event);
      },
    },
  };
}

describe('the resume token of a link walk', () => {
  /** Links that carry the position, and a signature of their page, under names of credentials. */
  const transport = ({ url }: PageRequest) => {
    const query = new URL(url).searchParams;
    const at = Number(query.get('key') ?? 0);
    const isSigned = query.get('sig') === `s${String(at)}` && query.get('api_key') === 'mine';
    const next = new URL(
      `http://api.test/items?key=${String(at + 10)}&sig=s${String(at + 10)}&api_key=mine`,
    );
    return of({
      status: isSigned ? 200 : 403,
      headers: {},
      url,
      body: { items: [at], ...(at < 40 && { next: next.href }) },
    });
  };
  const url = 'http://api.test/items?key=0&sig=s0&api_key=mine';
  const pagination = linkPagination<number>({ items: '/items', next: '/next' });

  it('holds neither the own credential nor what the link says under the name of one', async () => {
    const { ends, events } = recorder();
    const list = paginate<number>(transport, url, { pagination, events, maxPages: 2 });
    const values: number[] = [];
    await list.forEach((value) => values.push(value));
    const token = ends[0]!.resumeToken;
    const text = Buffer.from(token.split('.')[1]!, 'base64url').toString();
    expect(text).not.toMatch(/key|sig|mine/);
    expect(text).toContain('"again":{"items":2,"pages":2');

    await list
      .with({ resumeFrom: token, maxPages: Infinity })
      .forEach((value) => values.push(value));
    expect(values).toEqual([0, 10, 20, 30, 40]);
  });
});

describe('a choice whose later pages are counted', () => {
  it('sees that page 2 repeats page 1, which another strategy read', async () => {
    const transport = () =>
      of({
        status: 200,
        headers: {},
        url: 'http://api.test/',
        body: { data: [{ id: 1 }, { id: 2 }] },
      });
    const pagination = choosePagination([
      cursorPagination({ items: '/data', next: '/next' }),
      numberPagination({ items: '/data' }),
    ]);
    const values: unknown[] = [];
    const failure = await paginate(transport, '/items', { pagination })
      .forEach((value) => values.push(value))
      .catch((reason: unknown) => reason);
    expect(values).toEqual([{ id: 1 }, { id: 2 }]);
    expect(failure).toMatchObject({ code: 'LOOP', itemsEmitted: 2 });
  });
});

describe('a schema that gives promises of another realm', () => {
  it('is waited for', async () => {
    const validate = (value: unknown) => {
      const result = value === 2 ? { issues: [{ message: 'not two' }] } : { value };
      // As a Promise of another window is: no instance of ours.
      return { then: (done: (result: unknown) => void) => { done(result); } }; // prettier-ignore
    };
    const schema = { '~standard': { version: 1, vendor: 'test', validate } } as never;
    const list = (items: number[]) =>
      paginate(() => of({ status: 200, headers: {}, url: '', body: items }), '/items', {
        schema,
        pagination: numberPagination(),
        maxPages: 1,
      });
    const values: unknown[] = [];
    await list([1, 3]).forEach((value) => values.push(value));
    expect(values).toEqual([1, 3]);
    await expect(list([1, 2]).forEach(() => undefined)).rejects.toMatchObject({
      code: 'BAD_SHAPE',
    });
  });
});
