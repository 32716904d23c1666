import { A } from './a';
import { B } from './b';
import { C } from './c';
import { D_TO_E } from './d-to-e';
import { F_TO_G } from './f-to-g';
import { H_TO_L } from './h-to-l';
import { M_TO_N } from './m-to-n';
import { O_TO_P } from './o-to-p';
import { Q_TO_R } from './q-to-r';
import { S } from './s';
import { T_TO_Z } from './t-to-z';
import type { Dialect } from '../dialect-entry';

/** Every entry, in the order of the names. */
export const CATALOGUE: readonly Dialect[] = [
  ...A,
  ...B,
  ...C,
  ...D_TO_E,
  ...F_TO_G,
  ...H_TO_L,
  ...M_TO_N,
  ...O_TO_P,
  ...Q_TO_R,
  ...S,
  ...T_TO_Z,
];
