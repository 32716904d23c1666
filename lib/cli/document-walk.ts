import { isPaginationError } from '../core/pagination-error';
import { apiOf } from '../openapi/api-description';
import { applyOverlay } from '../openapi/apply-overlay';
import { authorizedTransport, type Credentials } from '../openapi/authorized-transport';
import { buildRequest } from '../openapi/build-request';
import { describedPagination } from '../openapi/described-pagination';
import { readDocument, type ReadDocument } from '../openapi/describe-operations';
import { callOf, type OperationCall } from '../openapi/operation-call';
import { operationNamed } from '../openapi/operation-named';
import { serverUrl } from '../openapi/server-url';
import { fetchTransport } from '../transport/fetch';
import { DocumentFiles, parsedFile } from './document-files';
import type { DocumentFlags, DocumentList } from './document-flags';
import { headersOf } from './header-lines';
import { jsonArgument } from './json-argument';
import type { RequestFlags } from './request-of';
import { UsageMistake } from './usage-mistake';

/**
 * The list of an operation of a document.
 * @throws UsageMistake for an operation, argument or option that does not fit
 * @throws PaginationError `SPEC_REJECTED` for a document that is refused
 */
export async function documentList(
  operation: string,
  path: string,
  flags: DocumentFlags & RequestFlags,
): Promise<DocumentList> {
  try {
    const files = new DocumentFiles(path);
    const document = (flags.overlay ?? []).reduce<unknown>(
      (before, file) => applyOverlay(before, parsedFile(file)),
      files.document,
    );
    const { heuristics } = flags;
    const read = await files.complete(() =>
      readDocument(document, { heuristics, files: files.read }),
    );
    return listOf(operation, read, flags);
  } catch (error) {
    // A document that is refused is told by its code, here and by `generate`; what does not fit into the request is a mistake.
    const isRefused = isPaginationError(error) && error.code === 'SPEC_REJECTED';
    if (error instanceof TypeError || (isPaginationError(error) && !isRefused))
      throw new UsageMistake(error.message);
    throw error;
  }
}

function listOf(
  operation: string,
  read: ReadDocument,
  flags: DocumentFlags & RequestFlags,
): DocumentList {
  const call = callNamed(operation, read);
  if (call.pagination === undefined) {
    const hint = flags.heuristics === true ? '' : '; --heuristics also looks at names';
    throw new UsageMistake(`${call.name} is not known to be paged${hint}`);
  }
  const api = apiOf(read.document);
  const place = /^\d+$/.test(flags.server ?? '') ? Number(flags.server) : flags.server;
  const server = serverUrl({ server: place }, api.servers, call.servers);
  if (!/^https?:\/\//i.test(server)) {
    throw new UsageMistake('--server: the document names no server; give its URL');
  }
  const request = buildRequest(server, call, argumentsOf(flags));
  const headers = { ...request.headers, ...headersOf(flags.header, flags.headerFile) };
  const credentials = credentialsOf(
    flags.credential,
    api.schemes.map(({ name }) => name),
  );
  const transport = fetchTransport();
  return {
    request: { ...request, headers },
    pagination: describedPagination(call.pagination),
    transport:
      credentials === undefined
        ? transport
        : authorizedTransport(transport, credentials, call.security ?? [], api.schemes),
  };
}

function callNamed(name: string, { document, operations }: ReadDocument): OperationCall {
  const operation = operationNamed(
    name,
    operations.map((one) => one.operation),
  );
  const found = operations.find((one) => one.operation === operation);
  if (found === undefined) throw new UsageMistake(`the document has no operation ${name}`);
  return callOf(document, found);
}

/** Texts; a name that is given several times is a list. */
function argumentsOf({ arg = [], data }: DocumentFlags & RequestFlags): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const pair of arg) {
    const mark = pair.indexOf('=');
    if (mark < 1) throw new UsageMistake('--arg: expected name=value');
    const [name, value] = [pair.slice(0, mark), pair.slice(mark + 1)];
    const before = values.get(name);
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  if (data !== undefined) values.set('body', jsonArgument('--data', data));
  return Object.fromEntries(values);
}

/** Read from the environment, where neither the process list nor the history of a shell shows them. */
function credentialsOf(
  given: readonly string[] | undefined,
  schemes: readonly string[],
): Credentials | undefined {
  if (given === undefined) return undefined;
  const values = new Map(
    given.map((pair) => {
      const [scheme = '', variable = ''] = pair.split(/=(.*)/s);
      if (!schemes.includes(scheme)) {
        const known = schemes.length === 0 ? 'none' : schemes.join(', ');
        throw new UsageMistake(
          `--credential: the document has no scheme ${scheme}; it has ${known}`,
        );
      }
      const value = process.env[variable];
      if (value === undefined || value === '') {
        throw new UsageMistake(`--credential: the environment variable ${variable} is not set`);
      }
      return [scheme, value] as const;
    }),
  );
  return ({ name }) => values.get(name);
}
