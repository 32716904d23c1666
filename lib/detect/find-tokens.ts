import { isRecord } from '../protocol/is-record';
import type { SelectorData } from '../strategy/pagination-description';
import { firstNames, isUnder, isWithin } from './body-view';
import type { Field, List, ObjectField } from './body-view';
import { endsEmpty } from './ends-empty';
import type { Finder, Lead } from './lead';
import { isPath, isSurelyLink } from './link-text';
import { OTHER_COUNTS } from './rank-lists';
import type { Sight } from './sight';
import { isAbout } from './signals';
import { tokenSlot } from './token-slot';
import { isBareToken, isLastKey, isNextName } from './token-names';
import { wordsOf } from './words';

/** Opaque texts that say where the list goes on. */
export const findTokens: Finder = (sight, list, { hasMore }) => [
  ...[...sight.body.scalars, ...sight.headers]
    .filter((field) => isAbout(field, list) && !isUnder(field, OTHER_COUNTS))
    .flatMap((field) => leadOf(field, sight, list, hasMore?.value)),
  ...openTokens(sight, list).map((field) => openLead(field, sight)),
];

/** Objects that are called as tokens are; they are sent back in a way of their own. */
export function openTokens({ body }: Sight, list: List): readonly ObjectField[] {
  return body.objects.filter(
    ({ words, value, pointer }) =>
      (isLastKey(words) || (isNextName(words) && words.length > 1)) &&
      !isWithin(pointer, list.pointer) &&
      firstNames(value, 50).some((name) => value[name] !== null && value[name] !== ''),
  );
}

function openLead({ pointer, name }: ObjectField, { request }: Sight): Lead {
  const confidence = 0.15;
  return {
    description: request.hasBody
      ? { kind: 'cursor', in: 'body', param: `${request.bodyParent}/${name}`, next: pointer }
      : { kind: 'cursor', spread: true, next: pointer },
    confidence,
    isFirm: false,
    evidence: [
      {
        found: `an object called ${name}, which says where the list goes on`,
        at: pointer,
        weight: confidence,
      },
    ],
  };
}

function leadOf(
  field: Field,
  sight: Sight,
  list: List,
  hasMore: boolean | undefined,
): readonly Lead[] {
  const { value, words, pointer } = field;
  if (!isToken(value) || !saysToken(field)) return [];
  const isCounted = /^-?\d+$/.test(String(value));
  if (typeof value === 'string' && (isSurelyLink(value) || isPath(value, sight))) return [];
  if (isCounted && isCounter(words)) return []; // a number that counts pages or items is looked at elsewhere
  const own = isRecord(list.value.at(-1)) && isValueOf(value, list.value.at(-1));
  const slot = tokenSlot({ ...field, value }, sight, hasMore);
  if (slot === undefined) return [];
  // The key of the last item goes to a parameter with a name of its own: starting_after, before_id ...
  const isItemKey = own && words[0] === 'last';
  const isPart = isLastKey(words) && isPartOf(field);
  const confidence = (isItemKey || isPart) && !slot.isFirm ? 0.3 : slot.confidence;
  const next: SelectorData = pointer;
  return [
    {
      description: {
        kind: 'cursor',
        ...(slot.place !== 'params' && { in: slot.place }),
        param: slot.param,
        next,
        ...((isEndless(slot.param, sight) || endsEmpty(pointer, list, sight.reply.body)) && {
          emptyPage: 'end',
        }),
      },
      confidence,
      isFirm: slot.isFirm,
      evidence: [
        {
          found: `a token called ${words.join(' ')}, to be sent ${slot.why}`,
          at: pointer,
          weight: confidence,
        },
      ],
    },
  ];
}

function isToken(value: unknown): value is string | number {
  return (
    (typeof value === 'string' && value !== '' && value.length <= 8_192) ||
    typeof value === 'number'
  );
}

function saysToken({ words, name, parent, above }: Field): boolean {
  if (parent.startsWith('$')) return isHeaderToken(name);
  if (isNextName(words) || isBareToken(words) || isLastKey(words)) return true;
  const isBoundary = words.length === 2 && words[1] === 'after';
  return isNextName(above.at(-1) ?? []) && (isBareToken(words) || isBoundary);
}

function isHeaderToken(name: string): boolean {
  const words = wordsOf(name);
  return (
    words.includes('continuation') ||
    words.includes('cursor') ||
    (words.includes('next') &&
      words.some((word) => ['token', 'cursor', 'page', 'key'].includes(word))) ||
    words.at(-1) === 'after'
  );
}

/** Whether the token is one of several values that only go back together: an object of last keys. */
function isPartOf({ above }: Field): boolean {
  return above.at(-1)?.includes('last') === true;
}

/** Names of tokens that a number under them makes a count of. */
function isCounter(words: readonly string[]): boolean {
  if (!words.includes('next')) return words.join(' ') === 'position';
  const noun = words.at(-1) ?? '';
  return ['next', 'page', 'offset', 'start', 'skip', 'number', 'index', 'from', 'row'].includes(
    noun,
  );
}

/** Whether a value stands in an item, one or two levels deep. */
function isValueOf(value: string | number, item: unknown): boolean {
  if (!isRecord(item)) return false;
  return firstNames(item, 50).some((name) => {
    const one = item[name];
    return (
      one === value || (isRecord(one) && firstNames(one, 50).some((inner) => one[inner] === value))
    );
  });
}

/** A cursor that begins with `*` never goes away: lists that are walked so end with an empty page (Solr's cursorMark). */
function isEndless(param: string, { request }: Sight): boolean {
  return request.slots.some((slot) => slot.param === param && slot.value === '*');
}
