import type { Json } from '../../../lib/core/json';
import { isObject, partsOf, valueAt, withBodies } from './json-tools';
import { setAtPointer } from '../../../lib/protocol/json-pointer';
import { pick, seeded, shuffled } from './seeded';
import type { Transformation } from './transformation';

/** Fields that replies hold and that say nothing about paging, though some look as if they did. */
const FIELDS: Readonly<Record<string, Json>> = {
  request_id: 'req_0c4f8be2d1',
  api_version: 2,
  took_ms: 12,
  server_time: '2024-05-01T10:00:00Z',
  generated_at: 1714557600,
  rate_limit: { limit: 100, remaining: 97, reset: 1714557660 },
  documentation_url: 'https://docs.example.org/reference/lists',
  next_maintenance: '2024-06-01T02:00:00Z',
  support_page: 'https://status.example.org/?page=incidents',
  page_title: 'All entries',
  total_time: 0.031,
  last_updated: '2024-04-30',
  etag: 'W/"5e1f"',
  currency: null,
  debug: false,
  max_age: 60,
};

const HEADERS: Readonly<Record<string, string>> = {
  'X-Request-Id': '0c4f8be2d1',
  'X-RateLimit-Limit': '100',
  'X-RateLimit-Remaining': '97',
  ETag: 'W/"5e1f"',
  Age: '3',
  'X-Runtime': '0.031',
};

/** Fields beside the items and on the outside of the body, before and after what is there, and more headers. */
export const distractorFields: Transformation = {
  name: 'distractor fields',
  does: 'up to eight fields without meaning beside the items and at the top, and six headers',
  apply: (file, seed = '') => {
    const random = seeded(`fields ${file.id} ${seed}`);
    const some = () => shuffled(random, Object.entries(FIELDS)).slice(0, 4);
    const [top, beside, isFirst] = [some(), some(), pick(random, [true, false])];
    const enriched = (body: Json, pointer: string, fields: readonly [string, Json][]): Json => {
      const object = valueAt(body, pointer);
      if (!isObject(object)) return body;
      const more = fields.filter(([name]) => !Object.hasOwn(object, name));
      const members = [
        ...(isFirst ? more : []),
        ...Object.entries(object),
        ...(isFirst ? [] : more),
      ];
      const result = setAtPointer(body, pointer, Object.fromEntries(members));
      return result.ok ? (result.document as Json) : body;
    };
    const { parent } = partsOf(file.expect.itemsPointer);
    const bodies = withBodies(file, (body) => enriched(enriched(body, '', top), parent, beside));
    return {
      ...bodies,
      pages: bodies.pages.map((page) => ({ ...page, headers: { ...HEADERS, ...page.headers } })),
    };
  },
};
