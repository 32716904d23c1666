/**
 * @jest-environment jsdom
 */
import { lastValueFrom, toArray } from 'rxjs';

import { numberPagination, paginate } from 'paged-observable';
import { axiosTransport } from 'paged-observable/axios';
import { fetchTransport } from 'paged-observable/fetch';
import { fakeTransport } from 'paged-observable/testing';

// As in the tests of a component: a DOM, and neither fetch nor the coders of text that browsers have.
describe('in the jsdom of jest', () => {
  it('every transport can be imported, and the fake one be walked', async () => {
    expect([typeof TextEncoder, typeof TextDecoder, typeof fetch]).toEqual(
      Array.from({ length: 3 }, () => 'undefined'),
    );
    expect([typeof axiosTransport(), typeof fetchTransport()]).toEqual(['function', 'function']);
    const server = fakeTransport([{ body: ['a'] }, { body: ['b'] }, { body: [] }]);
    const letters = paginate(server, '/letters', { pagination: numberPagination<string>() });
    await expect(lastValueFrom(letters.pipe(toArray()))).resolves.toEqual(['a', 'b']);
  });
});
