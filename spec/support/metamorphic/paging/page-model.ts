import type { Json } from '../../../../lib/core/json';
import { parsePointer } from '../../../../lib/protocol/json-pointer';
import { setAtPointer } from '../../../../lib/protocol/json-pointer';
import { type DialectFile, type DialectPage, itemsOf } from '../../dialect-file';
import {
  isArray,
  isObject,
  leavesOf,
  mapBody,
  partsOf,
  valueAt,
  textOf,
  wordsOf,
} from '../json-tools';
import { type Layout, layoutOf } from './layout';
import { leafRule, type LeafRule } from './leaf-rule';
import { isLink, movedLink } from './link-text';
import { RequestModel } from './request-model';

/** Where a value is in a page: a pointer into the body, or the name of a header. */
type Place = string;

const TOTALS: readonly string[] = ['total', 'pages', 'remaining'];
const WAYS: readonly string[] = ['more', 'last', 'next'];

/** A header whatever its case. */
function leafOf(page: DialectPage | undefined, header: string): string | undefined {
  const entry = Object.entries(page?.headers ?? {}).find(([name]) => name.toLowerCase() === header);
  return entry === undefined ? undefined : String(entry[1]);
}

/** A dialect understood well enough to play a list of another length on pages of another size. */
export class PageModel {
  readonly layout: Layout;
  readonly requests: RequestModel;
  readonly alternatives: readonly RequestModel[];
  /** What the numbers and flags of the replies say, by pointer and by name of header. */
  readonly rules: ReadonlyMap<Place, LeafRule>;
  readonly items: readonly Json[];

