import { deepStrictEqual, equal, ok, rejects } from 'node:assert/strict';

import { isPaginationError, type ErrorCode } from '../core/pagination-error';

import type { Checkpoint, Sink, SinkSession, SinkStart } from './sink';

/** A row of the tests. Texts hold quotes, line ends, delimiters, emoji; `note` is empty, absent as `null`, or text. */
export interface ConformanceRow {
  readonly id: number;
  readonly text: string;
  readonly note: string | null;
  readonly isOdd: boolean;
}

/** One output that nothing has been written to, and how to read it. */
export interface SinkHarness {
  /** A sink for this output; every call gives one for the same. */
  readonly sink: () => Sink<ConformanceRow>;
  /** The rows of the output, whole or not, in their order. */
  readonly rows: () => Promise<readonly ConformanceRow[]>;
}

/** A test; `run` rejects where the sink does not behave. */
export interface SinkCase {
  /** What the sink does, as a sentence. */
  readonly name: string;
  /** Makes an output, tests the sink with it, and rejects where it does not behave. */
  readonly run: () => Promise<void>;
}

/**
 * The tests that every sink must pass, for any runner: `for (const { name, run } of sinkConformance(...)) it(name, run)`.
 *
 * @param harness makes an output for each test
 */
export function sinkConformance(harness: () => Promise<SinkHarness>): readonly SinkCase[] {
  const cases = { ...CASES, ...RESUMABLE };
  return Object.entries(cases).map(([name, test]) => ({
    name,
    run: async () => {
      const made = await harness();
      // What cannot be resumed has nothing to keep between two sessions.
      if (Object.hasOwn(RESUMABLE, name) && !made.sink().resumable) return;
      await test(made);
    },
  }));
}

type Test = (harness: SinkHarness) => Promise<void>;

const CASES: Readonly<Record<string, Test>> = {
  'writes rows as they are and in their order': async (harness) => {
    const session = await opened(harness, 'new');
    await session.write(ROWS.slice(0, 7));
    await session.write(ROWS.slice(7, 8));
    await session.write(ROWS.slice(8));
    await session.finish(checkpoint(ROWS.length, 'exhausted'));
    await session.close();
    await holds(harness, ROWS);
  },
  'writes a list without rows': async (harness) => {
    const session = await opened(harness, 'new');
    await session.finish(checkpoint(0, 'exhausted'));
    await session.close();
    await holds(harness, []);
  },
  'takes pages without rows': async (harness) => {
    const session = await opened(harness, 'new');
    await session.write([]);
    await session.commit(checkpoint(0));
    await session.write(ROWS.slice(0, 3));
    await session.commit(checkpoint(3));
    await session.write([]);
    await session.finish(checkpoint(3, 'exhausted'));
    await session.close();
    await holds(harness, ROWS.slice(0, 3));
  },
  'may be closed twice, and unused': async (harness) => {
    const session = await harness.sink().open();
    await session.close();
    await session.close();
  },
};

