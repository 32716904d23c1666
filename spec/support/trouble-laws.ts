import type { RequestEvent, RetryEvent } from '../../lib/core/walk-event';
import type { Trace } from './trace';
import type { FailureModel, PageModel } from './trouble-model';
import { ofType, violations, type WalkModel } from './walk-laws';

/** What a trace breaks of the laws of a walk and of retrying, in words: the attempts, their waits, and the error at the end. */
export function troubleViolations(trace: Trace, model: WalkModel): string[] {
  return [
    ...violations(trace, model),
    ...retries(trace, model),
    ...waits(trace, model),
    ...attempts(trace),
    ...failure(trace, model),
    ...ofType(trace, 'timer').map(
      ({ afterMs }) => `L8: a timer runs ${String(afterMs)} ms after the stop`,
    ),
  ];
}

function retriesOf(trace: Trace): readonly RetryEvent[] {
  return ofType(trace, 'event').flatMap(({ event }) => (event.type === 'retry' ? [event] : []));
}

/** One event for each failed attempt that another is to follow, saying what it was and how long the wait is. */
function retries(trace: Trace, { fates = [] }: WalkModel): string[] {
  const wanted = fates.flatMap(({ failures, end }, index) =>
    failures
      .slice(0, end === undefined ? failures.length : -1)
      .map((failed, at) => ({ ...failed, index, attempt: at + 1 })),
  );
  return retriesOf(trace).flatMap((retry, at) => {
    const { index, attempt, code, status, waitMs } = retry;
    const model = wanted[at];
    if (model === undefined) return [`L3: retry ${String(at)} is of a page that needs none`];
    const got = [index, attempt, code, status].join(' ');
    const due = [model.index, model.attempt, model.code, model.status].join(' ');
    const found = got === due ? [] : [`L3: retry ${String(at)} is ${got}, not ${due}`];
    return isWithin(waitMs, model)
      ? found
      : [...found, waitFault(`retry ${String(at)}`, waitMs, model)];
  });
}

/** Each attempt is made exactly when the wait before it is over, each first one where no retry is due. */
function waits(trace: Trace, { fates = [] }: WalkModel): string[] {
  const told = retriesOf(trace);
  const found: string[] = [];
  const made = new Map<number, number>();
  let retried = 0;
  let before: number | undefined;
  for (const { place, atMs } of ofType(trace, 'request')) {
    const attempt = made.get(place) ?? 0;
    made.set(place, attempt + 1);
    const model = attempt === 0 ? undefined : fates[place]?.failures[attempt - 1];
    if (model !== undefined && before !== undefined && atMs !== undefined) {
      const waited = atMs - before - model.tookMs;
      const what = `the wait before attempt ${String(attempt + 1)} at page ${String(place)}`;
      const retry = told[retried++];
      if (retry === undefined) found.push(`L3: ${what} was never told`);
      else if (waited !== retry.waitMs) {
        found.push(`L4: ${what} is ${String(waited)} ms, and was told as ${String(retry.waitMs)}`);
      }
      if (!isWithin(waited, model)) found.push(waitFault(what, waited, model));
    }
    before = atMs;
  }
  // The last one may have been waited for when the consumer left.
  if (told.length > retried + 1) found.push('L3: more retries were told than attempts made');
  return found;
}

function isWithin(waitMs: number, { shortest, longest }: FailureModel): boolean {
  return waitMs >= shortest && waitMs <= longest;
}

function waitFault(what: string, waitMs: number, { shortest, longest }: FailureModel): string {
  return `L4: ${what} waits ${String(waitMs)} ms, not ${String(shortest)} to ${String(longest)}`;
}

/** The events number the attempts at each page as they are made. */
function attempts(trace: Trace): string[] {
  const told = ofType(trace, 'event').flatMap(({ event }): RequestEvent[] =>
    event.type === 'request' ? [event] : [],
  );
  const made = new Map<number, number>();
  return ofType(trace, 'request').flatMap(({ place }, at) => {
    const attempt = (made.get(place) ?? 0) + 1;
    made.set(place, attempt);
    const { index, attempt: number } = told[at] ?? {};
    return index === place && number === attempt
      ? []
      : [
          `event: request ${String(at)} is attempt ${String(number)} at ${String(index)}, not ${String(attempt)} at ${String(place)}`,
        ];
  });
}

/** The error says what happened to its page. */
function failure(trace: Trace, { fates = [] }: WalkModel): string[] {
  const { error, undone = 0 } = trace.find((entry) => entry.type === 'error') ?? {};
  const place = fates.findIndex(({ end }) => end !== undefined);
  const fate: PageModel | undefined = fates[place];
  if (error === undefined || error.code === 'ABORTED' || fate === undefined) return [];
  const told = retriesOf(trace).filter(({ index }) => index === place);
  const history = fate.failures.map(({ code, status }, at) => ({
    code,
    waitMs: told[at]?.waitMs ?? 0,
    ...(status !== undefined && { status }),
  }));
  const end = ofType(trace, 'event').find(({ event }) => event.type === 'end')?.event;
  const values = ofType(trace, 'value');
  const items = values.slice(0, values.length - undone).flatMap(({ ids }) => ids).length;
  const facts: readonly (readonly [what: string, got: unknown, wanted: unknown])[] = [
    ['attempts', error.attempts, fate.failures.length],
    ['history', sorted(error.history), sorted(history)],
    ['pageIndex', error.pageIndex, place],
    ['status', error.status, fate.failures.at(-1)?.status],
    ['retryAfterMs', error.retryAfterMs, fate.failures.at(-1)?.askedMs],
    ['itemsEmitted', error.itemsEmitted, items],
    ['resumeToken', error.resumeToken, end?.type === 'end' ? end.resumeToken : undefined],
    ['code in the end event', end?.type === 'end' ? end.code : undefined, error.code],
  ];
  return facts.flatMap(([what, got, wanted]) =>
    got === wanted ? [] : [`error: ${what} is ${String(got)}, not ${String(wanted)}`],
  );
}

function sorted(history: readonly { code: string; status?: number | undefined; waitMs: number }[]) {
  return JSON.stringify(history.map(({ code, status, waitMs }) => [code, status ?? null, waitMs]));
}
