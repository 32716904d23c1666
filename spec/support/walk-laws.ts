import type { EndReason } from '../../lib/core/walk-event';
import type { ListItem, ListPages } from './list-shapes';
import type { Trace, TraceEntry } from './trace';
import type { PageModel } from './trouble-model';

/** What a walk must do, told without the engine. */
export interface WalkModel {
  /** The pages to be seen, those of a cap cut to size. */
  readonly pages: ListPages;
  /** How it ends where the consumer stays. */
  readonly end: 'exhausted' | 'limit' | 'error';
  readonly code?: string | undefined;
  /** The code of the page that fails for good, whether or not the walk comes to it. */
  readonly failingCode?: string | undefined;
  /** How the attempts at each page fare; without them each page is asked for once. */
  readonly fates?: readonly PageModel[] | undefined;
  /** Everything the list holds. */
  readonly all?: readonly number[] | undefined;
  readonly view: 'items' | 'pages';
  /** When a page is consumed: once it was handed on, once a value beyond it is asked for, or once the notifier said so. */
  readonly demand: 'push' | 'pull' | 'paced';
  readonly prefetch: number;
  /** Its signal is aborted at some time, unless it has ended by then. */
  readonly mayAbort?: boolean | undefined;
  /** The consumer gets its values by promises, so that it may have the last ones after the end event. */
  readonly lagging?: boolean | undefined;
}

/** The model of a walk with caps and a page that fails, if any. */
export function modelOf(
  pages: ListPages,
  { maxPages = Infinity, maxItems = Infinity, failing = Infinity, code = 'HTTP_STATUS' } = {},
): Pick<WalkModel, 'pages' | 'end' | 'code'> {
  const seen: (readonly ListItem[])[] = [];
  let items = 0;
  for (const [at, page] of pages.entries()) {
    if (at >= maxPages || items >= maxItems) return { pages: seen, end: 'limit' };
    if (at === failing) return { pages: seen, end: 'error', code };
    const kept = page.slice(0, maxItems - items);
    seen.push(kept);
    items += kept.length;
    if (kept.length < page.length) return { pages: seen, end: 'limit' };
  }
  return { pages: seen, end: 'exhausted' };
}

/** The laws L1, L2, L8 and L10 that a trace breaks, in words; none for a walk as it should be. */
export function violations(trace: Trace, model: WalkModel): string[] {
  return [
    ...deliveries(trace, model),
    ...ending(trace, model),
    ...afterwards(trace, model),
    ...requests(trace, model),
    ...demand(trace, model),
    ...events(trace, model),
    ...resumption(trace, model),
  ];
}

export function ofType<K extends TraceEntry['type']>(trace: Trace, type: K) {
  return trace.filter((entry): entry is Extract<TraceEntry, { type: K }> => entry.type === type);
}

function isStop({ type }: TraceEntry): boolean {
  return type === 'complete' || type === 'error' || type === 'left';
}

function expectedValues({ pages, view }: WalkModel): (readonly number[])[] {
  return view === 'items'
    ? pages.flat().map(({ id }) => [id])
    : pages.map((page) => page.map(({ id }) => id));
}

/** L2: each once, in order. */
function deliveries(trace: Trace, model: WalkModel): string[] {
  const wanted = expectedValues(model);
  const got = ofType(trace, 'value').map(({ ids }) => ids);
  return got.flatMap((ids, at) =>
    String(ids) === String(wanted[at]) && at < wanted.length
      ? []
      : [`L2: value ${String(at)} is [${String(ids)}], not [${String(wanted[at])}]`],
  );
}

/** L1: an end is either the proven one or an error, once everything before it was delivered. */
function ending(trace: Trace, model: WalkModel): string[] {
  const stop = trace.find(isStop);
  if (stop === undefined) return ['L1: the walk never ends'];
  if ((stop.type === 'left' && !isOver(trace)) || isAbort(stop, model)) return [];
  const found: string[] = [];
  const missing = expectedValues(model).length - ofType(trace, 'value').length;
  if (missing > 0) found.push(`L1: ended with ${String(missing)} values undelivered`);
  const wanted = model.end === 'error' ? `error ${model.code ?? ''}` : 'complete';
  const got = stop.type === 'error' ? `error ${stop.code}` : 'complete';
  // A notifier that completes while a page fetched ahead has failed: the failure is told.
  const ahead = model.demand === 'paced' && model.prefetch > 0 && model.end === 'limit';
  if (ahead && got === `error ${model.failingCode ?? 'HTTP_STATUS'}`) return found;
  return got === wanted || stop.type === 'left'
    ? found
    : [...found, `L1: ended with ${got}, not ${wanted}`];
}

/** L8: nothing after the stop, nothing but the notification after the end event. */
function afterwards(trace: Trace, { lagging = false }: WalkModel): string[] {
  const found: string[] = [];
  const started = trace.some(({ type }) => type === 'ask');
  const ends = trace.filter(isEnd).length;
  if (started && ends !== 1) found.push(`L8: ${String(ends)} end events`);
  if (!started && trace.some(({ type }) => type !== 'left')) {
    found.push('L8: something happens before the consumer asks');
  }
  let stop: TraceEntry | undefined;
  let over = false;
  for (const entry of trace) {
    const { type } = entry;
    if (type === 'resumed') break;
    // What the server still sends and what the consumer still wants are not the walk's doing.
    const passive = type === 'reply' || type === 'ask';
    if (stop !== undefined && !passive && !(stop.type === 'left' && isEnd(entry))) {
      found.push(`L8: ${type} after the stop`);
    } else if (over && !passive && !isStop(entry) && !(lagging && type === 'value')) {
      found.push(`L8: ${type} after the end event`);
    }
    if (isStop(entry) && stop === undefined) {
      stop = entry;
      if (type !== 'left' && !over) found.push('L8: no end event before the last notification');
    }
    over ||= isEnd(entry);
  }
  return found;
}

