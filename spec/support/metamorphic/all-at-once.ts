import type { DialectFile } from '../dialect-file';
import { distractorArrays } from './distractor-arrays';
import { distractorFields } from './distractor-fields';
import { manyPages } from './page-sizes';
import { renamedFields } from './rename-fields';
import { renamedParameters, renamedTokens } from './rename-parameters';
import { reorderKeys } from './reorder-keys';
import type { Transformation } from './transformation';
import { wrapBody } from './wrap-body';

const STEPS = [
  manyPages,
  renamedParameters,
  renamedTokens,
  renamedFields,
  distractorFields,
  distractorArrays,
  reorderKeys,
  wrapBody,
];

/** An API that shares nothing with the one it was made from but its way of paging. */
export const allAtOnce: Transformation = {
  name: 'all at once',
  does: 'seven pages, other names, distractors, another order and a wrapper together',
  apply: (file, seed) =>
    STEPS.reduce<DialectFile>((changed, { apply }) => apply(changed, seed) ?? changed, file),
};
