import { PaginationError } from '../core/pagination-error';
import type { SchemaIssue, SchemaResult, StandardSchemaV1 } from '../core/standard-schema';

/** The items as the schema gives them; a promise only where the schema works asynchronously. */
export function validateItems(
  items: readonly unknown[],
  schema: StandardSchemaV1,
): readonly unknown[] | Promise<readonly unknown[]> {
  const results = items.map((item) => schema['~standard'].validate(item));
  if (results.every(isSettled)) return outputs(results);
  return Promise.all(results.map((result) => Promise.resolve(result))).then(outputs);
}

function isSettled(
  result: SchemaResult<unknown> | Promise<SchemaResult<unknown>>,
): result is SchemaResult<unknown> {
  return !('then' in result); // a Promise may be of another realm, or zone.js' own
}

function outputs(results: readonly SchemaResult<unknown>[]): readonly unknown[] {
  return results.map((result, index) => {
    if (result.issues === undefined) return result.value;
    throw new PaginationError(
      'BAD_SHAPE',
      `Item ${String(index)} of the page does not fit the schema: ${result.issues.slice(0, 3).map(issueText).join('; ')}`,
    );
  });
}

function issueText({ message, path }: SchemaIssue): string {
  const keys = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return `${keys.length === 0 ? '' : `/${keys.join('/')}: `}${message}`;
}
