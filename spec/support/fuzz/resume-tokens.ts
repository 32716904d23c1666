import fc from 'fast-check';

import { digestItems, digestRequest, writeResumeToken } from '../../../lib/core/resume-token';
import { toBase64Url } from '../../../lib/protocol/base64url';
import { canonicalJson } from '../../../lib/protocol/canonical-json';
import { hashText } from '../../../lib/protocol/hash';
import { fuzzTarget } from './fuzz-target';
import { jsonValues } from './json-values';
import { links } from './links';
import { strategies } from './strategies';
import { demand, REQUEST, survive } from './survive';

const ITEMS = [{ id: 1 }, { id: 2 }];

/** A token as a walk writes it. */
const WHOLE = writeResumeToken({
  strategy: 'single',
  position: 'c1',
  ...{ taken: 1, digest: digestItems(ITEMS.slice(0, 1)), pages: 0, items: 1 },
  request: digestRequest(REQUEST),
});

const characters = Array.from('abcXYZ019-_.+/= \0é');
const damaged = fc
  .tuple(
    fc.nat(WHOLE.length),
    fc.nat(3),
    fc.string({ unit: fc.constantFrom(...characters), maxLength: 3 }),
  )
  .map(([at, gone, put]) => WHOLE.slice(0, at) + put + WHOLE.slice(at + gone))
  .filter((text) => text !== WHOLE);

/** Texts that are no token. */
const texts = fc.oneof(
  fc.string(),
  fc.base64String().map((text) => `po1.${text}.0`),
  fc.base64String().map((text) => `po2.${text}.0`),
  fc
    .oneof(
      fc.string(),
      jsonValues.map((value) => JSON.stringify(value)),
    )
    .map(checked),
  damaged,
);

/** Now and then something else. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary }, { weight: 1, arbitrary: jsonValues });
/** Of a walk that overlaps; others refuse it at once. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** With the right checksum, whatever it says. */
function checked(text: string): string {
  return `po1.${toBase64Url(text)}.${hashText(canonicalJson(text))}`;
}

const counts = mostly(fc.constantFrom(0, 0, 1, 2, 3, 2 ** 53 - 1));
const positions = fc.oneof(fc.constantFrom('c1', 0, 7, null), links, jsonValues);
const names = fc.array(fc.constantFrom('api_key', 'size', 'token', '__proto__'), { maxLength: 2 });

/** What nobody but a forger writes: whole by its checksum, and of the right request and strategy. */
const forged = fc.record(
  {
    position: positions,
    taken: counts,
    pages: counts,
    items: counts,
    digest: mostly(fc.constantFrom(...[0, 1, 2].map((end) => digestItems(ITEMS.slice(0, end))))),
    left: mostly(names),
    opaque: mostly(fc.constant(undefined)),
    chosen: mostly(
      fc.option(fc.constantFrom(...strategies.map(([, { id }]) => id)), {
        nil: undefined,
        freq: 1,
      }),
    ),
    rows: seldom(fc.record({ at: counts, end: counts, size: counts, keys: fc.array(fc.string()) })),
  },
  { requiredKeys: ['taken', 'pages', 'items'], noNullPrototype: true },
);

type Input =
  | { readonly text: string }
  | { readonly state: object; readonly strategy: (typeof strategies)[number] };

const namedStrategies = fc.constantFrom(
  ...strategies.map((one) => Object.assign([...one] as const, { toString: () => one[0] })),
);
const inputs: fc.Arbitrary<Input> = fc.oneof(
  fc.record({ text: texts }),
  fc.record({ state: forged, strategy: namedStrategies }),
);

export const resumeTokens = fuzzTarget({
  name: 'tokens',
  title: 'resume tokens: any text, damaged ones, and forged ones',
  shows: ['refused', 'complete', 'DRIFT', 'CROSS_ORIGIN', 'CHECKPOINT_CORRUPT'],
  inputs,
  check: (input) => ('text' in input ? refused(input.text) : resumed(input)),
});

function refused(resumeFrom: string): string {
  const [, single] = strategies.find(([name]) => name === 'single') ?? [];
  if (single === undefined) throw new Error('no strategy to try it with');
  const { code, requests } = survive(() => ({ body: ITEMS }), single, { resumeFrom });
  demand(code === 'CHECKPOINT_CORRUPT', `${String(code)} where the text is no token`);
  demand(requests.length === 0, 'a request was made');
  return 'refused';
}

function resumed({ state, strategy: [, pagination] }: Extract<Input, { state: object }>): string {
  const text = { strategy: pagination.id, ...state, request: digestRequest(REQUEST) };
  const { code } = survive(
    () => ({ body: { items: ITEMS, data: ITEMS, next: null } }),
    pagination,
    {
      resumeFrom: writeResumeToken(text as Parameters<typeof writeResumeToken>[0]),
    },
  );
  return code ?? 'complete';
}
