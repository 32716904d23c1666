import type { PageRequest } from 'paged-observable';

import type { RequestText } from './http-text';

/** Twelve secrets, each in one of the forms in which requests carry them, and one that only a link of the server carries. Their marks stand in nothing else. */
export const marks = {
  bearer: 'zq1bearer',
  basic: 'zq2basic',
  cookie: 'zq3cookie',
  apiKey: 'zq4apikey',
  custom: 'zq5custom',
  proxy: 'zq6proxy',
  userInfo: 'zq7userinfo',
  query: 'zq8query',
  signed: 'zq9signed',
  body: 'zq10body',
  base64: 'zq11base64',
  percent: 'zq12percent',
  link: 'zq13link',
} as const;

/** A secret with characters that encodings change. */
function secret(name: keyof typeof marks): string {
  return `${marks[name]}-A1+/=`;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Headers of every form; a request has one Authorization only. */
export function secretHeaders(authorization: 'bearer' | 'basic'): Record<string, string> {
  return {
    authorization:
      authorization === 'bearer'
        ? `Bearer ${secret('bearer')}`
        : `Basic ${base64(`user:${secret('basic')}`)}`,
    cookie: `theme=dark; sid=${secret('cookie')}`,
    'x-api-key': secret('apiKey'),
    'x-tenant': secret('custom'),
    'proxy-authorization': `Basic ${base64(`agent:${secret('proxy')}`)}`,
    'x-packed': base64(secret('base64')),
  };
}

/** The parts of a request besides its headers that carry secrets. */
export const secretParts: Partial<PageRequest> = {
  url: `/items?sig=${secret('signed').replaceAll('+', '%2B')}`,
  method: 'POST',
  params: { access_token: secret('query'), password: `${marks.percent} ä/+"` },
  body: { filter: 'all', client_secret: `${secret('body')}"\\` },
};

/** A link to the second page that its server has signed. */
export const signedLink = `/items?cursor=p2&X-Amz-Signature=${encodeURIComponent(secret('link'))}`;

/** What a server may send back of a request: as it came, decoded, encoded once more. */
export function echoOf({ target, headers, body }: RequestText): Record<string, unknown> {
  const values = headers.map(([, value]) => value);
  const decoded = values
    .filter((value) => value.startsWith('Basic '))
    .map((value) => Buffer.from(value.slice(6), 'base64').toString());
  return {
    title: `No access for ${[...values, ...decoded].join(' | ')}`,
    detail: `${decodeURIComponent(target)} ${encodeURIComponent(values.join())}`,
    target,
    headers: Object.fromEntries(headers),
    body,
    packed: values.map(base64),
    unpacked: values.map((value) => Buffer.from(value, 'base64').toString()),
  };
}

/** Every text of an echo alone, so that nothing hides behind the length of an excerpt. */
export function echoTexts(request: RequestText): readonly string[] {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(echoOf(request));
  return texts;
}
