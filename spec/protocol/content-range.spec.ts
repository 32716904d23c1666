import { parseContentRange } from '../../lib/protocol/content-range';

describe('parseContentRange', () => {
  it.each([
    ['items 0-24/573', { unit: 'items', first: 0, last: 24, total: 573 }],
    ['0-24/573', { unit: '', first: 0, last: 24, total: 573 }],
    ['0-24/*', { unit: '', first: 0, last: 24 }],
    ['*/0', { unit: '', total: 0 }],
    ['items */*', { unit: 'items' }],
    [' bytes 5-5/6 ', { unit: 'bytes', first: 5, last: 5, total: 6 }],
    ['rows=0-1/2', { unit: 'rows', first: 0, last: 1, total: 2 }],
  ])('reads %p', (text, range) => {
    expect(parseContentRange(text)).toEqual(range);
  });

  it.each([
    ...['', 'items', '0-24', '24-0/100', '-1-2/3', '0-1/x', '1.5-2/3', 'items  0-1/2'],
    ...['0-9999999999999999/*', '0-1/2 and more', `${'u'.repeat(41)} 0-1/2`],
  ])('takes %p for none', (text) => {
    expect(parseContentRange(text)).toBeUndefined();
  });
});
