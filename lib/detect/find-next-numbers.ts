import { readWhole } from '../strategy/read-values';
import type { Field } from './body-view';
import { ownCounter } from './find-counters';
import type { Finder, Lead } from './lead';
import { siblingName } from './sibling-name';
import type { RequestSlot } from './request-slot';
import type { Sight } from './sight';
import { isAbout } from './signals';
import type { Signals } from './signals';
import { isOffsetName, isPageName } from './slot-names';
import { isNextName } from './token-names';

/** The number of the next page, or the next offset, given by the reply: `next_page: 2`, `nextPageStart: 50`. */
export const findNextNumbers: Finder = (sight, list, signals) =>
  [...sight.body.scalars, ...sight.headers]
    .filter((field) => isAbout(field, list) && isNextName(field.words))
    .flatMap((field) => leadOf(field, sight, list.value.length, signals));

function leadOf(field: Field, sight: Sight, count: number, signals: Signals): readonly Lead[] {
  const value = readWhole(field.value);
  if (value === undefined) return [];
  const base = field.words.filter((word) => word !== 'next' && word !== 'x');
  const offsetWords = base[0] === 'page' && base.length > 1 ? base.slice(1) : base;
  const kind = kindOf(base, offsetWords, value, sight, count, signals);
  if (kind === undefined) return [];
  const slot = kind === 'page' ? sight.request.page : sight.request.offset;
  const echo = echoOf(kind, offsetWords, signals);
  const named = slot ?? placeFor(kind, base, offsetWords, echo, sight);
  const isMove = movesOn(kind, value, slot, echo, count);
  // A counter is the plainer way where it can be seen how many pages there are.
  const isEndSeen =
    kind === 'page' &&
    [signals.totalPages, signals.totalCount, signals.hasMore].some(
      (signal) => signal !== undefined,
    );
  const known = isEndSeen ? 0.8 : 0.95;
  const surety = slot !== undefined || echo !== undefined ? known : base.length > 0 ? 0.76 : 0.4;
  const now = echo?.value ?? (kind === 'page' ? 1 : 0);
  const what = kind === 'page' ? 'page number' : 'offset';
  const doubt = slot === undefined ? ownCounter(sight, now, what) : undefined;
  const confidence = doubt !== undefined ? 0.45 : isMove ? surety : surety - 0.3;
  const { place, param } = named;
  return [
    {
      description: {
        kind: 'cursor',
        ...(place !== 'params' && { in: place }),
        param,
        // Some end with a number that is no place: 0 is no page after the first, and -1 no offset.
        next: { unless: [field.pointer, kind === 'page' ? 0 : -1] },
      },
      confidence,
      isFirm: slot !== undefined,
      evidence: [
        {
          found: `the next ${what}, ${String(value)}`,
          at: field.pointer,
          weight: confidence,
        },
      ],
      doubt,
    },
  ];
}

function kindOf(
  base: readonly string[],
  offsetWords: readonly string[],
  value: number,
  { request }: Sight,
  count: number,
  { pages, offsets }: Signals,
): 'page' | 'offset' | undefined {
  if (base.length > 0) {
    if (isPageName(base)) return 'page';
    return isOffsetName(offsetWords) ? 'offset' : undefined;
  }
  // A bare `next` is what it follows.
  const page = request.page?.number ?? pages[0]?.value;
  if (page !== undefined && value === page + 1) return 'page';
  const offset = request.offset?.number ?? offsets[0]?.value;
  return offset !== undefined && value === offset + count ? 'offset' : undefined;
}

function echoOf(
  kind: 'page' | 'offset',
  offsetWords: readonly string[],
  { pages, offsets }: Signals,
): { readonly name: string; readonly value: number } | undefined {
  if (kind === 'page') {
    const page = pages[0];
    return page === undefined ? undefined : { name: 'page', value: page.value };
  }
  const offset = offsets.find(
    ({ field }) => offsetWords.length === 0 || field.words.join(' ') === offsetWords.join(' '),
  );
  return offset === undefined ? undefined : { name: offset.field.name, value: offset.value };
}

function placeFor(
  kind: 'page' | 'offset',
  base: readonly string[],
  offsetWords: readonly string[],
  echo: { readonly name: string } | undefined,
  { request }: Sight,
): Pick<RequestSlot, 'place' | 'param'> {
  const words = kind === 'page' ? (base.length === 0 ? ['page'] : base) : offsetWords;
  const own = echo?.name ?? words.join('_');
  const name = siblingName(request, words.length === 0 ? [own] : words, own);
  const isBody = request.size === undefined ? request.hasBody : request.size.place === 'body';
  return isBody
    ? { place: 'body', param: `${request.bodyParent}/${name}` }
    : { place: 'params', param: name };
}

/** Whether the number is the one after this page's. */
function movesOn(
  kind: 'page' | 'offset',
  value: number,
  slot: RequestSlot | undefined,
  echo: { readonly value: number } | undefined,
  count: number,
): boolean {
  const now = slot?.number ?? echo?.value;
  if (now === undefined) return kind === 'page' ? value <= 2 : value <= count + 1;
  return kind === 'page' ? value === now + 1 : value > now;
}
