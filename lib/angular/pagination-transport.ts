import { HttpBackend, HttpClient } from '@angular/common/http';
import { inject, InjectionToken } from '@angular/core';

import type { Transport } from '../core/transport';
import { angularTransport } from '../transport/angular';
import { PAGINATION_DEFAULTS } from './pagination-defaults';

/**
 * The transport that `injectPaginate` asks by: one for the application, so that all its lists share one budget of retries. Provide another,
 * such as `fakeTransport(pages)`, in a test.
 */
export const PAGINATION_TRANSPORT = new InjectionToken<Transport>('PAGINATION_TRANSPORT', {
  providedIn: 'root',
  factory: () => {
    const { transport = {} } = inject(PAGINATION_DEFAULTS);
    if (typeof transport === 'function') return transport;
    // With the backend it can leave credentials out, which links to other origins need.
    return angularTransport(inject(HttpClient), { backend: inject(HttpBackend), ...transport });
  },
});
