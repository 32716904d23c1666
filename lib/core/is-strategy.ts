import { field } from './field';

/** Whether a value has what a walk needs of a strategy. */
export function isStrategy(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    ['start', 'at', 'read'].every((name) => typeof field(value, name) === 'function') &&
    typeof field(value, 'id') === 'string'
  );
}
