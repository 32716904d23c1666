import { singlePage } from '../../lib/strategy/single-page';
import { deepFreeze } from '../support/deep-freeze';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({ url: '/items' });

describe('singlePage', () => {
  it('reads one page and ends', () => {
    const strategy = singlePage({ items: '/data', totalCount: '/count' });
    expect(strategy.start(request)).toBe(request);
    const reading = strategy.read(request, replyOf({ data: [1], count: 9, next: 'k2' }));
    expect(reading).toMatchObject({ kind: 'single', items: [1], totalCount: 9 });
    expect(reading.next()).toBeUndefined();
    expect(strategy.at(request, 1)).toBe(request);
    expect(strategy.kind).toBe('single');
  });

  it('has an id of its settings and refuses others', () => {
    expect(singlePage({ items: '/data' }).id).toBe('single(items=/data)');
    expect(() => singlePage({ next: '/next' } as object)).toThrow(
      "singlePage: unknown option 'next'",
    );
  });
});
