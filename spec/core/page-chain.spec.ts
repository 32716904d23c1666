import { asapScheduler, map, NEVER, of, take, type Observable } from 'rxjs';

import { pageChain, type Gate, type PageSteps } from '../../lib/core/page-chain';
import { PageFlow } from '../../lib/core/page-flow';
import { marbles } from '../support/marbles';

interface Letter {
  readonly place: number;
  readonly text: string;
}

function stepsOf(pages: readonly Observable<string>[]): PageSteps<Letter> {
  const at = (place: number) => pages[place]?.pipe(map((text) => ({ place, text })));
  return { first: () => at(0), next: ({ place }) => at(place + 1), shown: () => true };
}

/** The chain with its gates opened as soon as they are parked. */
function chain(pages: readonly Observable<string>[]): Observable<string> {
  const open = ({ prepare, subscriber }: Gate<Letter>) => {
    const fetch = prepare();
    if (fetch === undefined) subscriber.complete();
    else fetch.subscribe(subscriber);
  };
  return pageChain(stepsOf(pages), open).pipe(map(({ text }) => text));
}

describe('the page chain', () => {
  it(
    'projects each page to the fetch of the next and completes after the last',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const one = cold('  --(1|)        ');
      const two = cold('    ---(2|)     ');
      const three = cold('     -(3|)    ');
      expectObservable(chain([one, two, three])).toBe('--1--2(3|)');
      expectSubscriptions(one.subscriptions).toBe('  ^-!');
      expectSubscriptions(two.subscriptions).toBe('  --^--!');
      expectSubscriptions(three.subscriptions).toBe('-----^!');
    }),
  );

  it(
    'completes at once where there is nothing to fetch',
    marbles(({ expectObservable }) => {
      expectObservable(chain([])).toBe('|');
    }),
  );

  it(
    'completes where a fetch gives no page',
    marbles(({ cold, expectObservable }) => {
      expectObservable(chain([cold('-(1|)'), cold('--|')])).toBe('-1-|');
    }),
  );

  it(
    'never ends where a fetch never does',
    marbles(({ cold, expectObservable }) => {
      expectObservable(chain([cold('-(1|)'), NEVER])).toBe('-1');
    }),
  );

  it(
    'errors with the error of a fetch',
    marbles(({ cold, expectObservable }) => {
      expectObservable(chain([cold('-(1|)'), cold('--#')])).toBe('-1-#');
    }),
  );

  it(
    'cancels the request in flight when the subscriber leaves',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const one = cold('--(1|)      ');
      const two = cold('  ------(2|)');
      const unsub = '   ----!       ';
      expectObservable(chain([one, two]), unsub).toBe('--1');
      expectSubscriptions(two.subscriptions).toBe('--^-!');
    }),
  );

  it('parks no gate for a subscriber that has left while the page was handed on', () => {
    let parked = 0;
    const told: string[] = [];
    const source = pageChain(stepsOf([of('a'), of('b')]), ({ prepare, subscriber }) => {
      parked++;
      prepare()?.subscribe(subscriber);
    });
    source.pipe(take(1)).subscribe(({ text }) => told.push(text));
    expect(told).toEqual(['a']);
    expect(parked).toBe(1);
  });
});

describe('the flow of pages', () => {
  const turn = (callback: () => void) => {
    const action = asapScheduler.schedule(callback);
    return () => {
      action.unsubscribe();
    };
  };

  it(
    'opens one gate for each demand, and none before',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const one = cold('       -(1|)    ');
      const two = cold('            -(2|)');
      const demand = hot('  ---x----x---');
      const told: string[] = [];
      const flow = new PageFlow(stepsOf([one, two]), { prefetch: 0, turn }, {
        page: ({ text }) => told.push(text),
        error: () => told.push('error'),
        complete: () => told.push('complete'),
      });
      demand.subscribe(() => {
        flow.more();
      });
      expectSubscriptions(one.subscriptions).toBe('---^!');
      expectSubscriptions(two.subscriptions).toBe('--------^!');
      expectObservable(demand.pipe(map(() => told.join('')))).toBe('---a----b', { a: '', b: '1' });
    }),
  ); // prettier-ignore

  it(
    'aborts what is on its way when it is stopped, and tells nothing any more',
    marbles(({ cold, expectSubscriptions, clock }) => {
      const one = cold('-----(1|)');
      const told: string[] = [];
      const flow = new PageFlow(stepsOf([one]), { prefetch: 0, turn }, {
        page: ({ text }) => told.push(text),
        error: () => told.push('error'),
        complete: () => told.push('complete'),
      });
      flow.more();
      clock.schedule(() => {
        flow.stop();
        flow.stop();
        flow.more();
      }, 3);
      expectSubscriptions(one.subscriptions).toBe('^--!');
      clock.schedule(() => {
        expect(told).toEqual([]);
      }, 20);
    }),
  ); // prettier-ignore
});
