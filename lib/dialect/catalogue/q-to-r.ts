import type { Dialect } from '../dialect-entry';

export const Q_TO_R: readonly Dialect[] = [
  {
    name: 'rails-api-pagination',
    api: 'Rails with the gem api-pagination',
    docs: 'https://github.com/davidcelis/api-pagination',
    pagination: { kind: 'link', items: '', totalCount: '$response.headers#/total' },
  },
  {
    name: 'readwise',
    also: ['readwise-highlights'],
    api: 'Readwise, export',
    docs: 'https://readwise.io/api_deets',
    pagination: {
      kind: 'cursor',
      items: '/results',
      param: 'pageCursor',
      next: '/nextPageCursor',
      totalCount: '/count',
    },
  },
  {
    name: 'reddit',
    also: ['reddit-new'],
    api: 'Reddit, listings',
    docs: 'https://www.reddit.com/dev/api/',
    pagination: {
      kind: 'cursor',
      items: '/data/children',
      param: 'after',
      next: '/data/after',
      limitParam: 'limit',
    },
  },
  {
    name: 'render',
    also: ['render-services'],
    api: 'Render',
    docs: 'https://api-docs.render.com/reference/pagination',
    pagination: { kind: 'lastItem', items: '', param: 'cursor', field: '/cursor' },
  },
  {
    name: 'rick-and-morty',
    also: ['rickandmorty-characters'],
    api: 'Rick and Morty API',
    docs: 'https://rickandmortyapi.com/documentation/#info-and-pagination',
    pagination: { kind: 'link', items: '/results', next: '/info/next', totalCount: '/info/count' },
  },
  {
    name: 'riot',
    also: ['riot-match-ids'],
    api: 'Riot Games, ids of matches',
    docs: 'https://developer.riotgames.com/apis',
    pagination: { kind: 'offset', items: '', param: 'start', limitParam: 'count' },
  },
  {
    name: 'roblox',
    also: ['roblox-games'],
    api: 'Roblox',
    docs: 'https://create.roblox.com/docs/cloud',
    pagination: { kind: 'cursor', items: '/data', next: '/nextPageCursor', limitParam: 'limit' },
  },
];
