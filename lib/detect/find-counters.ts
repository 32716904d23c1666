import type { Field, List } from './body-view';
import type { Evidence } from './detection';
import type { Finder, Lead } from './lead';
import type { RequestSlot } from './request-slot';
import { siblingName } from './sibling-name';
import type { Sight } from './sight';
import type { Signals } from './signals';
import type { Signal } from './totals';

/** Page numbers and offsets: in the request, else repeated by the reply of a request that has a size. */
export const findCounters: Finder = (sight, list, signals) => {
  const { page, offset } = sight.request;
  const count = list.value.length;
  if (page !== undefined) return [numberLead(sight, page, signals)];
  if (offset !== undefined) return [offsetLead(sight, offset, count)];
  return [
    ...signals.pages.flatMap((one) => echoedPage(sight, one, signals, list)),
    ...signals.offsets.flatMap((one) => echoedOffset(sight, one, signals)),
    ...(signals.pages.length === 0 ? sizedPage(sight, signals) : []),
  ];
};

function numberLead(sight: Sight, slot: RequestSlot, signals: Signals): Lead {
  const { size } = sight.request;
  return {
    description: {
      kind: 'number',
      ...placeOf(slot),
      ...(isZeroBased(slot, sight, signals) && { first: 0 }),
      ...sizeOf('sizeParam', size, slot),
    },
    confidence: 0.9,
    isFirm: true,
    evidence: [{ found: 'a page number in the request', at: slotLabel(slot), weight: 0.9 }],
  };
}

/** Counting from 0 is believed where it is shown; counting from 1 asks for one page more than there is at worst. */
function isZeroBased({ number }: RequestSlot, { size: asked }: Sight, signals: Signals): boolean {
  if (number === 0) return true;
  const size = asked ?? signals.size;
  if (number === undefined || size === undefined) return false;
  return signals.offsets.some(
    ({ value, field }) => value === number * size && !field.words.includes('index'),
  );
}

function offsetLead(sight: Sight, slot: RequestSlot, count: number): Lead {
  const { number = 0 } = slot;
  const size = sight.size ?? count;
  // Only a counter that begins at 0 ends where the total is; where it is not known, 1 is the safe side.
  const isFromOne = number === 1 || (number > 0 && size > 1 && number % size === 1);
  return {
    description: {
      kind: 'offset',
      ...placeOf(slot),
      ...(isFromOne && { first: 1 }),
      ...sizeOf('limitParam', sight.request.size, slot),
    },
    confidence: sight.size === undefined ? 0.75 : 0.9,
    isFirm: true,
    evidence: [{ found: 'an offset in the request', at: slotLabel(slot), weight: 0.9 }],
  };
}

const PAGE_NAMES: Readonly<Record<string, readonly [words: readonly string[], surety: number]>> = {
  page: [['page'], 0.84],
  'current page': [['page'], 0.79],
  'page number': [['page', 'number'], 0.7],
  'page no': [['page', 'no'], 0.7],
  'page num': [['page', 'num'], 0.7],
  'page index': [['page', 'index'], 0.65],
  'page current': [['page'], 0.65],
  'page page': [['page'], 0.8],
  p: [['p'], 0.84],
  pg: [['pg'], 0.8],
};

function echoedPage(
  sight: Sight,
  { value, field }: Signal<number>,
  signals: Signals,
  list: List,
): readonly Lead[] {
  const [words, surety] = PAGE_NAMES[field.words.join(' ')] ?? [['page'], 0.5];
  const { size } = sight.request;
  const name = siblingName(
    sight.request,
    words,
    words.length === 1 ? (words[0] ?? '') : field.name,
  );
  let confidence = surety;
  if (sight.size === undefined && !isBesideCounts(field, signals, list)) confidence -= 0.4;
  if (value > 1) confidence -= 0.4; // a first page that is not the first
  if (signals.totalPages !== undefined) confidence += 0.05;
  if (size?.words.includes('page') === true) confidence += 0.05;
  if (isSizeEchoedBeside(field, size, sight)) confidence += 0.03;
  const doubt = ownCounter(sight, value, 'page number');
  confidence = Math.min(doubt === undefined ? 0.9 : 0.45, confidence);
  return [
    {
      description: {
        kind: 'number',
        ...placeBeside(sight, name),
        ...(value === 0 && { first: 0 }),
        ...sizeOf('sizeParam', size, undefined),
      },
      confidence,
      isFirm: false,
      evidence: echoEvidence('page number', field, sight, confidence),
      doubt,
    },
  ];
}

/**
 * Whether a page number stands beside the list, and the numbers of items, of pages and of what came fit each other: then the
 * parameter has its name. In an object of its own the parameter may have that object's name too.
 */
function isBesideCounts(
  { parent }: Field,
  { totalCount, totalPages }: Signals,
  { parent: own, value: { length } }: List,
): boolean {
  if (parent !== own || totalCount === undefined || totalPages === undefined || length === 0) {
    return false;
  }
  return totalPages.value > 1 && Math.ceil(totalCount.value / length) === totalPages.value;
}

