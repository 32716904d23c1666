import { detect } from '../../lib/detect/detect';
import { largePages } from '../support/large-pages';

/** A body that counts how often something in it is looked at: members read, asked for, or listed. */
function counted(body: unknown): { readonly body: unknown; readonly looks: () => number } {
  let looks = 0;
  const seen = new WeakMap<object, object>();
  const wrap = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const proxy = new Proxy(value, {
      get: (target, name, receiver) => {
        looks += 1;
        return wrap(Reflect.get(target, name, receiver));
      },
      has: (target, name) => {
        looks += 1;
        return Reflect.has(target, name);
      },
      getOwnPropertyDescriptor: (target, name) => {
        looks += 1;
        return Reflect.getOwnPropertyDescriptor(target, name);
      },
      ownKeys: (target) => {
        const keys = Reflect.ownKeys(target);
        looks += keys.length;
        return keys;
      },
    });
    seen.set(value, proxy);
    return proxy;
  };
  return { body: wrap(body), looks: () => looks };
}

/** How often detection looks at a page, and at one ten times as large. */
function looksAt(place: number, scale: number): number {
  const { request, headers, body } = largePages(scale)[place]!;
  const watched = counted(body);
  detect(request, { status: 200, headers, body: watched.body, url: request.url });
  return watched.looks();
}

describe('the cost of detection', () => {
  const shapes = largePages(0.001).map(({ name }, place) => [name, place] as const);

  it.each(shapes.filter(([name]) => name !== 'records by id'))(
    'does not grow with the size of a page: %s',
    (_, place) => {
      const small = looksAt(place, 0.01);
      const large = looksAt(place, 0.1);
      expect(small).toBeGreaterThan(0);
      expect(large / small).toBeLessThan(1.2);
      // A few names and a few items, where a page has ten thousands of values.
      expect(large).toBeLessThan(5_000);
    },
  );

  // The names of an object are listed at once or not at all, but what they stand for is not looked at.
  it('grows no faster than the names of a map by id', () => {
    const place = shapes.findIndex(([name]) => name === 'records by id');
    const { body } = largePages(0.1)[place]!;
    expect(looksAt(place, 0.1)).toBeLessThan(3 * Object.keys(body as object).length);
    expect(looksAt(place, 0.1) / looksAt(place, 0.01)).toBeLessThan(12);
  });

  it('is counted: a detector that looks at every item is seen', () => {
    const { body } = largePages(0.01)[0]!;
    const watched = counted(body);
    JSON.stringify(watched.body);
    expect(watched.looks()).toBeGreaterThan(5_000);
  });
});
