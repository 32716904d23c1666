import { noList, type NotList } from './not-list';

/** Errors and states that are answered with a 200, and documents about an API. */
export const envelopes: readonly NotList[] = [
  {
    name: 'an error in a 200',
    body: { error: { code: 'invalid_token', message: 'The token is expired' } },
    reading: noList,
  },
  {
    name: 'errors in a 200, as a list',
    body: {
      errors: [
        { code: 1001, message: 'Unknown field "nmae"' },
        { code: 1002, message: 'x' },
      ],
    },
    reading: noList,
  },
  {
    name: 'a GraphQL error',
    request: {
      method: 'POST',
      url: 'https://api.test/graphql',
      body: { query: '{ users { id } }' },
    },
    body: {
      data: null,
      errors: [{ message: 'Not allowed', path: ['users'], locations: [{ line: 1, column: 3 }] }],
    },
    reading: noList,
  },
  {
    name: 'a failure with an empty result',
    body: {
      success: false,
      result: null,
      errors: [{ code: 9109, message: 'Invalid access token' }],
      messages: [],
    },
    reading: noList,
  },
  {
    name: 'problem details of RFC 9457',
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: 'https://api.test/problems/quota',
      title: 'Quota used up',
      status: 429,
      detail: 'x',
      instance: '/items',
    },
    reading: noList,
  },
  {
    name: 'validation problems of RFC 9457 with a list of them',
    headers: { 'content-type': 'application/problem+json' },
    body: {
      title: 'Invalid',
      status: 422,
      errors: [{ pointer: '/age', detail: 'must be positive' }],
    },
    reading: noList,
  },
  {
    name: 'a health check',
    request: { url: 'https://api.test/health' },
    body: { status: 'ok', uptime: 12345, checks: { db: 'ok', queue: 'ok' } },
    reading: noList,
  },
  {
    name: 'a health check with a list of checks that failed',
    request: { url: 'https://api.test/health' },
    body: {
      status: 'degraded',
      version: '1.2.3',
      checks: { db: [{ status: 'pass' }], cache: [{ status: 'warn' }] },
    },
    reading: noList,
  },
  { name: 'a message', body: { message: 'Accepted' }, reading: noList },
  { name: 'an empty object', body: {}, reading: noList },
  {
    name: 'a count alone',
    request: { url: 'https://api.test/users/count' },
    body: { count: 42 },
    reading: noList,
  },
  { name: 'a number', body: 42, reading: noList },
  { name: 'a text', body: 'pong', reading: noList },
  { name: 'null', body: null, reading: noList },
  { name: 'true', body: true, reading: noList },
  {
    name: 'a JSON schema',
    headers: { 'content-type': 'application/schema+json' },
    body: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['id', 'name'],
      properties: {
        id: { type: 'string' },
        kind: { enum: ['a', 'b'] },
        next_page: { type: 'string' },
      },
      oneOf: [{ required: ['id'] }, { required: ['name'] }],
    },
    reading: noList,
  },
  {
    name: 'an OpenAPI document',
    body: {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      servers: [{ url: 'https://api.test' }],
      tags: [{ name: 'users' }, { name: 'orders' }],
      paths: {
        '/users': {
          get: {
            parameters: [
              { name: 'page', in: 'query' },
              { name: 'limit', in: 'query' },
            ],
            responses: {},
          },
        },
      },
    },
    reading: noList,
  },
  {
    name: 'the root of an API, with a link to each of its lists',
    request: { url: 'https://api.test/' },
    body: {
      users_url: 'https://api.test/users{?page,per_page}',
      issues_url: 'https://api.test/issues',
      next_url: null,
    },
    reading: noList,
  },
  {
    name: 'settings',
    body: {
      theme: 'dark',
      page_size: 50,
      has_more_tips: true,
      languages: ['de', 'en'],
      limits: { per_page: 100 },
    },
    reading: noList,
  },
];
