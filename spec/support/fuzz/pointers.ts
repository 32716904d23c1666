import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';

import { parsePointer, resolvePointer, setAtPointer } from '../../../lib/protocol/json-pointer';
import { deepFreeze } from '../deep-freeze';
import { fuzzTarget } from './fuzz-target';
import { HARMFUL, jsonValues } from './json-values';
import { demand } from './survive';

const tokens = fc.oneof(
  fc.constantFrom('items', 'data', 'next', 'id', '0', '1', '00', '-', '', '~0', '~1', ...HARMFUL),
  fc.string({ maxLength: 3 }),
);
const pointers = fc.oneof(
  { weight: 9, arbitrary: fc.array(tokens, { maxLength: 5 }).map((path) => path.map(slash)) },
  { weight: 1, arbitrary: fc.string().map((text) => [text]) },
);

function slash(token: string): string {
  return `/${token}`;
}

export const jsonPointers = fuzzTarget({
  name: 'pointers',
  title: 'JSON pointers into any document, read and set',
  shows: ['found', 'added', 'missing', 'no pointer'],
  inputs: fc.tuple(jsonValues, pointers),
  check: ([document, parts]) => {
    const pointer = parts.join('');
    const path = parsed(pointer);
    if (path === undefined) return 'no pointer';
    deepFreeze(document);
    const text = JSON.stringify(document);
    const found = resolvePointer(document, pointer);
    demand(
      isDeepStrictEqual(found, ownMember(document, path)),
      'not what lies there as own properties',
    );
    const set = setAtPointer(document, pointer, 'set');
    demand(JSON.stringify(document) === text, 'the document was changed');
    if (!set.ok) return found.found ? 'only found' : 'missing';
    const again = resolvePointer(set.document, pointer);
    demand(again.found && again.value === 'set', 'what was set is not there');
    return found.found ? 'found' : 'added';
  },
});

/** Nothing but a TypeError may refuse it. */
function parsed(pointer: string): readonly string[] | undefined {
  try {
    return parsePointer(pointer);
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('Expected')) return undefined;
    throw error;
  }
}

/** RFC 6901 section 4, told again through property descriptors. */
function ownMember(document: unknown, path: readonly string[]) {
  let value = document;
  for (const token of path) {
    if (typeof value !== 'object' || value === null) return { found: false };
    if (Array.isArray(value) && String(Number(token)) !== token) return { found: false };
    const member = Object.getOwnPropertyDescriptor(value, token);
    if (member === undefined) return { found: false };
    value = member.value;
  }
  return { found: true, value };
}
