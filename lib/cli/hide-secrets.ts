import { isCredentialName } from '../core/credential-name';

/** A URL without user name and password, and with the values of its credentials masked; the rest stays as it is. */
export function hideSecrets(url: string): string {
  const bare = url.replace(/#.*$/s, '').replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/?]*@/i, '$1//');
  const mark = bare.indexOf('?');
  if (mark < 0) return bare;
  const pairs = bare.slice(mark + 1).split('&');
  return `${bare.slice(0, mark)}?${pairs.map(hidePair).join('&')}`;
}

function hidePair(pair: string): string {
  const name = pair.split('=', 1)[0] ?? '';
  return name.length < pair.length && isCredentialName(decode(name)) ? `${name}=***` : pair;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A copy of a JSON value with the values of its credentials masked. */
export function hideFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideFields);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isCredentialName(name) && typeof field !== 'object' ? '***' : hideFields(field),
    ]),
  );
}
