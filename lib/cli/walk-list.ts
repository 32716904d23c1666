import type { PagedObservable } from '../core/paged-observable';
import type { PageReply } from '../core/page-reply';
import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { Transport } from '../core/transport';
import type { EndEvent, WalkEvent } from '../core/walk-event';
import type { WalkOptions } from '../core/walk-options';
import { scrub, secretsOf } from '../core/secrets';
import { paginate } from '../paginate';
import { isPointer } from '../strategy/selector';
import { fetchTransport } from '../transport/fetch';

import { dialectOf } from './dialect-of';
import { refuseDocumentFlags, type DocumentList } from './document-flags';
import type { Interrupts } from './interrupts';
import type { Output } from './output';
import { itemPrinter, pagePrinter } from './page-printer';
import { ProgressLine } from './progress-line';
import { refuseListFlags } from './refuse-list-flags';
import { requestOf } from './request-of';
import { strategyOf } from './strategy-of';
import { UsageMistake } from './usage-mistake';
import { watched } from './watched';
import type { WalkFlags } from './walk-flags';
import { WalkPosition } from './walk-position';

/** How a walk of the command ended. */
export interface Walked {
  readonly request: PageRequest;
  readonly position: WalkPosition;
  readonly end: EndEvent | undefined;
  readonly error: unknown;
  /** The last reply that came, read or not. */
  readonly reply: PageReply | undefined;
  /** What the output failed with, if it did. */
  readonly outputFailure: NodeJS.ErrnoException | undefined;
}

/** Walks a list and prints its items or pages; resolves when the walk is over and its output has left the process. */
export async function walkList(
  face: 'items' | 'pages',
  url: string,
  flags: WalkFlags,
  output: Output,
  interrupts: Interrupts,
): Promise<Walked> {
  const { signal } = interrupts;
  let reply: PageReply | undefined;
  let end: EndEvent | undefined;
  const events = {
    next: (event: WalkEvent) => {
      if (event.type === 'end') end = event;
    },
  };
  const { request, paged } = await preparedWalk(url, flags, { signal, events }, (latest) => {
    reply = latest;
  });
  const { select, json = false } = flags;
  if (select !== undefined && isPointer(select) !== undefined) {
    throw new UsageMistake('--select: expected a JSON pointer such as /id');
  }
  const position = new WalkPosition();
  const progress =
    flags.quiet === true ? undefined : new ProgressLine(process.stderr, () => position);
  output.beforeWrite = () => progress?.clear();
  const printer =
    face === 'items' ? itemPrinter(output, select, position) : pagePrinter(output, json, position);
  let error: unknown;
  try {
    await paged.pages().forEach((page) => printer.print(page, signal));
  } catch (thrown) {
    error = thrown;
  }
  await output.end();
  progress?.stop();
  return { request, position, end, error, reply, outputFailure: output.failure };
}

/** The list that the options name, to be walked as they say. */
export async function preparedWalk(
  url: string,
  flags: WalkFlags,
  options: Pick<WalkOptions, 'signal' | 'events'>,
  saw: (reply: PageReply) => void,
): Promise<{ readonly request: PageRequest; readonly paged: PagedObservable<unknown> }> {
  const { resume: resumeFrom, maxItems, maxPages, prefetch, concurrency, timeout } = flags;
  const { pageSize, retries, emptyCursor } = flags;
  const caps = { resumeFrom, maxItems, maxPages, prefetch, concurrency, pageSize };
  const walkOptions = { ...caps, timeout, retry: { retries }, emptyCursor };
  const { request, pagination, transport } = await listOf(url, flags);
  const paged = prepared(watched(transport, saw), request, {
    ...walkOptions,
    ...options,
    pagination,
  });
  return { request, paged };
}

/** The list that the options name: by its URL, or as an operation of a document. */
async function listOf(url: string, flags: WalkFlags): Promise<DocumentList> {
  if (flags.openapi === undefined) {
    refuseDocumentFlags(flags);
    const pagination =
      flags.dialect === undefined
        ? strategyOf(flags.strategy, flags)
        : dialectOf(flags.dialect, flags);
    return { request: requestOf(url, flags), pagination, transport: fetchTransport() };
  }
  refuseListFlags(flags);
  // With its parsers, which other lists need not wait for.
  const { documentList } = await import('./document-walk');
  return documentList(url, flags.openapi, flags);
}

/** @throws UsageMistake where request and strategy do not fit together */
function prepared(
  transport: Transport,
  request: PageRequest,
  options: WalkOptions & { readonly pagination: PaginationStrategy },
): PagedObservable<unknown> {
  try {
    // Says what is missing, where `paginate` only says that something is.
    if (options.pagination.choices === undefined) options.pagination.start(request);
    return paginate(transport, request, options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = error.message.replace(/^\w+: /, '');
    throw new UsageMistake(scrub(message, secretsOf(request)));
  }
}
