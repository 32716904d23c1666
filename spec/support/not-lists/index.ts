import { envelopes } from './envelopes';
import type { NotList } from './not-list';
import { records } from './records';
import { reports } from './reports';
import { shapes } from './shapes';
import { emptyLists, wholeLists } from './whole-lists';

export type { NotList } from './not-list';

/** Replies that are not a page of a longer list, each with what it must be read as. */
export const notLists: readonly NotList[] = [
  ...records,
  ...reports,
  ...envelopes,
  ...shapes,
  ...wholeLists,
  ...emptyLists,
];
