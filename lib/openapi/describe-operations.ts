import { checkOptions, isFlag, isFunction } from '../core/check-options';
import { checkDocument } from './check-document';
import { OpenedDocument, type DocumentOperation } from './document-operations';
import { OperationReading, UnfitExtension, type ExtensionReader } from './extension-reader';
import { isObject, member, present } from './json-view';
import type { PaginationDescription } from './pagination-description';
import { placeOf } from './operation-named';
import { readApimatic, xPaginationOf } from './read-apimatic';
import { readAzure } from './read-azure';
import { readDatadog } from './read-datadog';
import { readDropshot } from './read-dropshot';
import { readFern } from './read-fern';
import { readHeuristic } from './read-heuristic';
import { readScalar } from './read-scalar';
import { readSpeakeasy } from './read-speakeasy';
import { readStainless } from './read-stainless';
import type { FileReader } from './references';

/** What of a document is read, and what it may refer to. */
export interface DescribeOptions {
  /** Also takes lists that no extension speaks of for paged, where names give it away. @defaultValue false */
  readonly heuristics?: boolean | undefined;
  /**
   * Gives the parsed content of other files that the document refers to, by their path relative to its folder, or URL. What it
   * gives `undefined` for stays unknown and is reported. @defaultValue no other files
   */
  readonly files?: FileReader | undefined;
  /**
   * Extensions that take the place of an operation's own, by operationId or `'GET /path'`, e.g.
   * `{ listUsers: { 'x-fern-pagination': { … } } }`; `{}` makes it plain.
   */
  readonly extensions?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
}

/** An operation of a document. */
export interface OperationDescription {
  readonly operationId?: string | undefined;
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  /** How its list is paged; absent where it is none, or nothing usable says how. */
  readonly pagination?: PaginationDescription | undefined;
}

/** Something in a document that could not be used. */
export interface DocumentProblem {
  /** The operationId, else method and path. */
  readonly operation: string;
  /** The key that is wrong. */
  readonly key: string;
  readonly reason: string;
}

/** What a document says of its operations. */
export interface DocumentDescription {
  /** All of them, paged or not, in the order of the document. */
  readonly operations: readonly OperationDescription[];
  /** What could not be read or was not used; nothing of it stops the reading. */
  readonly problems: readonly DocumentProblem[];
}

/** What was read of an operation, with where it stands. */
export interface ReadOperation {
  readonly operation: DocumentOperation;
  readonly pagination?: PaginationDescription;
}

export interface ReadDocument {
  readonly document: OpenedDocument;
  readonly operations: readonly ReadOperation[];
  readonly problems: readonly DocumentProblem[];
}

/** In order of precedence: the first that an operation has is used. */
const READERS: readonly (readonly [key: string, read: ExtensionReader])[] = [
  ['x-dropshot-pagination', readDropshot],
  ['x-speakeasy-pagination', readSpeakeasy],
  ['x-fern-pagination', readFern],
  ['x-ms-pageable', readAzure],
  ['x-pagination', readApimatic],
  ['x-pagination', readDatadog],
  ['x-scalar-pagination', readScalar],
  ['x-stainless-pagination-property', readStainless],
];

/**
 * The operations of an OpenAPI document (3.x, Swagger 2.0) and how their lists are paged, from `x-dropshot-pagination`,
 * `x-speakeasy-pagination`, `x-fern-pagination`, `x-ms-pageable`, `x-pagination` (APIMatic, Datadog), `x-scalar-pagination` and Stainless'
 * marks; in this order where an operation has several. No file is read and nothing is requested.
 *
 * An extension that is broken, or that does not fit the reply, is listed in `problems` and its operation is a plain one; it never
 * stops the reading. `problems` also has references that lead nowhere, operationIds that several operations have, and extensions that
 * were not used.
 *
 * @param document the document as parsed JSON or YAML, e.g. by `parseDocument(text)`
 * @throws TypeError for what is no such document, and for an unknown or wrong option.
 * @throws PaginationError `SPEC_REJECTED` for a document that is nested too deep or grows too much where parts of it are shared.
 */
