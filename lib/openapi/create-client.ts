import type { Observable } from 'rxjs';

import { checkOptions, describe } from '../core/check-options';
import type { PagedObservable } from '../core/paged-observable';
import type { Transport } from '../core/transport';
import type { WalkOptions } from '../core/walk-options';
import { ApiCaller, apiChecks, type ApiOptions, type CallOptions } from './api-caller';
import { apiOf } from './api-description';
import type { CallArguments } from './build-request';
import { readDocument, type DescribeOptions, type DocumentProblem } from './describe-operations';
import { callOf, type OperationCall } from './operation-call';
import { operationNamed } from './operation-named';

export interface ClientOptions extends ApiOptions, DescribeOptions {}

/** A client of the API of a document. Operations are named by operationId, or as in `'GET /users/{id}'`. */
export interface Client {
  /**
   * The list of a paged operation as a stream of its items, by the rules of `paginate`: nothing is requested before a subscription.
   * @param args the parameters of the operation by name, and its `body`
   * @throws TypeError for an operation, argument or option that is unknown, for an operationId that several operations have, and for a
   * required argument that is missing.
   */
  list<T = unknown>(
    operation: string,
    args?: CallArguments,
    options?: WalkOptions,
  ): PagedObservable<T>;
  /**
   * The reply of any operation: on subscribing the request is made, its body emitted, and the stream completes.
   * @throws TypeError as `list` does.
   */
  call<T = unknown>(operation: string, args?: CallArguments, options?: CallOptions): Observable<T>;
  /** Every operation as it is called. */
  readonly operations: readonly OperationCall[];
  /** What in the document could not be used. */
  readonly problems: readonly DocumentProblem[];
}

/**
 * A client of an API at run time, from its OpenAPI document. Parameters go where the document declares them and in their style. The server
 * is the document's first unless the option `server` names another; credentials come from the option `credentials`.
 *
 * @param document the document as parsed JSON or YAML, e.g. by `parseDocument(text)`
 * @throws TypeError for what is no such document, and for an unknown or wrong option.
 * @throws PaginationError `SPEC_REJECTED` for a document that is nested too deep or grows too much where parts of it are shared.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { fetchTransport } from 'paged-observable/fetch';
 * import { createClient, parseDocument } from 'paged-observable/openapi';
 *
 * const document = parseDocument(readFileSync('samples/users-api/users.yaml', 'utf8'));
 * const api = createClient(document, fetchTransport({ baseUrl: 'http://127.0.0.1:8080' }));
 * const users = api.list<{ id: string }>('list_users', { limit: 100 });
 * await users.with({ maxItems: 3 }).forEach(({ id }) => {
 *   console.log(id);
 * });
 * ```
 */
export function createClient(
  document: unknown,
  transport: Transport,
  options: ClientOptions = {},
): Client {
  const { server, variables, credentials, ...reading } = options;
  checkOptions('createClient', { server, variables, credentials }, apiChecks);
  const read = readDocument(document, reading);
  const operations = read.operations.map((one) => callOf(read.document, one));
  const caller = new ApiCaller(transport, apiOf(read.document), { server, variables, credentials });
  const callNamed = (name: string): OperationCall => {
    const call = operationNamed(name, operations);
    if (call !== undefined) return call;
    throw new TypeError(
      `The document has no operation ${describe(name)}${nearby(name, operations)}`,
    );
  };
  return {
    list: (name, args, walk) => caller.list(callNamed(name), args, walk),
    call: (name, args, walk) => caller.call(callNamed(name), args, walk),
    operations,
    problems: read.problems,
  };
}

/** Names that differ in case and punctuation only, for the message. */
function nearby(name: unknown, operations: readonly OperationCall[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, '');
  const found = operations.find((call) => plain(call.name) === plain(String(name)));
  return found === undefined ? '' : `; it has ${describe(found.name)}`;
}
