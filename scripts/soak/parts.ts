import { exportParts } from './export-parts';
import { fuzzParts } from './fuzz-parts';
import { leakParts } from './leak-parts';
import type { SoakPart } from './part';
import { queueParts } from './queue-parts';
import { walkParts } from './walk-parts';

/** Everything that a soak does, in this order. */
export const soakParts: readonly SoakPart[] = [
  ...walkParts,
  ...fuzzParts,
  ...leakParts,
  ...exportParts,
  ...queueParts,
];