  constructor(readonly file: DialectFile) {
    const { expect, request, pages } = file;
    this.items = itemsOf(file);
    this.layout = layoutOf(this.items, expect.itemCounts);
    const next = expect.next.filter((one) => one !== null);
    this.requests = new RequestModel([request, ...next], this.layout);
    const others = expect.nextAlternatives ?? [];
    this.alternatives = (others[0] ?? []).map((_, choice) => {
      const requests = others.flatMap((choices) => choices.slice(choice, choice + 1));
      return new RequestModel([request, ...requests], this.layout);
    });
    const kinds = [...this.requests.rules.values()].map(({ kind }) => kind);
    const isByNumber = kinds.includes('number')
      ? true
      : kinds.includes('offset')
        ? false
        : undefined;

    const limitNames = [...this.requests.rules].flatMap(([slot, { kind }]) =>
      kind === 'limit' ? [wordsOf(slot.replace(/.*\//, '')).join('_')] : [],
    );
    const leaves = pages.map((page) => this.#leavesOf(page));
    const places = new Set(leaves.flatMap((map) => [...map.keys()]));
    const rules = [...places].flatMap((place) => {
      const names = place.startsWith('/') ? parsePointer(place) : [place];
      const values = leaves.map((map) => map.get(place));
      const rule = leafRule(names, values, this.layout, isByNumber, limitNames);
      return rule === undefined ? [] : [[place, rule] as const];
    });
    this.rules = new Map(rules);
  }

  #leavesOf({ headers, body }: DialectPage): Map<Place, Json> {
    const leaves = leavesOf(body, this.file.expect.itemsPointer);
    for (const [name, value] of Object.entries(headers)) {
      if (typeof value === 'string' && name !== 'Content-Type') leaves.set(name, value);
    }
    return leaves;
  }

  /** Whether replies say how many items, pages or items more there are. */
  get hasTotal(): boolean {
    const isSaid = [...this.rules.values()].some(({ says }) => TOTALS.includes(says));
    const range = leafOf(this.file.pages[0], 'content-range');
    return isSaid || (range !== undefined && /\d$/.test(range));
  }

  /** Whether replies show the way to the next page or the end: a token, a link, a flag, a next number. */
  get hasWay(): boolean {
    const { file, requests } = this;
    const isSaid = [...this.rules.values()].some(({ says }) => WAYS.includes(says));
    const isToken = [...requests.rules.values()].some(({ kind }) => kind === 'token');
    return isSaid || isToken || file.family.startsWith('link-');
  }

  /** Whether a full page is told from a short one: the request has the size, or the list ends by what replies say. */
  get hasSize(): boolean {
    return [...this.requests.rules.values()].some(({ kind }) => kind === 'limit');
  }

  /** Whether the request or the replies hold a number that counts pages or items. */
  get hasCounter(): boolean {
    const { rules, slots } = this.requests;
    const isSent = [...rules].some(
      ([slot, { kind }]) =>
        (kind === 'number' || kind === 'offset') && slots[0]?.has(slot) === true,
    );
    const isEchoed = [...this.rules.values()].some(
      ({ says }) => says === 'page' || says === 'offset',
    );
    return isSent || isEchoed;
  }

  /** The file with the items and pages of a layout. */
  render(layout: Layout): DialectFile {
    const { file } = this;
    const places = layout.sizes.map((_, place) => place);
    const last = places.length - 1;
    const { mayEndAt, ...expect } = file.expect;
    const isClosed = layout.sizes.at(-1) === 0;
    return {
      ...file,
      request: this.requests.request(0, layout),
      pages: places.map((place) => this.#page(place, layout)),
      expect: {
        ...expect,
        itemCounts: layout.sizes,
        total: expect.total === null ? null : layout.total,
        next: places.map((place) =>
          place < last ? this.requests.request(place + 1, layout) : null,
        ),
        ...(this.alternatives.length > 0 && {
          nextAlternatives: places.map((place) =>
            place < last ? this.alternatives.map((model) => model.request(place + 1, layout)) : [],
          ),
        }),
        ...(mayEndAt !== undefined && isClosed && { mayEndAt: [last - 1] }),
      },
    };
  }

  /** The known page that a page is made from: the first, the last, or one between. */
  #templateOf(place: number, { sizes }: Layout): number {
    const known = this.file.pages.length - 1;
    if (place === sizes.length - 1) return known;
    return place === 0 ? 0 : Math.min(1, known - 1);
  }

  #page(place: number, layout: Layout): DialectPage {
    const from = this.#templateOf(place, layout);
    const { status, headers, body } = this.file.pages[from]!;
    const move = (value: Json, at: Place, rel: string): Json | undefined =>
      this.#moved(value, at, rel, from, place, layout);
    const { itemsPointer } = this.file.expect;
    const moved = mapBody(body, itemsPointer, (value, pointer) => {
      if (isArray(value)) return place === 0 && from > 0 ? withoutPrevious(value) : value;
      if (isObject(value)) return value;
      return move(value, pointer, relOf(body, pointer));
    });
    const start = layout.starts[place] ?? 0;
    const own = layout.items.slice(start, start + (layout.sizes[place] ?? 0));
    const filled = setAtPointer(moved, itemsPointer, own);
    if (!filled.ok) throw new Error(`No items at ${itemsPointer}`);
    const lines = Object.entries(headers).map(([name, value]) => {
      if (name.toLowerCase() === 'link') {
        const links = [value].flat().map((text) => this.#movedHeader(text, from, place, layout));
        return [name, typeof value === 'string' ? links[0]! : links];
      }
      return [name, typeof value === 'string' ? textOf(move(value, name, name) ?? value) : value];
    });
    return {
      status,
      headers: Object.fromEntries(lines) as DialectPage['headers'],
      body: filled.document as Json,
    };
  }

  #movedHeader(text: string, from: number, place: number, layout: Layout): string {
    return text.replaceAll(/<([^>]*)>([^,]*)/g, (_, target: string, params: string) => {
      const rel = /rel="?([\w ]+)/.exec(params)?.[1] ?? '';
      return `<${this.#movedLink(target, rel, from, place, layout)}>${params}`;
    });
  }

  #moved(
    value: Json,
    at: Place,
    rel: string,
    from: number,
    place: number,
    layout: Layout,
  ): Json | undefined {
    const rule = this.rules.get(at);
    if (rule !== undefined) {
      const next = rule.at(place, layout);
      // Page 1 says of the page before it what it always said.
      if (rule.says === 'prev' && next === undefined) return this.#first(at);
      return next === undefined ? value : like(value, next);
    }
    if (at.toLowerCase() === 'content-range') {
      const start = layout.starts[place] ?? 0;
      const end = String(start + (layout.sizes[place] ?? 0) - 1);
      return `${String(start)}-${end}/${textOf(value).endsWith('*') ? '*' : String(layout.total)}`;
    }
    if (place === 0 && from > 0 && /(?:^|\/|_)prev[^/]*(?:\/(?:href|url|uri|link))?$/i.test(at)) {
      return this.#first(at);
    }
    if (place === 0 && from > 0 && this.#isOwnToken(value, from)) return this.#first(at);
    const token = this.#movedToken(value, from, place, layout);
    if (token !== undefined) return token;
    if (typeof value === 'string' && isLink(value))
      return this.#movedLink(value, rel, from, place, layout);
    return value;
  }

  /** What page 1 has at a place. */
  #first(at: Place): Json | undefined {
    return this.#leavesOf(this.file.pages[0]!).get(at);
  }

  /** Whether a value repeats the cursor that its page was asked with; a first page is asked with none. */
  #isOwnToken(value: Json, from: number): boolean {
    return [...this.requests.rules].some(([slot, { kind }]) => {
      const own = this.requests.slots[from]?.get(slot);
      return kind === 'token' && slot !== 'url' && own !== undefined && own === value;
    });
  }

