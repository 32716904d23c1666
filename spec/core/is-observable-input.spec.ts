import { of } from 'rxjs';

import { isObservableInput } from '../../lib/core/is-observable-input';

describe('isObservableInput', () => {
  it.each<[string, unknown]>([
    ['an Observable', of(1)],
    ['a promise', Promise.resolve(1)],
    ['a thenable', { then: () => undefined }],
    ['an array', []],
    ['a set', new Set()],
    ['a stream of the platform', new ReadableStream()],
    ['a generator', (async function* () {})()],
    ['a foreign Observable', { '@@observable': () => of(1) }],
    ['one by its symbol', { [Symbol.observable]: () => of(1) }],
  ])('takes %s', (_, value) => {
    expect(isObservableInput(value)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['an object', {}],
    ['a page', { items: [], next: 1 }],
    ['what is called so and is no function', { then: true, subscribe: {} }],
    ['a number', 5],
    ['null', null],
    ['undefined', undefined],
    ['a function', () => of(1)],
  ])('takes no %s', (_, value) => {
    expect(isObservableInput(value)).toBe(false);
  });
});
