import { inspect } from 'node:util';

import { joinSecrets, scrub, secretsIn, secretsOf, withSecrets } from '../../lib/core/secrets';
import { marksIn } from '../support/secret-search';

const base64 = (text: string) => Buffer.from(text).toString('base64');

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

describe('scrub', () => {
  const secrets = secretsOf({ url: '/', headers: { 'x-a': 'abcdefghij' } });

  it.each(['abcdefghi', 'abcdef', 'abcd'])('takes away the beginning %s at the end', (part) => {
    expect(scrub(`found ${part}`, secrets)).toBe('found ***');
  });

  it.each(['abc', 'a', 'bcdefghij', 'abcdef.'])('leaves %s at the end', (part) => {
    expect(scrub(`found ${part}`, secrets)).toBe(`found ${part}`);
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
