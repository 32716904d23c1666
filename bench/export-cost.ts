import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';

import { comparisons, contestants } from './export/contestants';
import { contestantProcess, type ProcessTask } from './export/contestant-process';
import { PAGE_SIZE, type Shape } from './export/pages';
import { markdownTable, short } from './markdown';
import { figureOf, ratios } from './statistics';

/*
 * The CPU time of exports, user and system, beside that of the tightest loops by hand that do the same. Every contestant has
 * a process of its own; runs are interleaved after two for warming up, and compared with those of the same round.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    /** Enough of them that what a walk costs once, at its end, does not count. */
    pages: { type: 'string', default: '300' },
    /** Of one kind only. */
    from: { type: 'string' },
    shape: { type: 'string' },
  },
});
const WARM_UPS = 2;
const names = Object.keys(contestants);

function start(task: ProcessTask): ChildProcess {
  return fork(__filename, { env: { ...process.env, EXPORT_COST_TASK: JSON.stringify(task) } });
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const [answer] = (await once(child, 'message')) as [unknown];
  return answer;
}

async function measure(from: string, shape: Shape): Promise<void> {
  const [pages, rounds] = [Number(values.pages), Number(values.rounds)];
  const server = from === 'http' ? start({ name: 'server', pages, shape }) : undefined;
  const url = server === undefined ? undefined : String(await answerOf(server));
  const children = names.map((name) => start({ name, pages, shape, url }));
  await Promise.all(children.map(answerOf));
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = -WARM_UPS; round < rounds; round++) {
    for (const [at, child] of children.entries()) {
      child.send('run');
      const cpu = Number(await answerOf(child));
      if (round >= 0) times.get(names[at] ?? '')?.push(cpu);
    }
  }
  for (const child of [...children, server]) child?.kill();
  const perPage = names.map((name) => {
    const { median } = figureOf(times.get(name) ?? []);
    return [name, short(median / pages)];
  });
  const compared = comparisons.map(({ of, to, most }) => {
    const { median, low, high } = ratios(times.get(of) ?? [], times.get(to) ?? []);
    const goal = most === undefined ? '' : median <= most ? 'met' : 'missed';
    const ratio = `${short(median)} (${short(low)}–${short(high)})`;
    return [of, to, ratio, most === undefined ? '–' : `at most ${String(most)}`, goal];
  });
  console.log(`\n${from}, ${shape} rows, ${String(pages)} pages of ${String(PAGE_SIZE)}`);
  console.log(markdownTable([['', 'CPU a page, ms'], ...perPage]));
  console.log(markdownTable([['', 'to', 'ratio', 'goal', ''], ...compared]));
}

async function main(): Promise<void> {
  for (const from of ['memory', 'http']) {
    for (const shape of ['long', 'wide'] as const) {
      if ((values.from ?? from) === from && (values.shape ?? shape) === shape)
        await measure(from, shape);
    }
  }
}

const task = process.env['EXPORT_COST_TASK'];
void (task === undefined ? main() : contestantProcess(JSON.parse(task) as ProcessTask));
