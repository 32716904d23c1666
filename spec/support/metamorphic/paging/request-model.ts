import type { Json } from '../../../../lib/core/json';
import type { DialectRequest } from '../../dialect-file';
import { leavesOf, textOf, valueAt } from '../json-tools';
import type { Layout } from './layout';
import { type SlotRule, slotRule, type Slots, slotsOf, withSlots } from './request-slots';

/** The requests of a walk, understood well enough to make those of another layout. */
export class RequestModel {
  readonly rules: ReadonlyMap<string, SlotRule>;
  readonly slots: readonly Slots[];

  /** @param requests of each page, in order */
  constructor(
    readonly requests: readonly DialectRequest[],
    readonly layout: Layout,
  ) {
    this.slots = requests.map(slotsOf);
    const names = new Set(this.slots.flatMap((slots) => [...slots.keys()]));
    const kinds = [...names].map((slot) => (slot === 'url' ? 'same' : this.#ruleOf(slot).kind));
    const isCounted = kinds.includes('number') || kinds.includes('offset');
    const isMoved = isCounted || kinds.includes('token');
    this.rules = new Map(
      [...names].map((slot) => {
        const rule = this.#ruleOf(slot);
        // Where a counter moves, what looks the same on all pages is; where anything moves, the path is.
        const isFixed =
          rule.kind === 'token' && this.#isSame(slot) && (slot === 'url' ? isMoved : isCounted);
        return [slot, isFixed ? ({ kind: 'same' } as const) : rule];
      }),
    );
  }

  #ruleOf(slot: string): SlotRule {
    const values = this.slots.map((slots) => slots.get(slot));
    const rule = slotRule(slot, values, this.layout);
    if (rule.kind !== 'token' || slot === 'url') return rule;
    const field = lastItemField(values, this.layout);
    return field === undefined ? rule : { kind: 'token', field };
  }

  /** Whether what follows page 1 never differs. */
  #isSame(slot: string): boolean {
    const [, first, ...others] = this.slots.map((slots) => slots.get(slot));
    return others.every((value) => value === first);
  }

  /** The request of a page of another layout. */
  request(place: number, layout: Layout): DialectRequest {
    const template = this.requests[Math.min(place, this.requests.length - 1)]!;
    const slots = slotsOf(template);
    const values = [...slots.keys()].map(
      (slot) => [slot, this.value(slot, place, layout)] as const,
    );
    const known = values.filter(
      (entry): entry is readonly [string, Json] => entry[1] !== undefined,
    );
    return withSlots(template, new Map(known));
  }

  /** What a slot holds at a page of another layout; undefined where the request of that page has no such slot. */
  value(slot: string, place: number, layout: Layout): Json | undefined {
    const rule = this.rules.get(slot);
    const sample = this.slots
      .map((slots) => slots.get(slot))
      .find((v) => v !== undefined && v !== null && v !== '');
    const own = this.slots[Math.min(place, this.slots.length - 1)]?.get(slot);
    const like = (n: number): Json => (typeof sample === 'number' ? n : String(n));
    switch (rule?.kind) {
      case 'limit':
        return like(layout.limit);
      case 'number':
        return like(rule.first + place);
      case 'offset':
        return like(rule.first + (layout.starts[place] ?? layout.total));
      case 'range': {
        const start = layout.starts[place] ?? layout.total;
        return own === undefined ? own : `${String(start)}-${String(start + layout.limit - 1)}`;
      }
      case 'token':
        if (rule.field !== undefined && place > 0)
          return fieldBefore(place, layout, rule.field, own);
        if (place < this.slots.length || own === undefined) return own;
        return anotherToken(own, place);
      case 'same':
      case undefined:
        return own;
    }
  }
}

/** The field of the last item of each page that the next request repeats. */
function lastItemField(
  values: readonly (Json | undefined)[],
  { items, starts }: Layout,
): string | undefined {
  const lasts = starts.slice(1, values.length).map((start) => items[start - 1] ?? null);
  const fields = [...leavesOf(lasts[0] ?? null, undefined).keys()];
  return fields.find((field) =>
    lasts.every((item, page) => {
      const value = valueAt(item, field);
      return value !== undefined && textOf(value) === textOf(values[page + 1]);
    }),
  );
}

/** A field of the last item before a page, as the slot holds it. */
function fieldBefore(
  place: number,
  { items, starts }: Layout,
  field: string,
  own: Json | undefined,
): Json | undefined {
  const item = items[(starts[place] ?? items.length) - 1];
  const value = item === undefined ? undefined : valueAt(item, field);
  return value === undefined || typeof own === typeof value ? value : textOf(value);
}

/** A token that differs from the known one at each page, and looks like it. */
function anotherToken(known: Json, place: number): Json {
  if (typeof known === 'number') return known + 1000 * place;
  if (typeof known !== 'string') return known;
  if (/^\d+$/.test(known)) return String(BigInt(known) + 1000n * BigInt(place));
  const end = /=*$/.exec(known)![0].length;
  return `${known.slice(0, known.length - end)}q${String(place)}${known.slice(known.length - end)}`;
}
