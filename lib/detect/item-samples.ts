import { isRecord } from '../protocol/is-record';
import { isList, member } from './body-view';

/** Values looked at in one item. */
const MOST_VALUES = 60;
const DEEPEST = 6;
const LONGEST_TEXT = 200;

/** The beginning and end of a page's items as text, bounded however large they are: pages that differ nearly always differ in it. */
export function itemSamples(items: readonly unknown[]): string {
  const chosen = [...items.slice(0, 3), ...items.slice(-2)];
  return JSON.stringify([items.length, chosen.map(sampleOf)]);
}

function sampleOf(item: unknown): readonly unknown[] {
  const values: unknown[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (values.length >= MOST_VALUES || depth > DEEPEST) return;
    if (typeof value === 'string') values.push(value.slice(0, LONGEST_TEXT));
    else if (isList(value))
      value.slice(0, MOST_VALUES).forEach((one) => {
        visit(one, depth + 1);
      });
    else if (isRecord(value)) {
      // In the order of names: servers may write members in any.
      for (const name of Object.keys(value).slice(0, MOST_VALUES).sort()) {
        values.push(name);
        visit(value[name], depth + 1);
      }
    } else values.push(value);
  };
  visit(item, 0);
  return values;
}

/** Names of what tells one item from another. */
const KEYS = ['id', '_id', 'uid', 'uuid', 'guid', 'key', 'slug', 'sku', 'urn', 'uri'];
/** Names that go with them. */
const NAMES = ['name', 'title'];

/** The keys of a page's items as text, where all have one: a server that sends a page again may have changed the rest of it. */
export function itemKeys(items: readonly unknown[]): string | undefined {
  const chosen = [...items.slice(0, 50), ...items.slice(-50)];
  const has = (name: string): boolean => chosen.every((item) => isKey(member(item, name)));
  const keys = KEYS.filter(has);
  if (keys.length === 0 || items.length === 0) return undefined;
  const names = [...keys, ...NAMES.filter(has)];
  const values = chosen.map((item) => names.map((name) => member(item, name)));
  return JSON.stringify([items.length, names, values]);
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
