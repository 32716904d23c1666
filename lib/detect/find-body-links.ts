import type { SelectorData } from '../strategy/pagination-description';
import type { Field, List } from './body-view';
import { endsEmpty } from './ends-empty';
import type { Finder, Lead } from './lead';
import { isPath, isSurelyLink, resolved } from './link-text';
import type { Sight } from './sight';
import { isAbout } from './signals';
import { isNextName } from './token-names';
import { stemOf } from './words';

/** Members of an object `next` that hold its URL. */
const TARGETS = ['href', 'url', 'uri', 'link'];

/** Nouns of tokens: what stands there and begins with a slash is not at once a path. */
const TOKENS = new Set(['token', 'cursor', 'key', 'marker', 'continuation', 'bookmark']);

/** A URL in a field of the body that says `next`: `next`, `nextLink`, `links.next.href`, `next_page_uri` ... */
export const findBodyLinks: Finder = (sight, list) =>
  [...linkFields(sight), ...moreLinks(sight, list)]
    .filter((field) => isAbout(field, list))
    .flatMap((field) => leadOf(field, sight, list));

/** All fields that say `next` and hold a link. */
export function linkFields(sight: Sight): readonly Field<string>[] {
  return [...sight.body.scalars, ...sight.headers].flatMap((field) => {
    const { value } = field;
    return typeof value === 'string' && saysNext(field) && isLink(field, value, sight)
      ? [{ ...field, value }]
      : [];
  });
}

function saysNext({ words, name, above }: Field): boolean {
  if (isNextName(words)) return true;
  const outer = above.at(-1) ?? [];
  return TARGETS.includes(name.toLowerCase()) && isNextName(outer);
}

/** A link to more of just these items: `more_topics_url` beside `topics`. */
function moreLinks({ body }: Sight, list: List): readonly Field<string>[] {
  const names = new Set(list.words.map(stemOf));
  return body.scalars.flatMap((field) => {
    const { value, words } = field;
    const [more, ...rest] = words;
    const what = rest.slice(0, -1);
    const isOfItems = what.length > 0 && what.every((word) => names.has(stemOf(word)));
    if (more !== 'more' || !isOfItems || !TARGETS.includes(words.at(-1) ?? '')) return [];
    return typeof value === 'string' && isSurelyLink(value) ? [{ ...field, value }] : [];
  });
}

function isLink({ words }: Field, text: string, sight: Sight): boolean {
  if (isSurelyLink(text)) return true;
  const isToken = words.some((word) => TOKENS.has(stemOf(word)));
  return isPath(text, sight) || (!isToken && /^\/[^/\s]+\/\S+$/.test(text));
}

function leadOf(field: Field<string>, sight: Sight, list: List): readonly Lead[] {
  const { value, pointer, words } = field;
  const link = resolved(value, sight);
  if (link === undefined) return [];
  const { hasBody } = sight.request;
  const path = link.replace(/[?#].*$/s, '');
  const own = (sight.reply.url === '' ? sight.request.request.url : sight.reply.url).replace(
    /[?#].*$/s,
    '',
  );
  // A link is asked for by GET: what stood in the body of a POST would be lost, unless the link is to somewhere else.
  const confidence = hasBody ? (path === own ? 0.35 : 0.75) : 0.97;
  return [
    {
      description: {
        kind: 'link',
        next: selectorOf(field, sight),
        ...(endsEmpty(pointer, list, sight.reply.body) && { emptyPage: 'end' }),
      },
      confidence: field.parent.startsWith('$') ? confidence - 0.1 : confidence,
      isFirm: true,
      evidence: [
        { found: `a link to the next page in ${words.join(' ')}`, at: pointer, weight: confidence },
      ],
    },
  ];
}

/**
 * Some links lack the beginning of the path, which stands beside them as `base`. Which it is shows the path of the request: one
 * and the same service does it both ways.
 */
function selectorOf({ pointer, name, parent, value }: Field<string>, sight: Sight): SelectorData {
  if (name === 'href') return parent; // the object may also say that its link is a template
  const base = sight.body.scalars.find(
    (other) =>
      other.parent === parent && ['base', 'base url', 'base uri'].includes(other.words.join(' ')),
  );
  if (base === undefined || typeof base.value !== 'string' || !value.startsWith('/')) {
    return pointer;
  }
  const prefix = base.value.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/\/$/, '');
  const { path } = sight.request;
  const lacks = prefix !== '' && !value.startsWith(`${prefix}/`) && path.startsWith(`${prefix}/`);
  return lacks ? { joined: [base.pointer, pointer] } : pointer;
}
