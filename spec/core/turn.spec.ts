import { nextTurn } from '../../lib/core/turn';

const own = globalThis.setImmediate;
const wait = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

const counted = jest.fn(own);

describe.each([
  ['setImmediate', counted],
  ['MessageChannel', undefined],
])('the next turn by %s', (_, given) => {
  beforeEach(() => {
    counted.mockClear();
    Object.defineProperty(globalThis, 'setImmediate', { value: given, configurable: true });
  });
  afterEach(() => {
    Object.defineProperty(globalThis, 'setImmediate', { value: own, configurable: true });
  });

  it('comes once, after what is due in this one', async () => {
    const order: string[] = [];
    nextTurn(() => order.push('turn'));
    await Promise.resolve().then(() => order.push('microtask'));
    order.push('end');
    await wait();
    expect(order).toEqual(['microtask', 'end', 'turn']);
    expect(counted).toHaveBeenCalledTimes(given === undefined ? 0 : 1);
  });

  it('does not come where it was cancelled', async () => {
    const order: string[] = [];
    const cancel = nextTurn(() => order.push('cancelled'));
    nextTurn(() => order.push('kept'));
    cancel();
    await wait();
    expect(order).toEqual(['kept']);
  });
});
