import { DecimalPipe } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';

import { IssueBrowser } from './issue-browser';
import { IssueRow } from './issue-row';
import { PAGE_SIZE } from './issues';
import { problemText } from './exporter';
import { NearViewport } from './near-viewport';
import { RetryNotice } from './retry-notice';
import { watchedMedia } from './watched-media';

const ROW = 72;
const PHONE_ROW = 96;
const SETTLED_MS = 120;

/** The issues as a feed: as tall as the whole list, with the rows of the window where they belong. */
@Component({
  selector: 'app-issue-feed',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [DecimalPipe, IssueRow, NearViewport],
  templateUrl: './issue-feed.html',
  styleUrl: './issue-feed.css',
  host: {
    '(window:scroll)': 'look()',
    '(window:resize)': 'look()',
    '[style.--row.px]': 'row()',
  },
})
export class IssueFeed {
  protected readonly browser = inject(IssueBrowser);
  protected readonly list = this.browser.list;
  protected readonly retrying = inject(RetryNotice).attempt;

  readonly #isPhone = watchedMedia('(max-width: 640px)');
  protected readonly row = computed(() => (this.#isPhone() ? PHONE_ROW : ROW));
  protected readonly total = this.browser.total;

  /** Places of the rows loaded: from, up to but not including. */
  readonly #loaded = computed(() => {
    const items = this.list.items();
    const [first, last] = [items[0], items.at(-1)];
    return first === undefined || last === undefined
      ? undefined
      : ([first.place, last.place + 1] as const);
  });
  protected readonly begin = computed(() => this.#loaded()?.[0] ?? 0);
  protected readonly end = computed(() => this.#loaded()?.[1] ?? 0);

  /** Places of the first and last row that can be seen. */
  protected readonly seen = signal<readonly [number, number]>([0, 0]);
  protected readonly focused = signal(0);
  /** The one row that the tabulator key comes to. */
  protected readonly tabStop = computed(() =>
    Math.min(Math.max(this.focused(), this.begin()), Math.max(this.begin(), this.end() - 1)),
  );

  protected readonly view = computed(() => {
    const status = this.list.status();
    if (this.list.items().length > 0) return 'rows';
    if (status === 'done') return 'empty';
    // Of a list whose length is known the place stays, whatever becomes of its rows.
    if (this.total() !== undefined) return 'rows';
    return status === 'error' ? 'error' : 'begin';
  });
  protected readonly isBusy = computed(() =>
    ['loading', 'refreshing'].includes(this.list.status()),
  );
  protected readonly isAtEnd = computed(() => this.seen()[1] + 1 >= (this.total() ?? 0));
  protected readonly problem = computed(() => problemText(this.list.error()));
  protected readonly skeletons = Array.from({ length: 10 }, (_, index) => index);

  /** For those who cannot see the list grow. */
  protected readonly spoken = computed(() => {
    const total = this.total();
    const status = this.list.status();
    const count = total?.toLocaleString('en') ?? '';
    if (status === 'error') return ''; // the alert says it
    if (this.view() === 'empty') return 'No issues found.';
    if (status !== 'idle' && status !== 'done') return '';
    const [from, to] = [this.begin() + 1, this.end()].map((place) => place.toLocaleString('en'));
    return `Issues ${String(from)} to ${String(to)} of ${count} loaded.`;
  });

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly feed = viewChild<ElementRef<HTMLElement>>('feed');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      this.browser.query();
      untracked(() => {
        this.focused.set(0);
        scrollTo({ top: 0, behavior: 'instant' });
      });
    });
    effect(() => {
      this.#loaded();
      this.row();
      this.list.status();
      untracked(() =>
        requestAnimationFrame(() => {
          this.look();
        }),
      );
    });
  }

  protected toStart(): void {
    if (this.seen()[0] > 0) this.#show(0);
  }

  protected toEnd(): void {
    if (!this.isAtEnd()) this.#show((this.total() ?? 1) - 1);
  }

  /** The button goes with what it was about, and would take the focus along. */
  protected retry(): void {
    this.list.retry();
    const row = this.feed()?.nativeElement.querySelector<HTMLElement>('article[tabindex="0"]');
    (row ?? this.#host.closest('main'))?.focus({ preventScroll: true });
  }

  /** Notes which rows can be seen; where the window is somewhere else, the list begins anew there. */
  protected look(): void {
    const feed = this.feed()?.nativeElement;
    if (feed === undefined) return;
    const total = this.total() ?? 0;
    const top = feed.getBoundingClientRect().top;
    const placeAt = (y: number) => Math.floor((y - top) / this.row());
    const clamp = (place: number) => Math.min(Math.max(0, place), Math.max(0, total - 1));
    // On low screens the header is scrolled away.
    const header = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
    this.seen.set([clamp(placeAt(Math.max(0, header))), clamp(placeAt(innerHeight - 1))]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#catchUp();
    }, SETTLED_MS);
  }

  protected move(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 }[event.key];
    const ends = { Home: this.begin(), End: this.end() - 1 }[event.key];
    if ((step === undefined && ends === undefined) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const place = ends ?? this.tabStop() + (step ?? 0);
    this.focused.set(Math.min(Math.max(place, this.begin()), this.end() - 1));
    const rows = this.feed()?.nativeElement.querySelectorAll<HTMLElement>('article');
    rows?.[this.focused() - this.begin()]?.focus();
  }

  #catchUp(): void {
    const loaded = this.#loaded();
    const { status } = this.list.state();
    if (loaded === undefined || (status !== 'idle' && status !== 'done')) return;
    const [from, to] = this.seen();
    if (to < loaded[0] - PAGE_SIZE || from >= loaded[1] + PAGE_SIZE) this.browser.goTo(from);
    else if (from < loaded[0]) this.list.loadPrevious();
    else if (to >= loaded[1]) this.list.loadMore();
  }

  #show(place: number): void {
    const loaded = this.#loaded();
    if (loaded === undefined || place < loaded[0] || place >= loaded[1]) this.browser.goTo(place);
    this.focused.set(place);
    const bottom = document.documentElement.scrollHeight;
    scrollTo({ top: place === 0 ? 0 : bottom, behavior: 'instant' });
  }
}
