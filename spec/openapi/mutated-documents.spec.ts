import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

import { clientModel } from '../../lib/codegen/client-model';
import { writeClient } from '../../lib/codegen/write-client';
import { PaginationError } from '../../lib/core/pagination-error';
import { createClient } from '../../lib/openapi/create-client';
import { describedPagination } from '../../lib/openapi/described-pagination';
import { readDocument } from '../../lib/openapi/describe-operations';
import { parseDocument } from '../../lib/openapi/parse-document';
import { FUZZ_RUNS } from '../support/fuzz-runs';

jest.setTimeout(300_000);

/** 500 where nothing else is asked for; each is also made into a client. */
const DOCUMENTS = Math.ceil(FUZZ_RUNS / 4);

const text = [
  readFileSync(join(__dirname, 'documents/harbour.yaml'), 'utf8'),
  readFileSync(join(__dirname, '../../samples/users-api/users.yaml'), 'utf8'),
];
const documents = text.map((one) => JSON.stringify(parseDocument(one)));

/** What is put in place of something: other types, other names, references to anywhere. */
const ODD: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1e21,
    '',
    'x',
    [],
    {},
    [[]],
    [null],
    { $ref: '#' },
    { $ref: '#/paths' },
  ],
  ...[
    { $ref: '#/components/schemas/User' },
    { $ref: 'x.json#/a' },
    { type: 'array' },
    { type: ['array', 'null'] },
    { allOf: [{ $ref: '#' }] },
  ],
  ...[
    '$request.query#/page',
    '$response.body#/~',
    '$.a[',
    { '': {} },
    { constructor: { prototype: 1 } },
  ],
];

interface Change {
  readonly at: number;
  readonly odd: number;
  readonly how: 'replace' | 'remove' | 'rename' | 'copy';
}

/** Every object and array of a document with one of its keys. */
function places(
  value: unknown,
): readonly (readonly [holder: Record<string, unknown>, key: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...places(holder[key])]);
}

function mutated(source: string, changes: readonly Change[]): unknown {
  const document: unknown = JSON.parse(source);
  for (const { at, odd, how } of changes) {
    const all = places(document);
    const [holder, key] = all[at % all.length] ?? [{}, ''];
    const value = JSON.parse(JSON.stringify(ODD[odd % ODD.length])) as unknown;
    if (how === 'replace') holder[key] = value;
    else if (how === 'copy')
      holder[key] = JSON.parse(JSON.stringify(all[odd % all.length]?.[0] ?? null));
    else {
      const before = holder[key];
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
      if (how === 'rename' && !Array.isArray(holder)) holder[String(value)] = before;
    }
  }
  return document;
}

describe('mutated documents', () => {
  it('are read, called and written, or refused as no document, and nothing else is thrown', () => {
    let read = 0;
    const change = fc.record({
      at: fc.nat(),
      odd: fc.nat(),
      how: fc.constantFrom(
        'replace' as const,
        'remove' as const,
        'rename' as const,
        'copy' as const,
      ),
    });
    fc.assert(
      fc.property(fc.nat(1), fc.array(change, { minLength: 1, maxLength: 6 }), (which, changes) => {
        const document = mutated(documents[which] ?? '', changes);
        try {
          const found = readDocument(document, { heuristics: true });
          for (const { operation, pagination } of found.operations) {
            if (pagination !== undefined)
              describedPagination(pagination).start({ url: operation.path, body: { paging: {} } });
          }
          createClient(document, () => []);
          writeClient(clientModel(found), '');
          read++;
        } catch (error) {
          const isRefusal = error instanceof PaginationError && error.code === 'SPEC_REJECTED';
          const isMisuse =
            error instanceof TypeError &&
            /Expected an OpenAPI document|expected \{|Pagination: /.test(error.message);
          if (!isRefusal && !isMisuse) throw error;
        }
      }),
      { numRuns: DOCUMENTS },
    );
    expect(read).toBeGreaterThan(0.6 * DOCUMENTS);
  });

  it('are read as text that was cut and changed, or refused', () => {
    const changed = fc.tuple(fc.nat(1), fc.nat(), fc.nat(40), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(changed, ([which, at, length, insert]) => {
        const source = text[which] ?? '';
        const from = at % source.length;
        try {
          parseDocument(source.slice(0, from) + insert + source.slice(from + length));
        } catch (error) {
          if (!(error instanceof PaginationError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
