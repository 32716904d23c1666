import { field } from './field';

const WAYS = [
  ...['subscribe', 'then', 'getReader', '@@observable'],
  ...[Symbol.observable, Symbol.asyncIterator, Symbol.iterator],
];

/** Whether RxJS can make an Observable of an object; of a text it could, a character at a time. */
export function isObservableInput(value: unknown): boolean {
  return WAYS.some((way) => typeof field(value, way) === 'function');
}
