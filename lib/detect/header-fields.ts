import type { Field } from './body-view';
import { wordsOf } from './words';

/** Headers about something else, though their names hold words of paging. */
const OTHER =
  /^(?:content-|accept|access-control|date$|age$|etag$|link$|range|set-cookie|cache-|cookie|server|via$|vary$|x-powered|x-frame|x-runtime|retry|warning|www-)|rate-?limit|quota|request-id|trace/i;

/** The headers of a reply that may say something about paging, as fields named without their prefix. */
export function headerFields(headers: Readonly<Record<string, string>>): readonly Field<string>[] {
  const fields = Object.entries(headers)
    .filter(([name]) => !OTHER.test(name))
    .slice(0, 100)
    .map(([name, value]) => ({ name, value, words: wordsOf(name) }));
  return fields.map(({ name, value, words }) => ({
    pointer: `$response.headers#/${name}`,
    name,
    words: withoutPrefix(words, fields),
    above: [],
    parent: '$response.headers',
    value,
  }));
}

/** `X-Page-Limit`, `X-Page-Page` and `X-Page-Total` are limit, page and total. */
function withoutPrefix(
  words: readonly string[],
  all: readonly { readonly words: readonly string[] }[],
): readonly string[] {
  const bare = words[0] === 'x' ? words.slice(1) : words;
  const skipped = words.length - bare.length;
  const [prefix, ...rest] = bare;
  const siblings = all.filter((other) => other.words[skipped] === prefix);
  // `X-Next-Id` and `X-Next-Row-Number` have no prefix: it is what they say.
  const isPrefix = siblings.length >= 3 && prefix !== 'next';
  return rest.length > 0 && isPrefix ? rest : bare;
}
