import { applyOverlay } from '../../lib/openapi/apply-overlay';
import { describeOperations } from '../../lib/openapi/describe-operations';
import { deepFreeze } from '../support/deep-freeze';
import { documentOf, list, object, TEXT } from './api-document';

const overlay = (...actions: readonly object[]) => ({ overlay: '1.0.0', info: {}, actions });
const document = deepFreeze(
  documentOf({ query: ['cursor'], schema: object({ data: list(), next: TEXT }) }) as object,
);
const fern = {
  cursor: '$request.cursor',
  next_cursor: '$response.next',
  results: '$response.data',
};

describe('applyOverlay', () => {
  it.each(["$.paths['/things'].get", "$.paths[*][?@.operationId == 'listThings']", '$..get'])(
    'adds pagination to a document that has none, at %s',
    (target) => {
      const changed = applyOverlay(
        document,
        overlay({ target, update: { 'x-fern-pagination': fern } }),
      );
      expect(describeOperations(changed).operations[0]?.pagination?.kind).toBe('cursor');
      expect(describeOperations(document).operations[0]?.pagination).toBeUndefined();
    },
  );

  it('merges objects, appends to arrays, replaces the rest, removes, in order', () => {
    const before = { a: { b: [1], c: { d: 1, e: 2 } }, tags: ['x', 'y', 'z'], old: 1 };
    const changed = applyOverlay(
      before,
      overlay(
        { target: '$.a', update: { b: [2, 3], c: { e: null, f: { g: 1 } } } },
        { target: '$.a.b', update: 4 },
        { target: '$.tags[0,1]', remove: true },
        { target: '$.old', remove: true },
        { target: '$', update: { old: { again: true } } },
      ),
    );
    expect(changed).toEqual({
      a: { b: [1, 2, 3, 4], c: { d: 1, e: null, f: { g: 1 } } },
      tags: ['z'],
      old: { again: true },
    });
    expect(before.a.b).toEqual([1]);
  });

  it('changes every match apart from the others', () => {
    const shared = { q: {} };
    const changed = applyOverlay(
      { a: shared, b: shared },
      overlay(
        { target: '$.a', update: { q: { x: 1 } } },
        { target: '$.*', update: { y: { z: [] } } },
        { target: '$.b.y.z', update: 1 },
      ),
    );
    expect(changed).toEqual({ a: { q: { x: 1 }, y: { z: [] } }, b: { q: {}, y: { z: [1] } } });
  });

  it('copies', () => {
    expect(applyOverlay({ a: { x: 1 }, b: {} }, overlay({ target: '$.b', copy: '$.a' }))).toEqual({
      a: { x: 1 },
      b: { x: 1 },
    });
  });

  it('tells of targets that are nowhere and changes nothing', () => {
    const missed: string[] = [];
    const found = applyOverlay({ a: 1 }, overlay({ target: '$.b', update: { x: 1 } }), (one) =>
      missed.push(one),
    );
    expect([found, missed]).toEqual([{ a: 1 }, ['$.b']]);
  });

  it('takes __proto__ for a name', () => {
    const update: unknown = JSON.parse(
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    );
    const changed = applyOverlay(
      { a: {} },
      overlay({ target: '$.a', update }, { target: '$.a', update }),
    );
    expect(JSON.stringify(changed)).toBe(JSON.stringify({ a: update }));
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    [{}, "Expected an overlay: 'overlay' of version 1.x and a list of 'actions'"],
    [{ overlay: '2.0.0', actions: [] }, 'Expected an overlay'],
    [overlay({ update: {} }), 'Expected a JSONPath as the target of action 1'],
    [overlay({ target: '$..[', update: {} }), 'Expected a JSONPath, got "$..["'],
    [overlay({ target: '$.paths', update: 1 }), 'takes no such update'],
  ])('refuses %j', (wrong, message) => {
    expect(() => applyOverlay(document, wrong)).toThrow(TypeError);
    expect(() => applyOverlay(document, wrong)).toThrow(message);
  });
});
