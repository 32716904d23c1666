import { inspect } from 'node:util';

import {
  isPaginationError,
  type PageReply,
  type PageRequest,
  type WalkEvent,
} from 'paged-observable';

import { errorLine } from '../../lib/cli/error-line';

import { marks } from './planted-secrets';
import { everythingIn, marksIn, opened } from './secret-search';

/** Where something of a failed walk may be seen. */
export const SURFACES = [
  ...(['message', 'stack', 'cause chain', 'inspect at depth 10'] as const),
  ...(['JSON', 'events', 'resume tokens', 'command output'] as const),
] as const;
export type Surface = (typeof SURFACES)[number];

/** What came of a walk that failed. */
export interface FailedWalk {
  readonly error: unknown;
  readonly events: readonly WalkEvent[];
  readonly request: PageRequest;
  /** The last reply, as the command has it. */
  readonly reply?: PageReply | undefined;
}

/** All that is to be seen of it. Properties that are seen nowhere else count as what `inspect` shows. */
export function surfacesOf(walk: FailedWalk): Readonly<Record<Surface, string>> {
  const { error, events, request, reply } = walk;
  const known = isPaginationError(error) ? error : undefined;
  const tokens = events.flatMap((event) => (event.type === 'end' ? [event.resumeToken] : []));
  const failed = { strategy: undefined, flags: {}, reply };
  return {
    message: known?.message ?? String(error),
    stack: known?.stack ?? '',
    'cause chain': everythingIn(known?.cause ?? null),
    'inspect at depth 10': inspect(error, { depth: 10 }) + everythingIn(error),
    JSON: JSON.stringify(error) + JSON.stringify(Object.entries(known ?? {})),
    events: everythingIn(events),
    'resume tokens': [...tokens, known?.resumeToken ?? ''].map(opened).join('\n'),
    'command output': errorLine(error, request, failed),
  };
}

/** Every secret that is to be seen, and where: `mark in surface`. */
export function leaksIn(surfaces: Readonly<Record<Surface, string>>): readonly string[] {
  return SURFACES.flatMap((surface) =>
    marksIn(surfaces[surface], Object.values(marks)).map((mark) => `${mark} in ${surface}`),
  );
}
