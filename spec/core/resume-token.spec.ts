import {
  digestItems,
  digestRequest,
  readResumeToken,
  rollDigest,
  writeResumeToken,
  type ResumeState,
} from '../../lib/core/resume-token';
import { toBase64Url } from '../../lib/protocol/base64url';
import { canonicalJson } from '../../lib/protocol/canonical-json';
import { hashText } from '../../lib/protocol/hash';
import { errorOf } from '../support/error-of';

const request = digestRequest({ url: '/items' });
const state: ResumeState = {
  strategy: 'number(param=page)',
  taken: 2,
  pages: 1,
  items: 5,
  request,
};
const full: ResumeState = {
  ...state,
  chosen: 'link()',
  position: { after: [1, null] },
  left: ['sig'],
  digest: 'd',
  again: { items: 3, pages: 1, digest: 'e' },
  rows: { at: 0, end: 4, size: 2, keys: ['a', 'b'] },
  size: 10,
};

describe('a resume token', () => {
  it.each([state, full])('says what was written into it (%#)', (written) => {
    expect(readResumeToken(writeResumeToken(written))).toEqual(written);
  });

  const wrong: readonly (readonly [string, readonly unknown[]])[] = [
    ['strategy', [undefined, null, 1, {}]],
    ['chosen', [null, 1, []]],
    ['digest', [null, 1]],
    ['left', [null, 'sig', {}, [1], ['a', null]]],
    ['taken', [undefined, null, -1, 0.5, '1', 2 ** 53]],
    ['pages', [undefined, -1, '1']],
    ['items', [undefined, -1, '1']],
    ['again', [null, 1, [], {}]],
    [
      'again',
      [
        { items: -1, pages: 1, digest: 'e' },
        { items: 1, pages: '1', digest: 'e' },
      ],
    ],
    [
      'again',
      [
        { items: 1, pages: 1, digest: 7 },
        { pages: 1, digest: 'e' },
      ],
    ],
    ['rows', [null, 1, [], {}]],
    [
      'rows',
      [
        { at: -1, end: 4, size: 2, keys: [] },
        { at: 0, end: '4', size: 2, keys: [] },
      ],
    ],
    [
      'rows',
      [
        { at: 0, end: 4, size: 0.5, keys: [] },
        { at: 0, end: 4, size: 2, keys: 'ab' },
      ],
    ],
    [
      'rows',
      [
        { at: 0, end: 4, size: 2, keys: ['a', 1] },
        { at: 0, end: 4, size: 2 },
      ],
    ],
    ['size', [null, -1, '10']],
    ['request', [undefined, null, 'x', [], {}]],
    ['request', ['method', 'URL', 'params', 'body'].map((part) => ({ ...request, [part]: 1 }))],
  ];

  it.each(wrong.flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
    'is CHECKPOINT_CORRUPT with a true checksum, where %s is %j',
    (name, value) => {
      const token = writeResumeToken({ ...full, [name]: value });
      expect(errorOf(() => readResumeToken(token))).toMatchObject({
        code: 'CHECKPOINT_CORRUPT',
        message: 'The resume token cannot be read: its fields are wrong',
      });
    },
  );

  it('is CHECKPOINT_CORRUPT with a true checksum of what is no JSON', () => {
    const token = ['po1', toBase64Url('{'), hashText(canonicalJson('{'))].join('.');
    expect(errorOf(() => readResumeToken(token)).message).toBe(
      'The resume token cannot be read: its fields are wrong',
    );
  });

  it('says why it cannot be read', () => {
    const [head = '', payload = '', sum = ''] = writeResumeToken(state).split('.');
    const why = (token: string) => errorOf(() => readResumeToken(token)).message;
    const cannot = 'The resume token cannot be read: ';
    expect(why('')).toBe(`${cannot}it is none`);
    expect(why(`${head}x.${payload}.${sum}`)).toBe(`${cannot}it is none`);
    expect(why(`x${head}.${payload}.${sum}`)).toBe(`${cannot}it is none`);
    expect(why(`po1x2.${payload}.${sum}`)).toBe(`${cannot}it is none`);
    expect(why(`qq2.${payload}.${sum}`)).toBe(`${cannot}it is none`);
    expect(why(`po12.${payload}.${sum}`)).toBe(`${cannot}it is of version 12, not 1`);
    expect(why(head)).toBe(`${cannot}its checksum is wrong`);
    expect(why(`${head}.${payload}.${sum}.`)).toBe(`${cannot}its checksum is wrong`);
    expect(why(`${head}.${payload}.${sum}x`)).toBe(`${cannot}its checksum is wrong`);
  });
});

