import { noList, type NotList } from './not-list';

const ring = [
  [0, 0],
  [0, 1],
  [1, 1],
  [0, 0],
];

/** Trees, maps, geometries: data whose arrays are not items of a list. */
export const shapes: readonly NotList[] = [
  { name: 'a GeoJSON point', body: { type: 'Point', coordinates: [13.4, 52.5] }, reading: noList },
  {
    name: 'a GeoJSON polygon',
    body: { type: 'Polygon', coordinates: [ring, ring] },
    reading: noList,
  },
  {
    name: 'a GeoJSON feature',
    request: { url: 'https://api.test/collections/wells/items/7' },
    body: {
      type: 'Feature',
      id: 7,
      geometry: { type: 'LineString', coordinates: ring },
      properties: { name: 'W' },
    },
    reading: noList,
  },
  {
    name: 'a tree of folders',
    request: { url: 'https://api.test/tree' },
    body: {
      name: '/',
      children: [
        {
          name: 'a',
          children: [
            { name: 'b', children: [] },
            { name: 'c', children: [] },
          ],
        },
        { name: 'd', children: [{ name: 'e', children: [] }] },
      ],
    },
    reading: noList,
  },
  {
    name: 'a document of paragraphs as a tree',
    request: { url: 'https://api.test/documents/d1' },
    body: {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hi' }] }],
    },
    reading: noList,
  },
  {
    name: 'a graph of nodes and edges',
    body: {
      nodes: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
    },
    reading: noList,
  },
  {
    name: 'a map by id',
    request: { url: 'https://api.test/users' },
    body: { u1: { name: 'Ann' }, u2: { name: 'Ben' }, u3: { name: 'Cem' } },
    reading: noList,
  },
  {
    name: 'a map by id in an envelope',
    body: { users: { 1: { name: 'Ann' }, 2: { name: 'Ben' } }, status: 'ok' },
    reading: noList,
  },
  {
    name: 'a map of lists by date',
    body: { '2024-01-01': [{ id: 1 }, { id: 2 }], '2024-01-02': [{ id: 3 }] },
    reading: noList,
  },
  {
    name: 'a bundle of texts',
    request: { url: 'https://api.test/locales/de.json' },
    body: {
      next: 'Weiter',
      previous: 'Zurück',
      page: 'Seite {page} von {total}',
      items: { one: 'Eintrag', other: 'Einträge' },
    },
    reading: noList,
  },
  {
    name: 'rates by currency',
    body: { base: 'EUR', date: '2024-05-01', rates: { USD: 1.07, GBP: 0.85, JPY: 168 } },
    reading: noList,
  },
  {
    name: 'an object of columns',
    body: { columns: ['id', 'name'], index: [0, 1], dtypes: ['int64', 'object'] },
    reading: noList,
  },
];
