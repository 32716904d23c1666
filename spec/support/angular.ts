import '@angular/compiler'; // Angular's packages are published half compiled; this does the rest.
import { XhrFactory } from '@angular/common';
import { HttpBackend, HttpClient, provideHttpClient } from '@angular/common/http';
import {
  createEnvironmentInjector,
  EnvironmentInjector,
  platformCore,
  provideZonelessChangeDetection,
  ɵINJECTOR_SCOPE,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';

export interface Angular {
  readonly http: HttpClient;
  readonly backend: HttpBackend;
  readonly injector: EnvironmentInjector;
  /** As when the application ends. */
  readonly destroy: () => void;
}

/** What an application provides for HTTP; there is none here, so that it also works without a document. */
export function startAngular(
  features: Parameters<typeof provideHttpClient>,
  providers: readonly (Provider | EnvironmentProviders)[] = [],
): Angular {
  const { injector: platform } = platformCore();
  if (!(platform instanceof EnvironmentInjector)) throw new Error('Angular has changed');
  const injector = createEnvironmentInjector(
    [
      { provide: ɵINJECTOR_SCOPE, useValue: 'root' },
      { provide: XhrFactory, useValue: { build: () => new XMLHttpRequest() } },
      provideZonelessChangeDetection(),
      provideHttpClient(...features),
      ...providers,
    ],
    platform,
  );
  return {
    http: injector.get(HttpClient),
    backend: injector.get(HttpBackend),
    injector,
    destroy: () => {
      injector.destroy();
    },
  };
}
