import { InjectionToken } from '@angular/core';

import { describe, isFunction, type Check } from '../core/check-options';
import type { Transport } from '../core/transport';
import type { WalkOptions } from '../core/walk-options';
import { checkTogether, checkWalkOptions } from '../flow/check-walk-options';
import type { AngularTransportOptions } from '../transport/angular';

/** How every list of an application is asked for, unless a call says otherwise. */
export interface PaginationDefaults extends Omit<
  WalkOptions,
  'resumeFrom' | 'pacedBy' | 'signal' | 'concurrency'
> {
  /**
   * Options of the transport on the application's `HttpClient`, or another transport in its place, such as that of a test.
   * @defaultValue `angularTransport(inject(HttpClient), { backend: inject(HttpBackend) })`
   */
  readonly transport?: AngularTransportOptions | Transport | undefined;
}

/** The defaults that `providePagination` was given; none if it was not. */
export const PAGINATION_DEFAULTS = new InjectionToken<PaginationDefaults>('PAGINATION_DEFAULTS', {
  providedIn: 'root',
  factory: () => ({}),
});

/** @throws TypeError for an unknown or wrong option, and for one that belongs to a single walk. */
export function checkDefaults(defaults: PaginationDefaults): void {
  checkWalkOptions('providePagination', defaults, {
    transport: isTransport,
    ...Object.fromEntries(OF_ONE_WALK.map((name) => [name, left])),
  });
  checkTogether('providePagination', defaults);
}

const OF_ONE_WALK = ['resumeFrom', 'pacedBy', 'signal', 'concurrency'];

const left: Check = () => 'left out: it is of one walk, and not of a whole application';

const isTransport: Check = (value) =>
  isFunction(value) === undefined || describe(value) === 'an object'
    ? undefined
    : 'a transport or options of angularTransport';
