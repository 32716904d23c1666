/* eslint-disable */
// Written by paged-observable from: Harbour Ledger (own work) 1.0.0
// Changes are lost when it is written again.

import type { CursorPagedResponse, LinkPagedResponse, NumberPagedResponse, OffsetPagedResponse, PagedObservable, PagedResponse, Transport, WalkOptions } from 'paged-observable';
import { ApiCaller } from 'paged-observable/openapi';
import type { ApiDescription, ApiOptions, CallOptions, OperationCall } from 'paged-observable/openapi';
import type { Observable } from 'rxjs';
import type * as schemas from './schemas.js';

export type * from './schemas.js';

const api: ApiDescription = { servers: [{ url: 'https://api.harbour.example/v1' }], schemes: [] };

const getBerth$: OperationCall = { name: 'getBerth', method: 'GET', path: '/berths/{id}', parameters: [{ name: 'id', in: 'path', required: true }] };
const listBerths$: OperationCall<'number'> = { name: 'listBerths', method: 'GET', path: '/berths', parameters: [{ name: 'page', in: 'query' }, { name: 'size', in: 'query' }, { name: 'dock', in: 'query' }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/data', firstPageRequired: [], kind: 'number', request: { page: { in: 'query', name: 'page' } }, rules: { hideEmpty: true } } };

/**
 * Operations of berths.
 */
export class BerthsApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * `GET /berths/{id}`
   */
  getBerth(args: schemas.GetBerthArguments, options: CallOptions = {}): Observable<schemas.Berth> {
    return this.#caller.call<schemas.Berth>(getBerth$, { ...args }, options);
  }

  /**
   * `GET /berths`, a list paged by number (`x-pagination`)
   */
  listBerths(args?: schemas.ListBerthsArguments, options: WalkOptions = {}): PagedObservable<schemas.Berth, NumberPagedResponse<schemas.Berth, schemas.BerthPage>> {
    return this.#caller.list<schemas.Berth, schemas.BerthPage, 'number'>(listBerths$, { ...args }, options);
  }
}

const listInvoices$: OperationCall<'cursor'> = { name: 'listInvoices', method: 'GET', path: '/invoices', parameters: [{ name: 'cursor', in: 'query' }, { name: 'limit', in: 'query' }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/invoices', firstPageRequired: [], kind: 'cursor', request: { cursor: { in: 'query', name: 'cursor' } }, next: { in: 'body', pointer: '/paging/next' }, rules: { hideEmpty: true } } };

/**
 * Operations of billing.
 */
export class BillingApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * `GET /invoices`, a list paged by cursor (`x-pagination`)
   */
  listInvoices(args?: schemas.ListInvoicesArguments, options: WalkOptions = {}): PagedObservable<schemas.Invoice, CursorPagedResponse<schemas.Invoice, schemas.InvoiceList>> {
    return this.#caller.list<schemas.Invoice, schemas.InvoiceList, 'cursor'>(listInvoices$, { ...args }, options);
  }
}

const listManifests$: OperationCall<'link' | 'number'> = { name: 'listManifests', method: 'GET', path: '/manifests', parameters: [{ name: 'page', in: 'query' }, { name: 'per_page', in: 'query' }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/manifests', firstPageRequired: [], kind: 'link', request: {}, next: { in: 'body', pointer: '/links/next' }, rules: { hideEmpty: true, follow: 'merge' }, others: [{ extension: 'x-pagination', system: 'apimatic', itemsPointer: '/manifests', firstPageRequired: [], kind: 'number', request: { page: { in: 'query', name: 'page' } }, rules: { hideEmpty: true } }] } };
const searchCargo$: OperationCall<'cursor'> = { name: 'searchCargo', method: 'POST', path: '/cargo/search', body: { required: true }, pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/hits', firstPageRequired: [], kind: 'cursor', request: { cursor: { in: 'body', name: '/paging/after' } }, next: { in: 'body', pointer: '/paging/after' }, rules: { hideEmpty: true } } };

/**
 * Operations of cargo.
 */
export class CargoApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * Two strategies. The link wins when the first response carries one, else the page number is advanced.
   *
   * `GET /manifests`, a list paged by link (`x-pagination`)
   */
  listManifests(args?: schemas.ListManifestsArguments, options: WalkOptions = {}): PagedObservable<schemas.Manifest, PagedResponse<schemas.Manifest, schemas.ManifestPage, 'link' | 'number'>> {
    return this.#caller.list<schemas.Manifest, schemas.ManifestPage, 'link' | 'number'>(listManifests$, { ...args }, options);
  }

  /**
   * `POST /cargo/search`, a list paged by cursor (`x-pagination`)
   */
  searchCargo(args?: schemas.SearchCargoArguments, options: WalkOptions = {}): PagedObservable<schemas.SearchCargoItem, CursorPagedResponse<schemas.SearchCargoItem, schemas.CargoHits>> {
    return this.#caller.list<schemas.SearchCargoItem, schemas.CargoHits, 'cursor'>(searchCargo$, { ...args }, options);
  }
}

const listEvents$: OperationCall<'link'> = { name: 'listEvents', method: 'GET', path: '/events', parameters: [{ name: 'since', in: 'query' }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '', firstPageRequired: [], kind: 'link', request: {}, next: { in: 'header', pointer: 'x-next-link' }, rules: { hideEmpty: true, follow: 'merge' } } };

/**
 * Operations of events.
 */
export class EventsApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * `GET /events`, a list paged by link (`x-pagination`)
   */
  listEvents(args?: schemas.ListEventsArguments, options: WalkOptions = {}): PagedObservable<schemas.Event, LinkPagedResponse<schemas.Event, schemas.ListEventsPage>> {
    return this.#caller.list<schemas.Event, schemas.ListEventsPage, 'link'>(listEvents$, { ...args }, options);
  }
}

const listLogLines$: OperationCall<'number'> = { name: 'listLogLines', method: 'GET', path: '/logbook/{page}/lines', parameters: [{ name: 'page', in: 'path', required: true }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/lines', firstPageRequired: [], kind: 'number', request: { page: { in: 'path', name: 'page' } }, rules: { hideEmpty: true } } };

/**
 * Operations of logbook.
 */
export class LogbookApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * `GET /logbook/{page}/lines`, a list paged by number (`x-pagination`)
   */
  listLogLines(args?: schemas.ListLogLinesArguments, options: WalkOptions = {}): PagedObservable<schemas.ListLogLinesItem, NumberPagedResponse<schemas.ListLogLinesItem, schemas.ListLogLinesPage>> {
    return this.#caller.list<schemas.ListLogLinesItem, schemas.ListLogLinesPage, 'number'>(listLogLines$, { ...args }, options);
  }
}

const listPilots$: OperationCall = { name: 'listPilots', method: 'GET', path: '/pilots' };

/**
 * Operations of pilots.
 */
export class PilotsApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * Invalid on purpose - unknown strategy; a reader reports it and leaves the operation unpaginated.
   *
   * `GET /pilots`
   */
  listPilots(args: Record<string, never> = {}, options: CallOptions = {}): Observable<schemas.ListPilotsReply> {
    return this.#caller.call<schemas.ListPilotsReply>(listPilots$, { ...args }, options);
  }
}

const listTides$: OperationCall<'offset'> = { name: 'listTides', method: 'GET', path: '/tides', parameters: [{ name: 'X-Offset', in: 'header' }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/tides', firstPageRequired: [], kind: 'offset', request: { offset: { in: 'header', name: 'X-Offset' } }, rules: { hideEmpty: true } } };

/**
 * Operations of tides.
 */
export class TidesApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * `GET /tides`, a list paged by offset (`x-pagination`)
   */
  listTides(args?: schemas.ListTidesArguments, options: WalkOptions = {}): PagedObservable<schemas.Tide, OffsetPagedResponse<schemas.Tide, schemas.ListTidesPage>> {
    return this.#caller.list<schemas.Tide, schemas.ListTidesPage, 'offset'>(listTides$, { ...args }, options);
  }
}

const listVessels$: OperationCall<'offset'> = { name: 'listVessels', method: 'GET', path: '/vessels', parameters: [{ name: 'offset', in: 'query' }, { name: 'limit', in: 'query' }], pagination: { extension: 'x-pagination', system: 'apimatic', itemsPointer: '/result/rows', firstPageRequired: [], kind: 'offset', request: { offset: { in: 'query', name: 'offset' } }, rules: { hideEmpty: true } } };

/**
 * Operations of vessels.
 */
export class VesselsApi {
  readonly #caller: ApiCaller;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.#caller = new ApiCaller(transport, api, options);
  }

  /**
   * `GET /vessels`, a list paged by offset (`x-pagination`)
   */
  listVessels(args?: schemas.ListVesselsArguments, options: WalkOptions = {}): PagedObservable<schemas.Vessel, OffsetPagedResponse<schemas.Vessel, schemas.VesselEnvelope>> {
    return this.#caller.list<schemas.Vessel, schemas.VesselEnvelope, 'offset'>(listVessels$, { ...args }, options);
  }
}

/**
 * All operations of Harbour Ledger (own work) 1.0.0, by their tags.
 */
export class Api$ {
  readonly berths: BerthsApi;
  readonly billing: BillingApi;
  readonly cargo: CargoApi;
  readonly events: EventsApi;
  readonly logbook: LogbookApi;
  readonly pilots: PilotsApi;
  readonly tides: TidesApi;
  readonly vessels: VesselsApi;

  constructor(transport: Transport, options: ApiOptions = {}) {
    this.berths = new BerthsApi(transport, options);
    this.billing = new BillingApi(transport, options);
    this.cargo = new CargoApi(transport, options);
    this.events = new EventsApi(transport, options);
    this.logbook = new LogbookApi(transport, options);
    this.pilots = new PilotsApi(transport, options);
    this.tides = new TidesApi(transport, options);
    this.vessels = new VesselsApi(transport, options);
  }
}

export { Api$ as Api };
