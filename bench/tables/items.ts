import { Contestant, interleave } from '../contestant';
import type { Findings, Scale, Table } from '../figures';
import { figureOf, fit, ratios } from '../statistics';

const SIZES = [100, 1_000, 10_000];
const OURS = 'ours';

const PUSHED = [
  ...[OURS, 'floor', 'loop', 'expand', 'from-generator', 'google', 'azure', 'stripe', 'openai'],
  ...['ix', 'smithy', 'octokit'],
];
const PULLED = [OURS, 'generator', 'google', 'azure', 'stripe', 'openai', 'ix'];
const IN_ZONE = [OURS, 'generator', 'promise-resolve', 'azure'];

interface Costs {
  readonly perItem: readonly number[];
  readonly perPage: readonly number[];
}

const none: Costs = { perItem: [], perPage: [] };

/** Items handed to `subscribe`, to `for await`, and to `for await` under zone.js: what an item and what a page costs. */
export async function itemTables(scale: Scale): Promise<Findings> {
  const push = await costsOf('each', await Contestant.startAll(PUSHED, scale), scale);
  const pull = await costsOf('iterate', await Contestant.startAll(PULLED, scale), scale);
  const zone = await costsOf('iterate', await Contestant.startAll(IN_ZONE, scale, 'zone'), scale);
  const [floor, recipe] = [push.of('floor'), push.of('expand')];
  const perItem = ratios(push.of(OURS).perItem, floor.perItem);
  const perPage = ratios(push.of(OURS).perPage, recipe.perPage);
  const gain = ratios(pull.of('generator').perItem, pull.of(OURS).perItem);
  const inZone = ratios(zone.of(OURS).perItem, zone.of('generator').perItem);
  return {
    tables: [
      push.table(
        'push',
        'Items pushed',
        'Parsed pages in memory, every item handed to a function: by `subscribe`, or by what the client has for it.',
        'floor',
        'expand',
      ),
      pullTable(
        pull,
        'pull',
        'Items pulled',
        '`for await` over the items of parsed pages in memory.',
      ),
      pullTable(zone, 'zone', 'Items pulled under zone.js', 'The same, with zone.js loaded.'),
    ],
    goals: [
      {
        measure: 'items by `subscribe`, cost of one',
        goal: 'at most 1.15 × a bare `Observable`',
        unit: '×',
        reached: perItem,
        isMet: perItem.median <= 1.15,
      },
      {
        measure: 'cost of a page, with every guard on',
        goal: 'at most 15 × `expand` + `concatMap`',
        unit: '×',
        reached: perPage,
        isMet: perPage.median <= 15,
      },
      {
        measure: '`for await` over items',
        goal: 'at least 2.2 × as fast as a plain async generator',
        unit: '×',
        reached: gain,
        isMet: gain.median >= 2.2,
      },
      {
        measure: '`for await` under zone.js, cost of an item',
        goal: 'at most that of a plain async generator',
        unit: '×',
        reached: inZone,
        isMet: inZone.median <= 1,
      },
    ],
  };
}

type Measured = Awaited<ReturnType<typeof costsOf>>;

function pullTable(measured: Measured, id: string, title: string, text: string): Table {
  return measured.table(id, title, text, 'generator', 'generator');
}

async function costsOf(kind: string, contestants: readonly Contestant[], scale: Scale) {
  const sizes = scale.quick ? SIZES.slice(0, 2) : SIZES;
  const found = await interleave(contestants, scale, async (contestant, round) => {
    const isSlow = contestant.file === 'ix';
    const total = scale.quick ? 2_000 : isSlow ? 100_000 : 1_000_000;
    // The compiler has done with a loop of `for await` only after some ten million items.
    const warmUp = round > 0 || isSlow ? 0 : 4;
    const wholes = [];
    for (const size of sizes) {
      const job = { kind, size, total, atLeast: scale.quick ? 0 : 50, warmUp };
      const { cpuMs } = await contestant.run<{ cpuMs: number; items: number }>(job, total);
      wholes.push({ items: total, pages: total / size, cost: cpuMs });
    }
    return fit(wholes);
  });
  for (const contestant of contestants) contestant.stop();
  const costs = new Map<string, Costs>(
    [...found].map(([file, fits]) => [
      file,
      {
        perItem: fits.map(({ perItem }) => perItem * 1e6),
        perPage: fits.map(({ perPage }) => perPage * 1e3),
      },
    ]),
  );
  const of = (file: string): Costs => costs.get(file) ?? none;
  const table = (
    id: string,
    title: string,
    text: string,
    itemBase: string,
    pageBase: string,
  ): Table => ({
    id,
    title,
    text: `${text} CPU of the process; the cost of an item is the slope, that of a page the intercept of a fit over 100, 1,000 and 10,000 items a page.`,
    columns: [
      { name: 'an item', unit: 'ns' },
      { name: `to ${nameOf(contestants, itemBase)}`, unit: '×' },
      { name: 'a page', unit: 'µs' },
      { name: `to ${nameOf(contestants, pageBase)}`, unit: '×' },
    ],
    rows: contestants.map(({ file, name }) => ({
      name,
      cells: [
        figureOf(of(file).perItem),
        ratios(of(file).perItem, of(itemBase).perItem),
        figureOf(of(file).perPage),
        ratios(of(file).perPage, of(pageBase).perPage),
      ],
    })),
  });
  return { of, table };
}

function nameOf(contestants: readonly Contestant[], file: string): string {
  return contestants.find((one) => one.file === file)?.name ?? file;
}
