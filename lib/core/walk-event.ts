import type { ErrorCode, RedactedRequest } from './pagination-error';

/** Why a walk stopped. */
export type EndReason = 'exhausted' | 'limit' | 'repeat' | 'error' | 'aborted' | 'unsubscribed';

/** A request is about to be sent. */
export interface RequestEvent {
  readonly type: 'request';
  /** Place of the page in its walk, from 0. */
  readonly index: number;
  /** From 1. */
  readonly attempt: number;
  readonly request: RedactedRequest;
}

/** An attempt failed, and the page will be asked for again. */
export interface RetryEvent {
  readonly type: 'retry';
  readonly index: number;
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly code: ErrorCode;
  readonly status?: number | undefined;
  /** Milliseconds until the next attempt. */
  readonly waitMs: number;
}

/** The server said that no request is left, and the walk waits before it asks for a page. */
export interface WaitEvent {
  readonly type: 'wait';
  readonly index: number;
  readonly waitMs: number;
}

/** The page size asked for changes, in a walk with the option `pageSize`. */
export interface PageSizeEvent {
  readonly type: 'pageSize';
  /** The page that is about to be asked for with it. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
  /** `'quick'`: the page before took less than it should; else the code of the attempt that was too much. */
  readonly reason: 'quick' | ErrorCode;
  readonly status?: number | undefined;
}

/** A page was read. */
export interface PageEvent {
  readonly type: 'page';
  readonly index: number;
  readonly items: number;
  readonly status: number;
  /** Milliseconds from the request to the page read. */
  readonly elapsedMs: number;
}

/** A walk stopped; exactly one for each stop. */
export interface EndEvent {
  readonly type: 'end';
  readonly endReason: EndReason;
  /** Pages received, by this walk and those it resumed. */
  readonly pages: number;
  /** Items delivered, by this walk and those it resumed. */
  readonly items: number;
  /** Requests made by this walk. */
  readonly attempts: number;
  /** Bytes of the bodies received, where the transport tells them. */
  readonly bytes: number;
  /** Items dropped as repeats. */
  readonly duplicates: number;
  /** Continues the walk exactly after the last delivered item. */
  readonly resumeToken: string;
  /** The error's code, when the reason is `error`. */
  readonly code?: ErrorCode | undefined;
}

/** What happens in a walk besides its items; for logs, metrics and progress. */
export type WalkEvent =
  RequestEvent | RetryEvent | WaitEvent | PageSizeEvent | PageEvent | EndEvent;
