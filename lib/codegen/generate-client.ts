import {
  readDocument,
  type DescribeOptions,
  type DocumentProblem,
} from '../openapi/describe-operations';
import { checkCode } from './check-code';
import { clientModel } from './client-model';
import { lineText } from './comment-text';
import { schemaTypes } from './schema-types';
import { writeClient } from './write-client';
import { writeDocs } from './write-docs';

export interface GenerateOptions extends DescribeOptions {
  /** Also writes a list of the paged operations. */
  readonly docs?: boolean | undefined;
}

/** What was generated: the content of each file by its name. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly DocumentProblem[];
  readonly operations: number;
  readonly paged: number;
}

/**
 * TypeScript of a client for a document: `index.ts` with a class for each tag, `schemas.ts` with the types. The same document gives the same
 * bytes, in whatever order its operations and schemas stand.
 *
 * @throws TypeError for what is no OpenAPI document.
 * @throws PaginationError `SPEC_REJECTED` for a document that is too deep or large, or whose texts would become code
 */
export async function generateClient(
  document: unknown,
  options: GenerateOptions = {},
): Promise<Generated> {
  const { docs = false, ...describeOptions } = options;
  const read = readDocument(document, describeOptions);
  const model = clientModel(read);
  const source = lineText(`${model.title} ${model.version}`);
  const banner = `/* eslint-disable */\n// Written by paged-observable from: ${source}\n// Changes are lost when it is written again.\n\n`;
  const schemas = banner + (await schemaTypes(model.schemas)) + aliases(Object.keys(model.schemas));
  const client = writeClient(model, banner);
  await checkCode(schemas, 'schemas.ts');
  await checkCode(client, 'index.ts');
  const files = new Map([
    ['index.ts', client],
    ['schemas.ts', schemas],
  ]);
  if (docs) files.set('ENDPOINTS.md', writeDocs(model));
  return {
    files,
    problems: read.problems,
    operations: read.operations.length,
    paged: read.operations.filter(({ pagination }) => pagination !== undefined).length,
  };
}

/** Each schema under a name of its own. */
function aliases(names: readonly string[]): string {
  return names.map((name) => `export type ${name} = components["schemas"]["${name}"];\n`).join('');
}