const RESUMABLE: Readonly<Record<string, Test>> = {
  'finds nothing where nothing was written': async ({ sink }) => {
    const session = await sink().open();
    equal(session.stored, undefined);
    equal(session.damage, undefined);
    equal(session.occupied, undefined);
    await session.close();
  },
  'stores the checkpoint as it was given': async (harness) => {
    const session = await opened(harness, 'new');
    await session.write(ROWS.slice(0, 4));
    await session.commit(checkpoint(4));
    await session.close();
    const again = await harness.sink().open();
    deepStrictEqual(again.stored, checkpoint(4));
    await again.close();
  },
  'stores the beginning as a checkpoint': async (harness) => {
    const session = await opened(harness, 'new');
    await session.close();
    const again = await harness.sink().open();
    deepStrictEqual(again.stored, checkpoint(0));
    await again.close();
  },
  'forgets what was not committed': async (harness) => {
    const first = await opened(harness, 'new');
    await first.write(ROWS.slice(0, 4));
    await first.commit(checkpoint(4));
    await first.write(ROWS.slice(8));
    await first.close();
    const second = await opened(harness, 'resume');
    await second.write(ROWS.slice(4));
    await second.finish(checkpoint(ROWS.length, 'exhausted'));
    await second.close();
    await holds(harness, ROWS);
  },
  'begins anew what has no committed row': async (harness) => {
    for (const mode of ['new', 'resume', 'new'] as const) {
      const session = await opened(harness, mode);
      equal(session.occupied, undefined);
      await session.write(ROWS.slice(5));
      await session.close();
    }
    const last = await opened(harness, 'resume');
    await last.write(ROWS);
    await last.finish(checkpoint(ROWS.length, 'exhausted'));
    await last.close();
    await holds(harness, ROWS);
  },
  'goes on after every single row': async (harness) => {
    const first = await opened(harness, 'new');
    await first.close();
    for (const [at, row] of ROWS.entries()) {
      const session = await opened(harness, 'resume');
      deepStrictEqual(session.stored, checkpoint(at));
      await session.write([row]);
      await session.commit(checkpoint(at + 1));
      await session.close();
    }
    const last = await opened(harness, 'resume');
    await last.finish(checkpoint(ROWS.length, 'exhausted'));
    await last.close();
    await holds(harness, ROWS);
  },
  'leaves a finished output as it is when it is resumed': async (harness) => {
    const first = await opened(harness, 'new');
    await first.write(ROWS);
    await first.finish(checkpoint(ROWS.length, 'exhausted'));
    await first.close();
    const second = await opened(harness, 'resume');
    deepStrictEqual(second.stored, checkpoint(ROWS.length, 'exhausted'));
    await second.close();
    await holds(harness, ROWS);
  },
  'replaces what is there when it is overwritten': async (harness) => {
    for (const rows of [ROWS, ROWS.slice(2, 5), []]) {
      const session = await opened(harness, 'overwrite');
      await session.write(rows);
      await session.finish(checkpoint(rows.length, 'exhausted'));
      await session.close();
      await holds(harness, rows);
    }
  },
  'lets one session in at a time': async (harness) => {
    const first = await harness.sink().open();
    await rejects(harness.sink().open(), hasCode('LOCKED'));
    await first.close();
    const second = await harness.sink().open();
    await second.close();
  },
};

async function opened(
  { sink }: SinkHarness,
  mode: SinkStart['mode'],
): Promise<SinkSession<ConformanceRow>> {
  const session = await sink().open();
  const { stored } = session;
  if (mode === 'resume') ok(stored, 'there is a checkpoint to resume from');
  const start = mode === 'resume' && stored !== undefined ? stored : checkpoint(0);
  await session.begin({ mode, checkpoint: start, checkpoints: sink().resumable });
  return session;
}

async function holds({ rows }: SinkHarness, wanted: readonly ConformanceRow[]): Promise<void> {
  deepStrictEqual(await rows(), wanted);
}

function hasCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => isPaginationError(error) && error.code === code;
}

function checkpoint(rows: number, endReason?: Checkpoint['endReason']): Checkpoint {
  const at = {
    resumeToken: `token ${String(rows)} "\u{1F600}"`,
    rows,
    pages: rows,
    settings: { format: 'test', 'a name': 'a "value"\n' },
  };
  return endReason === undefined ? at : { ...at, endReason };
}

const TEXTS = [
  'plain',
  'a,b;c\td|e',
  'say "yes"',
  'two\nlines',
  'two\r\nlines',
  ' blanks ',
  '',
  "'",
  '\u{1F600} é',
];

const ROWS: readonly ConformanceRow[] = [...TEXTS, '=1+1', '-1', '@x', "'=x", '{}', 'null'].map(
  (text, id) => ({
    id,
    text,
    note: id % 3 === 0 ? null : id % 3 === 1 ? '' : `note ${String(id)}`,
    isOdd: id % 2 === 1,
  }),
);
