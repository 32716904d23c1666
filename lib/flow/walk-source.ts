import type { PagedSource } from '../core/paged-observable';

import { checkWalkOptions } from './check-walk-options';
import { PageWalk } from './page-walk';
import type { WalkPlan } from './walk-plan';

/** A plan as what a PagedObservable is made of. */
export function walkSource(plan: WalkPlan): PagedSource {
  return {
    walk: (from) => new PageWalk(plan, from),
    with: (options) => {
      checkWalkOptions('with', options);
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      return walkSource({ ...plan, options: { ...plan.options, ...Object.fromEntries(given) } });
    },
  };
}
