import { isRecord } from '../../lib/protocol/is-record';

it.each([[{}], [{ a: 1 }], [Object.create(null)], [new Date(0)]])('takes %o for one', (value) => {
  expect(isRecord(value)).toBe(true);
});

it.each([[null], [undefined], [[]], [[{}]], [''], ['{}'], [0], [true], [() => ({})]])(
  'takes %o for none',
  (value: unknown) => {
    expect(isRecord(value)).toBe(false);
  },
);