  /** A cursor of the request after this one, or of this one. */
  #movedToken(value: Json, from: number, place: number, layout: Layout): Json | undefined {
    for (const [slot, { kind }] of this.requests.rules) {
      if (kind !== 'token' || slot === 'url') continue;
      for (const step of [1, 0]) {
        const known = this.requests.slots[from + step]?.get(slot);
        if (known === undefined || known === null || known === '') continue;
        if (textOf(known) !== textOf(value)) continue;
        const next = this.requests.value(slot, place + step, layout);
        return next === undefined || typeof next === typeof value
          ? next
          : typeof value === 'number'
            ? Number(next)
            : textOf(next);
      }
    }
    return undefined;
  }

  #movedLink(text: string, rel: string, from: number, place: number, layout: Layout): string {
    const words = wordsOf(rel);
    const is = (pattern: RegExp) => words.some((word) => pattern.test(word));
    const known = this.file.pages.length - 1;
    const last = layout.sizes.length - 1;
    if (is(/^next$/)) return movedLink(text, this.requests, from + 1, place + 1, layout);
    if (is(/^prev/))
      return movedLink(text, this.requests, Math.max(0, from - 1), Math.max(0, place - 1), layout);
    if (is(/^first$/)) return movedLink(text, this.requests, 0, 0, layout);
    if (is(/^last$/)) return movedLink(text, this.requests, known, last, layout);
    return movedLink(text, this.requests, from, place, layout);
  }
}

/** Links of a first page lead to none before it. */
function withoutPrevious(links: readonly Json[]): readonly Json[] {
  return links.filter((link) => {
    const rel = isObject(link) ? (link['rel'] ?? link['relation']) : undefined;
    return typeof rel !== 'string' || !rel.startsWith('prev');
  });
}

/** The relation of a link: that beside it in an array of links, else the name it stands under. */
function relOf(body: Json, pointer: string): string {
  const { parent, name } = partsOf(pointer);
  const object = valueAt(body, parent);
  if (isObject(object)) {
    const rel = object['rel'] ?? object['relation'];
    if (typeof rel === 'string') return rel;
  }
  return /^(?:href|url|uri|link)$/.test(name) ? partsOf(parent).name : name;
}

function like(sample: Json, value: number | boolean): Json {
  return typeof sample === 'string' ? String(value) : value;
}
