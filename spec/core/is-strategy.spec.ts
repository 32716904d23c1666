import { isStrategy } from '../../lib/core/is-strategy';

describe('isStrategy', () => {
  const whole = { id: '', start: () => 0, at: () => 0, read: () => 0 };

  it('takes what has a name and the three functions', () => {
    expect(isStrategy(whole)).toBe(true);
    expect(isStrategy({ ...whole, more: 1 })).toBe(true);
  });

  it.each([
    ['without an id', { ...whole, id: undefined }],
    ['with a number for an id', { ...whole, id: 1 }],
    ['without start', { ...whole, start: undefined }],
    ['without at', { ...whole, at: undefined }],
    ['without read', { ...whole, read: undefined }],
    ['with an object for read', { ...whole, read: {} }],
    ['that is a function', Object.assign(() => 0, whole)],
    ['that is empty', {}],
    ['null', null],
    ['undefined', undefined],
    ['text', 'offset'],
  ])('takes none %s', (_, value) => {
    expect(isStrategy(value)).toBe(false);
  });
});
