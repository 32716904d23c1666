import { inspect } from 'node:util';

import {
  joinSecrets,
  keepSecrets,
  scrub,
  secretsIn,
  secretsOf,
  secretsTold,
  withSecrets,
} from '../../lib/core/secrets';
import { marksIn } from '../support/secret-search';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A value within as many objects. */
function nested(depth: number, value: unknown): unknown {
  return depth === 0 ? value : { a: nested(depth - 1, value) };
}

describe('secretsOf', () => {
  it.each<[string, Parameters<typeof secretsOf>[0], string]>([
    ['a Bearer token', { url: '/', headers: { Authorization: 'Bearer own+/=1' } }, 'own+/=1'],
    [
      'a Basic password',
      { url: '/', headers: { authorization: `Basic ${base64('u:own:1')}` } },
      'own:1',
    ],
    [
      'Basic in Base64',
      { url: '/', headers: { authorization: `Basic ${base64('u:own1')}` } },
      base64('u:own1'),
    ],
    ['a cookie', { url: '/', headers: { cookie: 'a=b; sid=own=1' } }, 'own=1'],
    ['an API key', { url: '/', headers: { 'X-Api-Key': 'own1' } }, 'own1'],
    ['a header of any name', { url: '/', headers: { 'x-tenant': 'own1' } }, 'own1'],
    [
      'what a header has in Base64',
      { url: '/', headers: { 'x-packed': base64('{"own":1}') } },
      '{"own":1}',
    ],
    ['user info', { url: 'http://u:own1@h.example/' }, 'own1'],
    ['a token of the query', { url: '/', params: { access_token: 'own1' } }, 'own1'],
    ['a signature of the URL', { url: '/a?sig=own%2B1&page=2' }, 'own+1'],
    ['a field of the body', { url: '/', body: { a: [{ password: 'own1' }] } }, 'own1'],
    ['a value in percent-encoding', { url: '/', headers: { 'x-a': 'ö wn?' } }, '%c3%b6%20wn%3f'],
    ['a value in a form', { url: '/', headers: { 'x-a': 'ö wn?' } }, '%C3%B6+wn%3F'],
    ['a value in JSON', { url: '/', headers: { 'x-a': 'ow"n\\' } }, 'ow\\"n\\\\'],
    ['a value in JSON in JSON', { url: '/', body: { secret: 'ow"n' } }, 'ow\\\\\\"n'],
    ['a value in HTML', { url: '/', headers: { 'x-a': 'o<w>&n' } }, 'o&lt;w&gt;&amp;n'],
    ['a value in Base64', { url: '/', headers: { 'x-a': 'own?>1' } }, base64('own?>1')],
    ['a value in Base64 for URLs', { url: '/', headers: { 'x-a': 'own?>1' } }, 'b3duPz4x'],
    ['its two characters for URLs', { url: '/', headers: { 'x-a': '>>>>??' } }, 'Pj4-Pj8_'],
    ['Base64 without its end', { url: '/', headers: { 'x-a': 'own1' } }, 'b3duMQ'],
    ['what short Base64 stands for', { url: '/', headers: { 'x-a': 'b3duMQ==' } }, 'own1'],
    [
      'what Base64 for URLs stands for',
      { url: '/', headers: { 'x-a': 'Pj4-Pj8_YWI' } },
      '>>>>??ab',
    ],
    ['text beyond ASCII in Base64', { url: '/', headers: { 'x-a': 'w7bDpMO8w58x' } }, 'öäüß1'],
    ['a slash in JSON', { url: '/', headers: { 'x-a': 'own/1' } }, 'own\\/1'],
    ['an apostrophe in a URL', { url: '/', headers: { 'x-a': "own'1" } }, 'own%271'],
    ['a quotation mark in HTML', { url: '/', headers: { 'x-a': 'own"1' } }, 'own&quot;1'],
    ['a number of the body', { url: '/', body: { secret: 12345 } }, '12345'],
    ['a value of the path', { url: '/{token}', path: { token: 'own1' } }, 'own1'],
    ['a field deep in the body', { url: '/', body: nested(8, { password: 'own1' }) }, 'own1'],
    ['a part behind several blanks', { url: '/', headers: { 'x-a': 'a;;  own1' } }, 'own1'],
  ])('knows %s', (_, request, sent) => {
    expect(scrub(`a ${sent} b`, secretsOf(request))).toBe('a *** b');
  });

  it.each([
    ['what is accepted', { accept: 'application/json', 'Accept-Language': 'de' }],
    ['content types', { 'content-type': 'application/json' }],
    ['words of a scheme', { authorization: 'Bearer x' }],
  ])('leaves out %s', (_, headers) => {
    const text = 'application/json de Bearer';
    expect(scrub(text, secretsOf({ url: '/items?page=7', headers }))).toBe(text);
  });
});