describe('the digest of a request', () => {
  const same = (one: Parameters<typeof digestRequest>[0], other: typeof one) => {
    const [a, b] = [digestRequest(one), digestRequest(other)];
    return (['method', 'URL', 'params', 'body'] as const).filter((part) => a[part] === b[part]);
  };
  const all = ['method', 'URL', 'params', 'body'];

  it('tells short values apart under names that are also those of filters, and no others', () => {
    for (const name of ['code', 'key', 'Ticket']) {
      const digestOf = (value: unknown) =>
        digestRequest({ url: '/u', params: { [name]: value as string } });
      expect(digestOf('DE').params).not.toBe(digestOf('FR').params);
      expect(digestOf(1).params).not.toBe(digestOf(2).params);
      expect(digestOf('rotated-1').params).toBe(digestOf('rotated-2').params);
      const inUrl = (value: string) => digestRequest({ url: `/u?${name}=${value}` }).URL;
      expect(inUrl('DE')).not.toBe(inUrl('FR'));
      expect(inUrl('AIzaSyA-1')).toBe(inUrl('AIzaSyB=2'));
    }
    for (const name of ['token', 'pass', 'sig', 'session', 'api_key']) {
      const digestOf = (value: string) => digestRequest({ url: '/u', params: { [name]: value } });
      expect(digestOf('a')).toEqual(digestOf('b'));
    }
  });

  it('is the same without what is left out, and without credentials', () => {
    const url = 'https://h.test/a?x=1';
    expect(same({ url }, { url, method: 'get', params: {}, path: {}, headers: { a: 'b' } })).toEqual(all); // prettier-ignore
    expect(same({ url }, { url: `${url}#a?b` })).toEqual(all);
    expect(same({ url }, { url: `${url}#a\nb` })).toEqual(all);
    expect(same({ url }, { url: 'https://u:p@h.test/a?x=1' })).toEqual(all);
    expect(same({ url }, { url: `${url}&sig=s&access_token=t` })).toEqual(all);
    expect(same({ url }, { url: 'https://h.test/a?sig=a=b&x=1' })).toEqual(all);
    expect(same({ url: '//h.test/a' }, { url: '//u:p@h.test/a' })).toEqual(all);
    expect(same({ url, params: { api_key: 'k', a: null } }, { url, path: { api_key: 'l' } })).toEqual(all); // prettier-ignore
    expect(same({ url }, { url, body: null })).toEqual(all);
    expect(same({ url, params: { a: undefined } }, { url })).toEqual(all);
    expect(same({ url: '?a=1&sig=x' }, { url: '?a=1' })).toEqual(all);
  });

  it('is another in the part that differs', () => {
    const url = 'https://h.test/a?x=1';
    expect(same({ url }, { url, method: 'POST' })).toEqual(['URL', 'params', 'body']);
    const others = ['https://h.test/a', 'https://h.test/a?x=2', 'https://h.test/a?', 'https://h.test/b@c?x=1']; // prettier-ignore
    for (const other of others) {
      expect([other, same({ url }, { url: other })]).toEqual([other, ['method', 'params', 'body']]);
    }
    expect(same({ url: '/a?b@c' }, { url: '/a?c' })).toEqual(['method', 'params', 'body']);
    expect(same({ url: '/a//b@c' }, { url: '/a//c' })).toEqual(['method', 'params', 'body']);
    expect(same({ url }, { url, params: { a: 0 } })).toEqual(['method', 'URL', 'body']);
    expect(same({ url, params: { a: 0 } }, { url, path: { a: 0 } })).toEqual(['method', 'URL', 'body']); // prettier-ignore
    expect(same({ url }, { url, body: 0 })).toEqual(['method', 'URL', 'params']);
  });
});

describe('the digest of a request in tokens of earlier versions', () => {
  it('is the same today, or they would be of another walk', () => {
    expect(digestRequest({ url: 'https://h.test/a' })).toEqual({
      method: '27f9d669c838a348',
      URL: '9d06c695cdf074f6',
      params: '0fad823d42594ee9',
      body: '68bc909b63b9890d',
    });
    const full = { method: 'post', path: { id: 1 }, params: { q: 'x' }, body: { n: [1] } };
    expect(digestRequest({ url: '/a?b=1&sig=x&c=2', ...full })).toEqual({
      method: 'a7da23896f9ba4c4',
      URL: '0a51ceb6e80d3fa1',
      params: '94f019aa155c9a83',
      body: '0483600c24792f4a',
    });
  });
});

describe('the digest of items', () => {
  it('is of what they say, in their order', () => {
    expect(digestItems([{ a: 1, b: 2 }])).toBe(digestItems([{ b: 2, a: 1 }]));
    const lists = [[], [1], [2], [1, 2], [2, 1], [[1, 2]], ['1']];
    expect(new Set(lists.map(digestItems)).size).toBe(lists.length);
  });

  it('is of their number where they are no JSON', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect([digestItems([circle]), digestItems([1, circle])]).toEqual(['#1', '#2']);
  });

  it('is the same behind others whatever pages they came in', () => {
    const whole = rollDigest('d', [1, 2, 3]);
    expect(rollDigest(rollDigest('d', [1]), [2, 3])).toBe(whole);
    expect(rollDigest(rollDigest('d', [1, 2, 3]), [])).toBe(whole);
    expect(rollDigest('e', [1, 2, 3])).not.toBe(whole);
    expect(rollDigest('d', [1, 3, 2])).not.toBe(whole);
    expect(rollDigest('d', [])).toBe('d');
  });
});