function echoedOffset(
  sight: Sight,
  { value, field }: Signal<number>,
  signals: Signals,
): readonly Lead[] {
  const last = field.words.at(-1) ?? '';
  const isIndex = last === 'index' || last === 'at' || last === 'position';
  const words = isIndex ? field.words.slice(-2) : [last];
  const { size } = sight.request;
  const name = siblingName(
    sight.request,
    words,
    words.length === 1 ? (words[0] ?? '') : ownTail(field.name),
  );
  let confidence = ['offset', 'skip'].includes(last) ? 0.84 : last === 'start' ? 0.8 : 0.72;
  if (sight.size === undefined) confidence -= 0.4;
  if (value > 1) confidence -= 0.4;
  if (signals.totalCount !== undefined) confidence += 0.03;
  const doubt = ownCounter(sight, value, 'offset');
  if (doubt !== undefined) confidence = Math.min(confidence, 0.45);
  return [
    {
      description: {
        kind: 'offset',
        ...placeBeside(sight, name),
        ...(value === 1 && { first: 1 }),
        ...sizeOf('limitParam', size, undefined),
      },
      confidence,
      isFirm: false,
      evidence: echoEvidence('offset', field, sight, confidence),
      doubt,
    },
  ];
}

/**
 * That a parameter of the request, under a name that says nothing, has the value already: a second position would contradict it.
 * @returns nothing where none has
 */
export function ownCounter(
  { request: { slots, size } }: Sight,
  value: number,
  what: string,
): string | undefined {
  const own = slots.find(
    ({ number, words, param }) =>
      (number === value || (number !== undefined && number <= 1)) &&
      param !== size?.param &&
      !words.some((word) => SETTINGS.has(word)),
  );
  if (own === undefined) return undefined;
  return `${own.name} of the request is ${String(own.number)}, and so may be its ${what} already`;
}

/** Words of parameters that count nothing. */
const SETTINGS = new Set([
  ...['id', 'version', 'callback', 'nojsoncallback', 'pretty', 'prettyprint', 'debug', 'json'],
]);

/** A size called `per_page` goes with `page`, where the reply counts pages. */
function sizedPage(sight: Sight, { totalPages }: Signals): readonly Lead[] {
  const { size } = sight.request;
  if (size?.words.includes('page') !== true || totalPages === undefined) return [];
  const name = siblingName(sight.request, ['page'], 'page');
  return [
    {
      description: {
        kind: 'number',
        ...placeBeside(sight, name),
        ...sizeOf('sizeParam', size, undefined),
      },
      confidence: 0.7,
      isFirm: false,
      evidence: [
        {
          found: `a page size called ${size.name} beside a number of pages`,
          at: slotLabel(size),
          weight: 0.7,
        },
      ],
    },
  ];
}

function echoEvidence(
  what: string,
  field: Field,
  { size }: Sight,
  weight: number,
): readonly Evidence[] {
  const beside =
    size === undefined ? 'which the request has no size for' : 'beside the size of the request';
  return [
    {
      found: `a ${what} repeated by the reply, ${beside}`,
      at: field.pointer,
      weight: Math.max(0, weight),
    },
  ];
}

/** Whether the reply repeats the size under the name it has in the request, beside the counter. */
function isSizeEchoedBeside(
  { parent }: Field,
  size: RequestSlot | undefined,
  { body }: Sight,
): boolean {
  if (size === undefined) return false;
  const name = size.words.join(' ');
  return body.scalars.some((other) => other.parent === parent && other.words.join(' ') === name);
}

function placeOf({ place, param }: RequestSlot): {
  in?: 'body' | 'path' | 'headers';
  param: string;
} {
  return place === 'params' ? { param } : { in: place, param };
}

/** The place of a parameter that the request does not have yet: beside the size. */
function placeBeside({ request }: Sight, name: string): { in?: 'body'; param: string } {
  const { size, hasBody, bodyParent } = request;
  const isBody = size === undefined ? hasBody : size.place === 'body';
  return isBody ? { in: 'body', param: `${bodyParent}/${name}` } : { param: name };
}

/** The size, where a strategy can name it: it lies with the position. */
function sizeOf<N extends string>(
  option: N,
  size: RequestSlot | undefined,
  slot: RequestSlot | undefined,
): Partial<Record<N, string>> {
  if (size === undefined || size.place === 'headers' || size.place === 'path') return {};
  const place =
    slot?.place === 'body' || (slot === undefined && size.place === 'body') ? 'body' : 'params';
  if (size.place !== place || (option === 'limitParam' && size.param === 'limit')) return {};
  return { [option]: size.param } as Partial<Record<N, string>>;
}

function ownTail(name: string): string {
  return name.replace(/^.*[:.]/, '');
}

function slotLabel({ place, param }: RequestSlot): string {
  return place === 'body'
    ? `$request.body#${param}`
    : `$request.${place === 'params' ? 'query' : place}#/${param}`;
}
