/* eslint-disable */
// Written by paged-observable from: Demo users 1
// Changes are lost when it is written again.

import type { CursorPagedResponse, LinkPagedResponse, NumberPagedResponse, PagedObservable, Transport, WalkOptions } from 'paged-observable';
import { ApiCaller } from 'paged-observable/openapi';
import type { ApiDescription, ApiOptions, OperationCall } from 'paged-observable/openapi';
import type * as schemas from './schemas.js';

export type * from './schemas.js';

const api: ApiDescription = { servers: [], schemes: [] };

const listLinkedUsers$: OperationCall<'link'> = { name: 'list_linked_users', method: 'GET', path: '/odata/users', parameters: [{ name: '$top', in: 'query' }], pagination: { extension: 'x-ms-pageable', system: 'azure', itemsPointer: '/value', request: {}, firstPageRequired: [], kind: 'link', next: { in: 'body', pointer: '/@odata.nextLink' }, rules: { keep: ['api-version'] } } };

/**
 * Operations of feeds.
 */
export class FeedsApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * Users by links.
   *
   * `GET /odata/users`, a list paged by link (`x-ms-pageable`)
   */
  listLinkedUsers(args?: schemas.ListLinkedUsersArguments, options: WalkOptions = {}): PagedObservable<schemas.User, LinkPagedResponse<schemas.User, schemas.ListLinkedUsersPage>> {
    return this.#caller.list<schemas.User, schemas.ListLinkedUsersPage, 'link'>(listLinkedUsers$, { ...args }, options);
  }
}

const listNumberedUsers$: OperationCall<'number'> = { name: 'list_numbered_users', method: 'GET', path: '/apimatic/page/users', parameters: [{ name: 'page', in: 'query' }, { name: 'size', in: 'query' }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/data', firstPageRequired: [], kind: 'number', request: { page: { in: 'query', name: 'page' } }, rules: { hideEmpty: true } } };
const listUsers$: OperationCall<'cursor'> = { name: 'list_users', method: 'GET', path: '/dropshot/users', parameters: [{ name: 'limit', in: 'query' }, { name: 'page_token', in: 'query' }, { name: 'sort_by', in: 'query' }, { name: 'team', in: 'query' }], pagination: { extension: 'x-dropshot-pagination', system: 'dropshot', kind: 'cursor', itemsPointer: '/items', request: { cursor: { in: 'query', name: 'page_token' }, limit: { in: 'query', name: 'limit' } }, next: { in: 'body', pointer: '/next_page' }, firstPageRequired: [] } };

/**
 * Operations of users.
 */
export class UsersApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * Users by page number.
   *
   * `GET /apimatic/page/users`, a list paged by number (`x-pagination`)
   */
  listNumberedUsers(args?: schemas.ListNumberedUsersArguments, options: WalkOptions = {}): PagedObservable<schemas.User, NumberPagedResponse<schemas.User, schemas.ListNumberedUsersPage>> {
    return this.#caller.list<schemas.User, schemas.ListNumberedUsersPage, 'number'>(listNumberedUsers$, { ...args }, options);
  }

  /**
   * Users, a page at a time, by an opaque token.
   *
   * `GET /dropshot/users`, a list paged by cursor (`x-dropshot-pagination`)
   */
  listUsers(args?: schemas.ListUsersArguments, options: WalkOptions = {}): PagedObservable<schemas.User, CursorPagedResponse<schemas.User, schemas.UserResultsPage>> {
    return this.#caller.list<schemas.User, schemas.UserResultsPage, 'cursor'>(listUsers$, { ...args }, options);
  }
}

/**
 * All operations of Demo users 1, by their tags.
 */
export class Api$ {
  readonly feeds: FeedsApi;
  readonly users: UsersApi;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.feeds = new FeedsApi(transport, options);
    this.users = new UsersApi(transport, options);
  }
}

export { Api$ as Api };
