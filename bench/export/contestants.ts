import { lastValueFrom } from 'rxjs';
import {
  csvFile,
  exportTo,
  ndjsonFile,
  type ExportOptions,
  type Sink,
} from 'paged-observable/export';

import { csvByHand, ndjsonByHand, ndjsonSyncedByHand } from './loops';
import type { RowList } from './pages';

/** Exports a list into a file. */
export type Contestant = (list: RowList, file: string) => Promise<unknown>;

const exported =
  (sinkOf: (file: string) => Sink, checkpoint: ExportOptions['checkpoint']): Contestant =>
  ({ paged }, file) =>
    lastValueFrom(exportTo(paged(), sinkOf(file), { checkpoint }));

export const contestants = {
  'NDJSON by hand': ({ load }, file) => ndjsonByHand(load, file),
  'NDJSON, no checkpoints': exported(ndjsonFile, false),
  'NDJSON, a checkpoint a page': exported(ndjsonFile, 'page'),
  'NDJSON by hand, synced alike': ({ load }, file) => ndjsonSyncedByHand(load, file),
  'CSV by hand': ({ load }, file) => csvByHand(load, file),
  'CSV, no checkpoints': exported(csvFile, false),
} satisfies Readonly<Record<string, Contestant>>;

type Name = keyof typeof contestants;

/** What each is compared with, and the most of its CPU that it may take. */
export const comparisons: readonly {
  readonly of: Name;
  readonly to: Name;
  readonly most?: number;
}[] = [
  { of: 'NDJSON, no checkpoints', to: 'NDJSON by hand', most: 1.1 },
  { of: 'NDJSON, a checkpoint a page', to: 'NDJSON by hand', most: 1.3 },
  { of: 'NDJSON by hand, synced alike', to: 'NDJSON by hand' },
  { of: 'NDJSON, a checkpoint a page', to: 'NDJSON by hand, synced alike' },
  { of: 'CSV, no checkpoints', to: 'CSV by hand', most: 1.3 },
];
