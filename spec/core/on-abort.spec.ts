import { onAbort } from '../../lib/core/on-abort';

/** A signal that counts the listeners it has. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...all: Parameters<typeof add>) => {
    if (all[0] === 'abort') listeners++;
    add(...all);
  };
  signal.removeEventListener = (...all: Parameters<typeof remove>) => {
    if (all[0] === 'abort') listeners--;
    remove(...all);
  };
  return { controller, signal, listeners: () => listeners };
}

describe('onAbort', () => {
  it('calls back in the order of the calls, with one listener for all', () => {
    const { controller, signal, listeners } = countedSignal();
    const called: string[] = [];
    onAbort(signal, () => called.push('one'));
    onAbort(signal, () => called.push('two'));
    expect([called, listeners()]).toEqual([[], 1]);
    controller.abort();
    expect(called).toEqual(['one', 'two']);
  });

  it('calls back no more where that was taken back, and lets go of the signal with the last', () => {
    const { controller, signal, listeners } = countedSignal();
    const called: string[] = [];
    const stopOne = onAbort(signal, () => called.push('one'));
    const stopTwo = onAbort(signal, () => called.push('two'));
    stopOne();
    stopOne();
    expect(listeners()).toBe(1);
    stopTwo();
    expect(listeners()).toBe(0);
    stopTwo();
    expect(listeners()).toBe(0);
    controller.abort();
    expect(called).toEqual([]);
  });

  it('listens anew after all had left, also where an earlier one takes its call back again', () => {
    const { controller, signal, listeners } = countedSignal();
    const called: string[] = [];
    const stopOne = onAbort(signal, () => called.push('one'));
    stopOne();
    onAbort(signal, () => called.push('two'));
    stopOne();
    onAbort(signal, () => called.push('three'));
    expect(listeners()).toBe(1);
    controller.abort();
    expect(called).toEqual(['two', 'three']);
  });

  it('keeps signals apart', () => {
    const [one, other] = [countedSignal(), countedSignal()];
    const called: string[] = [];
    const stopOne = onAbort(one.signal, () => called.push('one'));
    onAbort(other.signal, () => called.push('other'));
    stopOne();
    expect([one.listeners(), other.listeners()]).toEqual([0, 1]);
    other.controller.abort();
    expect(called).toEqual(['other']);
  });
});
