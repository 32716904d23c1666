import { EMPTY, type Observable, of, Subject } from 'rxjs';

import type { PageSteps } from '../../lib/core/page-chain';
import { PageFlow, type PageFlowSettings } from '../../lib/core/page-flow';

/** A walk over pages 0, 1, 2 ... that are answered by hand or at once, with turns taken by hand; notes all that happens. */
class Flow {
  readonly log: string[] = [];
  /** The rooms told for each page. */
  readonly rooms: [page: number, room: number][] = [];
  /** Replies that are on their way. */
  readonly replies: Subject<number>[] = [];
  readonly flow: PageFlow<number>;
  #turn: (() => void) | undefined;

  constructor(
    readonly pages: number,
    settings: Partial<PageFlowSettings> = {},
    steps: Partial<PageSteps<number>> = {},
  ) {
    const own: PageSteps<number> = {
      first: () => this.#fetch(0),
      next: (page) => (page + 1 < this.pages ? this.#fetch(page + 1) : undefined),
      shown: () => true,
      ahead: (page, room) => this.rooms.push([page, room]),
    };
    const turn = (callback: () => void) => {
      this.log.push('turn');
      this.#turn = callback;
      return () => {
        this.#turn = undefined;
      };
    };
    this.flow = new PageFlow<number>(
      { ...own, ...steps },
      { prefetch: 0, turn, ...settings },
      {
        page: (page) => this.log.push(`page ${String(page)}`),
        error: (error) => this.log.push(String(error)),
        complete: () => this.log.push('end'),
      },
    );
  }

  /** What has happened since it was asked last. */
  get news(): string[] {
    return this.log.splice(0);
  }

  reply(page: number): void {
    this.replies[page]?.next(page);
    this.replies[page]?.complete();
  }

  /** Lets the event loop go round. */
  turn(): void {
    const turn = this.#turn;
    this.#turn = undefined;
    turn?.();
  }

  #fetch(page: number): Observable<number> {
    this.log.push(`ask ${String(page)}`);
    return (this.replies[page] = new Subject());
  }
}

describe('a flow of pages', () => {
  it('without prefetch hands a page on before the next is asked for, even where that is wanted already', () => {
    const walk = new Flow(3);
    walk.flow.more();
    walk.flow.more();
    walk.reply(0);
    expect(walk.news).toEqual(['ask 0', 'page 0', 'ask 1']);
    walk.flow.stop();
  });

  it('with prefetch asks for the next page first and then hands on after one turn, from the first page on', () => {
    const walk = new Flow(4, { prefetch: 1 });
    walk.flow.more();
    expect(walk.news).toEqual(['ask 0']);
    walk.reply(0);
    expect(walk.news).toEqual(['ask 1', 'turn']);
    walk.turn();
    expect(walk.news).toEqual(['page 0']);
    walk.reply(1);
    expect(walk.news).toEqual([]);
    walk.flow.more();
    expect(walk.news).toEqual(['ask 2', 'turn']);
    walk.turn();
    expect(walk.news).toEqual(['page 1']);
    walk.flow.stop();
  });

  it('asks behind pages that nobody sees no further than ahead of the page before them, until more is wanted', () => {
    const walk = new Flow(9, { prefetch: 2 }, { shown: (page) => page % 3 === 0 });
    const replyAll = () => {
      for (let page = 0; page < 9; page++) walk.reply(page);
      walk.turn();
    };
    walk.flow.more();
    replyAll();
    expect(walk.news).toEqual(['ask 0', 'ask 1', 'turn', 'ask 2', 'page 0']);
    replyAll();
    expect(walk.news).toEqual([]);
    walk.flow.more();
    // Page 0 is consumed, and so are 1 and 2, which nobody sees.
    expect(walk.news).toEqual(['ask 3']);
    replyAll();
    expect(walk.news).toEqual(['ask 4', 'turn', 'ask 5', 'page 3']);
    expect(walk.rooms.at(-1)).toEqual([4, 1]);
    walk.flow.stop();
  });

  it('with prefetch takes no turn where nothing was asked for', () => {
    const walk = new Flow(2, { prefetch: 3 });
    walk.flow.more();
    walk.reply(0);
    walk.turn();
    walk.reply(1);
    expect(walk.news).toEqual(['ask 0', 'ask 1', 'turn', 'page 0']);
    walk.flow.more();
    expect(walk.news).toEqual(['page 1']);
    walk.flow.more();
    expect(walk.news).toEqual(['end']);
  });

  it('takes no turn before there is a page to hand on', () => {
    const walk = new Flow(3, { prefetch: 2 });
    walk.flow.more();
    walk.reply(0);
    walk.turn();
    expect(walk.news).toEqual(['ask 0', 'ask 1', 'turn', 'page 0']);
    walk.flow.more();
    expect(walk.news).toEqual([]);
    walk.reply(1);
    expect(walk.news).toEqual(['ask 2', 'turn']);
    walk.flow.stop();
  });

  it('hands nothing on during a turn, whatever comes or is wanted meanwhile', () => {
    const walk = new Flow(5, { prefetch: 2 });
    walk.flow.more();
    walk.reply(0);
    expect(walk.news).toEqual(['ask 0', 'ask 1', 'turn']);
    walk.reply(1);
    walk.flow.more();
    expect(walk.news).toEqual([]);
    walk.turn();
    expect(walk.news).toEqual(['ask 2', 'page 0', 'turn']);
    walk.turn();
    expect(walk.news).toEqual(['page 1']);
    walk.flow.stop();
  });

  it('leaves the turn when it is stopped', () => {
    const walk = new Flow(3, { prefetch: 1 });
    walk.flow.more();
    walk.reply(0);
    walk.flow.stop();
    walk.turn();
    expect(walk.news).toEqual(['ask 0', 'ask 1', 'turn']);
  });

  it('ends where a fetch gives no page', () => {
    const walk = new Flow(3, {}, { next: () => EMPTY });
    walk.flow.more();
    walk.reply(0);
    walk.flow.more();
    expect(walk.news).toEqual(['ask 0', 'page 0', 'end']);
  });

  it('leads on from a page that is not shown, which nobody has consumed', () => {
    const walk = new Flow(3, {}, { shown: (page) => page !== 1 });
    walk.flow.more();
    walk.reply(0);
    walk.flow.more();
    walk.reply(1);
    walk.reply(2);
    expect(walk.news).toEqual(['ask 0', 'page 0', 'ask 1', 'ask 2', 'page 2']);
  });

  it('says what may be asked for behind the last page, once for each page and demand, and not behind the end', () => {
    const failing = (page: number) => {
      if (page === 2) throw new Error('cut');
      return of(page + 1);
    };
    const walk = new Flow(3, { prefetch: 2 }, { first: () => of(0), next: failing });
    walk.flow.more();
    for (let page = 1; page <= 3; page++) walk.flow.more();
    expect(walk.news).toEqual(['page 0', 'page 1', 'page 2', 'Error: cut']);
    expect(walk.rooms).toEqual([
      [0, 2],
      [1, 1],
      [2, 0],
      [2, 1],
    ]);
  });
});
