import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';

import { checkDefaults, PAGINATION_DEFAULTS, type PaginationDefaults } from './pagination-defaults';

/**
 * Says once for an application, or for the routes below one, how lists are asked for: `bootstrapApplication(App, { providers: [
 * provideHttpClient(), providePagination({ timeout: 10_000 }) ] })`. What is left out is as it is without.
 *
 * @param defaults the options, or a function that makes them where they are injected, which may itself inject
 * @throws TypeError for an unknown or wrong option; of a function when the defaults are first injected
 */
export function providePagination(
  defaults: PaginationDefaults | (() => PaginationDefaults),
): EnvironmentProviders {
  if (typeof defaults !== 'function') checkDefaults(defaults);
  const useFactory = () => {
    const made = typeof defaults === 'function' ? defaults() : defaults;
    checkDefaults(made);
    return made;
  };
  return makeEnvironmentProviders([{ provide: PAGINATION_DEFAULTS, useFactory }]);
}
