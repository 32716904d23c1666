import type { PageRequest } from '../core/page-request';
import type { PaginationStrategy } from '../core/pagination-strategy';
import type { Transport } from '../core/transport';
import { UsageMistake } from './usage-mistake';

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