export function describeOperations(
  document: unknown,
  options: DescribeOptions = {},
): DocumentDescription {
  const { operations, problems } = readDocument(document, options);
  return {
    operations: operations.map(({ operation: { operationId, method, path }, pagination }) =>
      present<OperationDescription>({ operationId, method, path, pagination }),
    ),
    problems,
  };
}

/** The same with the places in the document, for what is built on it. */
export function readDocument(document: unknown, options: DescribeOptions = {}): ReadDocument {
  checkOptions('describeOperations', options, {
    heuristics: isFlag,
    files: isFunction,
    extensions: (value) => (isObject(value) ? undefined : 'an object of extensions by operation'),
  });
  const { files } = options;
  checkDocument(document);
  const reader = files && ((path: string) => checkedFile(files, path));
  const opened = new OpenedDocument(document, reader);
  const all = [...opened.operations()];
  const byId = new Map(all.map((one) => [one.operationId, one]));
  const problems: DocumentProblem[] = [...sharedNames(all)];
  const operations = all.map((operation): ReadOperation => {
    const own = configured(options.extensions, operation);
    const reading = new OperationReading(opened, operation, own ?? operation.node.value, (id) =>
      byId.get(id),
    );
    const report = (key: string, reason: string): void => {
      problems.push({ operation: operation.name, key, reason });
    };
    for (const reference of new Set(operation.unresolved)) {
      report('$ref', `the reference ${JSON.stringify(reference.slice(0, 200))} leads nowhere`);
    }
    return present<ReadOperation>({
      operation,
      pagination: paginationOf(reading, options, own !== undefined, report),
    });
  });
  return { document: opened, operations, problems };
}

/** OpenAPI wants an operationId to be unique. */
function sharedNames(all: readonly DocumentOperation[]): readonly DocumentProblem[] {
  const places = new Map<string, string[]>();
  for (const { operationId, ...operation } of all) {
    if (operationId === undefined) continue;
    const known = places.get(operationId);
    if (known === undefined) places.set(operationId, [placeOf(operation)]);
    else known.push(placeOf(operation));
  }
  return [...places]
    .filter(([, { length }]) => length > 1)
    .map(([operation, shared]) => ({
      operation,
      key: 'operationId',
      reason: `that of several operations, which only their places tell apart: ${shared.join(', ').slice(0, 200)}`,
    }));
}

function checkedFile(files: FileReader, path: string): unknown {
  const content = files(path);
  if (content !== undefined) checkDocument(content);
  return content;
}

function configured(
  extensions: DescribeOptions['extensions'],
  { operationId, method, path }: DocumentOperation,
): unknown {
  const byId = operationId === undefined ? undefined : member(extensions, operationId);
  return byId ?? member(extensions, `${method} ${path}`);
}

function paginationOf(
  reading: OperationReading,
  { heuristics = false }: DescribeOptions,
  isConfigured: boolean,
  report: (key: string, reason: string) => void,
): PaginationDescription | undefined {
  let used: PaginationDescription | undefined;
  let isMarked = false;
  for (const [key, read] of READERS) {
    const found = attempt(reading, key, read, report);
    if (found === 'unfit') isMarked = true;
    else if (found !== undefined && used === undefined) used = found;
    else if (found !== undefined) report(key, `not used: ${used?.extension ?? ''} comes before it`);
  }
  const foreign = xPaginationOf(reading);
  if (foreign !== undefined && !isMarked && used === undefined) {
    report('x-pagination', "neither APIMatic's nor Datadog's: not used");
  }
  for (const note of reading.notes) report('x-pagination', note);
  if (used !== undefined || !heuristics || isConfigured) return used;
  const guessed = attempt(reading, 'heuristic', readHeuristic, report);
  return guessed === 'unfit' ? undefined : guessed;
}

function attempt(
  reading: OperationReading,
  key: string,
  read: ExtensionReader,
  report: (key: string, reason: string) => void,
): PaginationDescription | 'unfit' | undefined {
  try {
    return read(reading);
  } catch (error) {
    if (!(error instanceof UnfitExtension)) throw error;
    report(key, error.message);
    return 'unfit';
  }
}
