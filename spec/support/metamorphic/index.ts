import { allAtOnce } from './all-at-once';
import { distractorArrays, distractorRecords } from './distractor-arrays';
import { distractorFields } from './distractor-fields';
import { dropTotals } from './drop-totals';
import { absoluteLinks, queryOnlyLinks, relativeLinks } from './link-forms';
import { largerPages, manyPages, onePage, smallerPages } from './page-sizes';
import { renamedFields } from './rename-fields';
import { renamedParameters, renamedTokens } from './rename-parameters';
import { reorderKeys } from './reorder-keys';
import type { Transformation } from './transformation';
import { unusualNames } from './unusual-names';
import { wrapBody } from './wrap-body';

export type { Transformation } from './transformation';

/** All that is done to the dialects, in the order of the table. */
export const transformations: readonly Transformation[] = [
  renamedFields,
  renamedParameters,
  renamedTokens,
  reorderKeys,
  distractorFields,
  distractorArrays,
  distractorRecords,
  smallerPages,
  largerPages,
  manyPages,
  onePage,
  wrapBody,
  dropTotals,
  absoluteLinks,
  relativeLinks,
  queryOnlyLinks,
  allAtOnce,
  unusualNames,
];
