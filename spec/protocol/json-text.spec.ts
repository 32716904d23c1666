import { jsonTextOf } from '../../lib/protocol/json-text';

it.each([
  [{ b: 1, a: [null, 'x'] }, '{"b":1,"a":[null,"x"]}'],
  [null, 'null'],
  ['', '""'],
  [{ toJSON: () => 1 }, '1'],
])('gives the JSON text of %j', (value, text) => {
  expect(jsonTextOf(value)).toBe(text);
});

const ring: { own?: unknown } = {};
ring.own = ring;

it.each([
  ['a value that holds itself', ring],
  ['a bigint', 1n],
  ['a function', () => 1],
  ['nothing', undefined],
])('gives nothing for %s', (_, value) => {
  expect(jsonTextOf(value)).toBeUndefined();
});
