import { textOf } from '../json-tools';
import type { RequestModel } from './request-model';
import type { Layout } from './layout';

/** Whether a text is a link with a query or a path, absolute or not. */
export function isLink(text: string): boolean {
  return /^(?:https?:\/\/|\/|\?)\S*$/.test(text) || /^\?.*=/.test(text);
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/**
 * The text of a link that led to page `from` of the known layout, made to lead to page `to` of another: the values that
 * were those of the one request become those of the other.
 */
export function movedLink(
  text: string,
  model: RequestModel,
  from: number,
  to: number,
  layout: Layout,
): string {
  const [start, ...rest] = text.split('?');
  let base = start ?? '';
  const url = model.value('url', to, layout);
  const old = model.value('url', from, model.layout);
  if (
    model.rules.get('url')?.kind === 'token' &&
    typeof url === 'string' &&
    typeof old === 'string'
  ) {
    base = base.replace(new URL(old).pathname, new URL(url).pathname);
  }
  if (rest.length === 0) return base;
  const pairs = rest.join('?').split('&');
  const moved = pairs.map((pair) => {
    const split = pair.indexOf('=');
    if (split < 0) return pair;
    // A URI template may follow the value: {&sort}
    const [, plain = '', tail = ''] = /^(.*?)(\{.*)?$/s.exec(pair.slice(split + 1)) ?? [];
    const value = movedValue(
      decoded(pair.slice(0, split)),
      decoded(plain),
      model,
      from,
      to,
      layout,
    );
    return value === undefined
      ? pair
      : `${pair.slice(0, split)}=${encodeURIComponent(value)}${tail}`;
  });
  return `${base}?${moved.join('&')}`;
}

/** The new value of a link's parameter; undefined where it stays. */
function movedValue(
  name: string,
  value: string,
  model: RequestModel,
  from: number,
  to: number,
  layout: Layout,
): string | undefined {
  const rule = model.rules.get(`query/${name}`);
  const slots =
    rule !== undefined && rule.kind !== 'same'
      ? [`query/${name}`]
      : // The same token under another name, such as page[cursor] for a body's /page/cursor.
        [...model.rules].flatMap(([slot, { kind }]) =>
          kind === 'token' && rule === undefined ? [slot] : [],
        );
  for (const slot of slots) {
    const old = model.value(slot, from, model.layout);
    const next = model.value(slot, to, layout);
    if (old !== undefined && next !== undefined && textOf(old) === value) {
      // How a value is written stays as it is where the value does.
      return textOf(next) === value ? undefined : textOf(next);
    }
  }
  return undefined;
}
