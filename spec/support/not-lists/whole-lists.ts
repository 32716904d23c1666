import { emptyList, type NotList, wholeList } from './not-list';

const countries = [
  { code: 'DE', name: 'Germany' },
  { code: 'FR', name: 'France' },
  { code: 'IT', name: 'Italy' },
];
const features = [1, 2, 3].map((id) => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [id, id] },
  properties: { name: `W${String(id)}` },
}));

/** Lists that are all there is. */
export const wholeLists: readonly NotList[] = [
  {
    name: 'a bare array of records',
    request: { url: 'https://api.test/countries' },
    body: countries,
    reading: wholeList(countries),
  },
  {
    name: 'a bare array of texts',
    request: { url: 'https://api.test/tags' },
    body: ['a', 'b', 'c'],
    reading: wholeList(['a', 'b', 'c']),
  },
  {
    name: 'one list in an envelope',
    request: { url: 'https://api.test/countries' },
    body: { countries },
    reading: wholeList(countries),
  },
  {
    name: 'a list with its count',
    request: { url: 'https://api.test/countries' },
    body: { count: 3, results: countries },
    reading: wholeList(countries),
  },
  {
    name: 'a list whose next link is null',
    request: { url: 'https://api.test/countries' },
    body: { count: 3, next: null, previous: null, results: countries },
    reading: wholeList(countries),
  },
  {
    name: 'a list that has no more',
    request: { url: 'https://api.test/countries' },
    body: { object: 'list', data: countries, has_more: false },
    reading: wholeList(countries),
  },
  {
    name: 'page 1 of 1',
    request: { url: 'https://api.test/countries' },
    body: { data: countries, meta: { current_page: 1, last_page: 1, per_page: 15, total: 3 } },
    reading: wholeList(countries),
  },
  {
    name: 'a GeoJSON collection',
    request: { url: 'https://api.test/wells.geojson' },
    body: { type: 'FeatureCollection', features },
    reading: wholeList(features),
  },
  {
    name: 'a Relay connection that ends',
    request: {
      method: 'POST',
      url: 'https://api.test/graphql',
      body: { query: '{ countries { nodes { code } pageInfo { hasNextPage endCursor } } }' },
    },
    body: {
      data: { countries: { nodes: countries, pageInfo: { hasNextPage: false, endCursor: 'c3' } } },
    },
    reading: wholeList(countries),
  },
  {
    name: 'a list beside an empty list of warnings',
    request: { url: 'https://api.test/countries' },
    body: { countries, warnings: [], errors: [] },
    reading: wholeList(countries),
  },
];

/** Lists with nothing in them, in the envelopes that lists come in. */
export const emptyLists: readonly NotList[] = [
  { name: 'an empty bare array', body: [], reading: emptyList },
  { name: 'an empty list in an envelope', body: { items: [] }, reading: emptyList },
  {
    name: 'an empty list with a total of 0',
    request: { params: { limit: 10 } },
    body: { data: [], total: 0, limit: 10, offset: 0 },
    reading: emptyList,
  },
  {
    name: 'an empty list with null links',
    body: { count: 0, next: null, previous: null, results: [] },
    reading: emptyList,
  },
  {
    name: 'an empty list of no pages',
    request: { params: { page: 1 } },
    body: { data: [], meta: { current_page: 1, last_page: 0, total: 0 } },
    reading: emptyList,
  },
  {
    name: 'an empty list without more',
    body: { object: 'list', data: [], has_more: false },
    reading: emptyList,
  },
  {
    name: 'an empty list with an empty cursor',
    body: { items: [], next_cursor: '' },
    reading: emptyList,
  },
  {
    name: 'an empty list beside other empty lists',
    body: { data: [], errors: [], warnings: [] },
    reading: emptyList,
  },
  {
    name: 'an empty Relay connection',
    request: {
      method: 'POST',
      url: 'https://api.test/graphql',
      body: { query: '{ users { edges { node { id } } pageInfo { hasNextPage endCursor } } }' },
    },
    body: { data: { users: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } } } },
    reading: emptyList,
  },
  {
    name: 'an empty GeoJSON collection',
    body: { type: 'FeatureCollection', features: [] },
    reading: emptyList,
  },
  {
    name: 'an empty JSON:API list',
    body: { data: [], links: { self: '/items' }, meta: { total: 0 } },
    reading: emptyList,
  },
];
