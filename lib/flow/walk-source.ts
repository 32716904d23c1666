import { checkArgument, isGiven } from '../core/check-options';
import type { PagedSource } from '../core/paged-observable';

import type { WalkOptions } from '../core/walk-options';

import { checkWalk } from './check-walk';
import { checkWalkOptions } from './check-walk-options';
import { PageWalk } from './page-walk';
import type { WalkPlan } from './walk-plan';

/** A plan as what a PagedObservable is made of. */
export function walkSource(plan: WalkPlan): PagedSource {
  return {
    options: plan.options,
    walk: (from) => new PageWalk(plan, from),
    with: (options) => {
      checkArgument('with', options, isGiven);
      checkWalkOptions('with', options);
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      const merged: WalkOptions = { ...plan.options, ...Object.fromEntries(given) };
      checkWalk('with', merged, plan.transport, plan.strategy, plan.request);
      return walkSource({ ...plan, options: merged });
    },
  };
}