function isAbort(stop: TraceEntry, { mayAbort = false }: WalkModel): boolean {
  return mayAbort && stop.type === 'error' && stop.code === 'ABORTED';
}

/** Whether the walk had ended before its consumer left: one with work in hand may leave later. */
function isOver(trace: Trace): boolean {
  const left = trace.findIndex(({ type }) => type === 'left');
  return trace.slice(0, Math.max(left, 0)).some(isEnd);
}

function isEnd(entry: TraceEntry): boolean {
  return entry.type === 'event' && entry.event.type === 'end';
}

/** Each page is asked for once, or as often as its troubles make it, in order, and no more of them than are seen. */
function requests(trace: Trace, model: WalkModel): string[] {
  const places = ofType(trace, 'request').map(({ place }) => place);
  const tries = (place: number) => {
    const { failures = [], end } = model.fates?.[place] ?? {};
    return failures.length + (end === undefined ? 1 : 0);
  };
  let [next, tried] = [0, 0];
  const found = places.flatMap((place, at) => {
    if (tried === tries(next)) [next, tried] = [next + 1, 0];
    tried++;
    return place === next ? [] : [`L2: request ${String(at)} is for page ${String(place)}`];
  });
  // A notifier may stop the walk while pages it never let through are on their way.
  const ahead = model.demand === 'paced' && model.end === 'limit' ? model.prefetch : 0;
  const pages = model.pages.length + (model.end === 'error' ? 1 : ahead);
  const most = Array.from({ length: pages }, (_, place) => tries(place)).reduce((a, b) => a + b, 0);
  if (places.length > most) found.push(`L8: ${String(places.length - most)} surplus requests`);
  return found;
}

/** L10: requested <= consumed + 1 + prefetch at every request; consumed are pages received, handed on and asked beyond. */
function demand(trace: Trace, model: WalkModel): string[] {
  const { pages, view, demand: kind, prefetch, lagging = false } = model;
  const found: string[] = [];
  const ends: number[] = [];
  for (const page of pages) ends.push((ends.at(-1) ?? 0) + (view === 'pages' ? 1 : page.length));
  let [asked, received, delivered, requested] = [0, 0, 0, 0];
  for (const entry of trace) {
    const { type } = entry;
    if (type === 'ask') asked++;
    if (type === 'reply') received++;
    if (type === 'value') delivered++;
    if (type !== 'request') continue;
    if (model.fates !== undefined && entry.place < requested) continue; // another attempt
    requested++;
    const whole = ends.slice(0, received).filter((end) => end <= delivered).length;
    const beyond = ends.slice(0, received).filter((end) => end < asked).length;
    // The first ask is the subscription itself.
    const consumed = {
      push: whole,
      pull: lagging ? beyond : Math.min(whole, beyond),
      paced: Math.min(whole, asked - 1),
    };
    const most = asked === 0 ? 0 : consumed[kind] + 1 + prefetch;
    if (requested > most) {
      found.push(
        `L10: ${String(requested)} pages requested with ${String(consumed[kind])} consumed`,
      );
    }
  }
  return found;
}

/** The events tell what happened. */
function events(trace: Trace, model: WalkModel): string[] {
  const all = ofType(trace, 'event').map(({ event }) => event);
  const found: string[] = [];
  const expect = (what: string, got: unknown, wanted: unknown) => {
    if (got !== wanted) found.push(`event: ${what} is ${String(got)}, not ${String(wanted)}`);
  };
  const asked = all.filter(({ type }) => type === 'request');
  expect('number of request events', asked.length, ofType(trace, 'request').length);
  const read = all.flatMap((event) => (event.type === 'page' ? [event] : []));
  for (const [at, { index, items }] of read.entries()) {
    expect('index of a page', index, at);
    const seen = model.pages[at];
    if (seen !== undefined) expect(`items of page ${String(at)}`, items, seen.length);
  }
  const end = all.find((event) => event.type === 'end');
  const stop = trace.find(isStop);
  if (end?.type !== 'end' || stop === undefined) return found;
  // A walk that had come to its end has handed on everything, whatever the consumer still does with it.
  const isUndone = (stop.type === 'left' || stop.type === 'error') && !isOver(trace);
  const undone = isUndone ? (stop.undone ?? 0) : 0;
  const values = ofType(trace, 'value');
  const done = values.slice(0, values.length - undone).flatMap(({ ids }) => ids).length;
  const reasons: Record<string, EndReason> = {
    complete: model.end,
    error: isAbort(stop, model) ? 'aborted' : 'error',
    left: isOver(trace) ? model.end : 'unsubscribed',
  };
  expect('endReason', end.endReason, reasons[stop.type]);
  expect('items in the end event', end.items, done);
  expect('pages in the end event', end.pages, read.length);
  expect('attempts in the end event', end.attempts, ofType(trace, 'request').length);
  if (end.resumeToken === '') found.push('event: no resume token');
  return found;
}

/** L2 across a resume: what the token leads to is exactly what was not handed on. */
function resumption(trace: Trace, { all = [] }: WalkModel): string[] {
  const resumed = trace.find((entry) => entry.type === 'resumed');
  const end = ofType(trace, 'event').find(({ event }) => event.type === 'end')?.event;
  if (resumed?.type !== 'resumed' || end?.type !== 'end') return [];
  const wanted = all.slice(end.items);
  const found = resumed.end === 'complete' ? [] : [`resume: ended with ${resumed.end}`];
  return String(resumed.ids) === String(wanted)
    ? found
    : [...found, `resume: gave [${String(resumed.ids)}], not [${String(wanted)}]`];
}
