import type { DialectFile } from '../dialect-file';
import { UNUSUAL } from './names';
import { withFieldNames } from './rename-fields';
import { withParameterNames, withTokenNames } from './rename-parameters';
import type { Transformation } from './transformation';

const STEPS = [withParameterNames, withTokenNames, withFieldNames];

/**
 * Parameters, tokens and fields by names that few use. How many are still found tells how far detection reads on its own; that it
 * never goes wrong is what counts. A request behind the last page is fine: that a name means the total may not be known.
 */
export const unusualNames: Transformation = {
  name: 'unusual names',
  does: 'parameters, tokens and fields together by names that few use',
  apply: (file, seed = '') => {
    if (!file.detectable) return undefined;
    const renamed = STEPS.reduce<DialectFile>(
      (changed, step) => step(changed, UNUSUAL, seed) ?? changed,
      file,
    );
    return { ...renamed, expect: { ...renamed.expect, mayProbe: true } };
  },
};
