import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { Transport } from '../core/transport';
import { STRATEGY_FLAGS } from './strategy-choices';
import { flagOf } from './strategy-flags';
import { UsageMistake } from './usage-mistake';
import type { WalkFlags } from './walk-flags';

/** Options that name a list by a document. */
export interface DocumentFlags {
  readonly openapi?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly heuristics?: boolean | undefined;
  readonly arg?: readonly string[] | undefined;
  readonly server?: string | undefined;
  readonly credential?: readonly string[] | undefined;
}

/** A list to walk. */
export interface DocumentList {
  readonly request: PageRequest;
  readonly pagination: PaginationStrategy;
  readonly transport: Transport;
}

/** @throws UsageMistake where an option goes with a document and there is none */
export function refuseDocumentFlags(flags: DocumentFlags): void {
  const { overlay, heuristics, arg, server, credential } = flags;
  const given = Object.entries({ overlay, heuristics, arg, server, credential });
  const stray = given.find(([, value]) => value !== undefined);
  if (stray !== undefined) throw new UsageMistake(`--${stray[0]} needs --openapi`);
}

/** @throws UsageMistake where an option says what the document says */
export function refuseListFlags(flags: WalkFlags): void {
  const names = ['strategy', 'dialect', 'method', 'path', ...STRATEGY_FLAGS] as const;
  const stray = names.find((name) => flags[name] !== undefined);
  if (stray === undefined) return;
  throw new UsageMistake(
    `${flagOf(stray)} does not go with --openapi: the document says what is asked for and how it is paged; arguments of the operation go with --arg`,
  );
}
