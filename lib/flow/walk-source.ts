import type { PagedSource } from '../core/paged-observable';

import type { WalkOptions } from '../core/walk-options';

import {
  checkAllowedOrigins,
  checkConcurrency,
  checkTogether,
  checkWalkOptions,
} from './check-walk-options';
import { checkPageSize } from './check-page-size';
import { PageWalk } from './page-walk';
import type { WalkPlan } from './walk-plan';

/** A plan as what a PagedObservable is made of. */
export function walkSource(plan: WalkPlan): PagedSource {
  return {
    options: plan.options,
    walk: (from) => new PageWalk(plan, from),
    with: (options) => {
      checkWalkOptions('with', options);
      checkAllowedOrigins('with', options, plan.transport);
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      const merged: WalkOptions = { ...plan.options, ...Object.fromEntries(given) };
      checkTogether('with', merged);
      checkConcurrency('with', merged, plan.strategy);
      checkPageSize('with', merged, plan.strategy);
      return walkSource({ ...plan, options: merged });
    },
  };
}