describe('what is no secret', () => {
  it.each<[string, Parameters<typeof secretsOf>[0], string]>([
    ['a parameter', { url: '/', params: { q: 'plain1' } }, 'plain1'],
    ['a parameter of the URL', { url: '/?q=plain1&sig=other1' }, 'plain1'],
    ['a field', { url: '/', body: { text: 'plain1', token: 'other1' } }, 'plain1'],
    [
      'a member of a field that is no text',
      { url: '/', body: { token: { a: 'plain1' } } },
      'plain1',
    ],
    ['null, true and what is deeper still', { url: '/', body: { a: null, token: true } }, 'true'],
    ['a field that is too deep', { url: '/', body: nested(9, { password: 'plain1' }) }, 'plain1'],
    ['a path', { url: '/a//b:plain1@c' }, 'plain1'],
    ['a parameter without a value', { url: '/?token&sig=other1' }, 'token'],
    ['a value of three characters', { url: '/', headers: { 'x-a': 'abc' } }, 'abc YWJj'],
    ['an empty request', { url: '' }, 'plain1 Stryker was here'],
  ])('is left as it is: %s', (_, request, text) => {
    expect(scrub(text, secretsOf(request))).toBe(text);
  });
});

describe('secretsTold', () => {
  it('are known in each form, and none where they cannot be told', () => {
    const told = secretsTold(() => ['own?>1', 'second']);
    expect(scrub(`own?>1 ${base64('own?>1')} second`, told)).toBe('*** *** ***');
    expect(secretsTold(undefined)).toEqual([]);
    expect(secretsTold(() => [])).toEqual([]);
    expect(secretsTold(() => { throw new Error('no'); })).toEqual([]); // prettier-ignore
  });
});

describe('keepSecrets', () => {
  it('notes on a copy what was noted on the reply, if anything', () => {
    const reply = withSecrets({ status: 200 }, () => ['own1']);
    expect(secretsIn(keepSecrets({ status: 200 }, reply))).toEqual(['own1']);
    const copy = { status: 201 };
    expect(keepSecrets(copy, { status: 200 })).toBe(copy);
    expect(Object.getOwnPropertySymbols(copy)).toEqual([]);
  });
});

describe('scrub', () => {
  const secrets = secretsOf({ url: '/', headers: { 'x-a': 'abcdefghij' } });

  it.each(['abcdefghi', 'abcdef', 'abcd'])('takes away the beginning %s at the end', (part) => {
    expect(scrub(`found ${part}`, secrets)).toBe('found ***');
  });

  it.each(['abc', 'a', 'bcdefghij', 'abcdef.'])('leaves %s at the end', (part) => {
    expect(scrub(`found ${part}`, secrets)).toBe(`found ${part}`);
  });

  it('leaves the word of a scheme at the end', () => {
    const bearer = secretsOf({ url: '/', headers: { authorization: 'Bearer abcdefgh' } });
    expect(scrub('of type Bearer ', bearer)).toBe('of type Bearer ');
    expect(scrub('of type Bearer abcd', bearer)).toBe('of type ***');
  });

  it('takes away the longer of two secrets that begin alike', () => {
    const both = secretsOf({ url: '/', headers: { 'x-a': 'abcdef', 'x-b': 'abcdefgh' } });
    expect(scrub('abcdefgh', both)).toBe('***');
  });
});

describe('withSecrets', () => {
  it('tells them to nobody else', () => {
    const reply = withSecrets({ status: 200 }, () => ['own1']);
    expect(secretsIn(reply)).toEqual(['own1']);
    expect(inspect(reply, { depth: 10, showHidden: true })).not.toContain('own1');
    expect(JSON.stringify(reply)).toBe('{"status":200}');
    expect({ ...reply }).toEqual({ status: 200 });
    expect(secretsIn({})).toEqual([]);
  });
});

describe('joinSecrets', () => {
  it('puts the longest first, so that none is left standing around a part of it', () => {
    const joined = joinSecrets(['abcd'], [], ['xx-abcd-yy', 'abcd']);
    expect(joined).toEqual(['xx-abcd-yy', 'abcd']);
    expect(scrub('got xx-abcd-yy', joined)).toBe('got ***');
    expect(joinSecrets([], ['one', 'other'], [])).toEqual(['one', 'other']);
    expect(joinSecrets([], [])).toEqual([]);
  });
});

describe('the search for planted secrets', () => {
  it.each([0, 1, 2, 3, 4])('finds one within Base64 after %i characters', (before) => {
    const text = base64(`${'x'.repeat(before)}zq1bearer and more`);
    expect(marksIn(text, ['zq1bearer', 'zq2basic'])).toEqual(['zq1bearer']);
  });
});
