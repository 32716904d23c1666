import type { FuzzTarget } from './fuzz-target';
import { linkHeaders } from './link-headers';
import { nextUrls } from './next-urls';
import { pageBodies } from './page-bodies';
import { jsonPointers } from './pointers';
import { replies } from './replies';
import { resumeTokens } from './resume-tokens';
import { waits } from './waits';

/** Everything that is fuzzed. */
export const fuzzTargets: readonly FuzzTarget[] = [
  linkHeaders,
  waits,
  jsonPointers,
  nextUrls,
  replies,
  resumeTokens,
  pageBodies,
];
