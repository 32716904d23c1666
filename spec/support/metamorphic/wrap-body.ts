import { withBodies } from './json-tools';
import { pick, seeded } from './seeded';
import type { Transformation } from './transformation';

/** What services wrap their replies in. */
const WRAPPERS = ['response', 'result', 'payload', 'd', 'content', 'data'];

/** The whole body becomes the member of an object, alone or beside a status. */
export const wrapBody: Transformation = {
  name: 'body wrapped',
  does: 'the whole body one level deeper, in `response`, `result`, `payload` ...',
  apply: (file, seed = '') => {
    const random = seeded(`wrap ${file.id} ${seed}`);
    const taken = Object.keys(Object(file.pages[0]?.body) as object);
    const wrapper = pick(
      random,
      WRAPPERS.filter((name) => !taken.includes(name)),
    );
    const beside = pick(random, [{}, { success: true }, { status: 'ok', request_id: 'q7f3' }]);
    return {
      ...withBodies(file, (body) => ({ ...beside, [wrapper]: body })),
      expect: { ...file.expect, itemsPointer: `/${wrapper}${file.expect.itemsPointer}` },
    };
  },
};
