import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { version } from '../../package.json';
import { labAuthority } from '../../spec/support/lab-certificates';
import { trusting } from '../../spec/support/lab-network';
import { root } from '../entries';
import { markdownTable } from '../guide/markdown-table';

import { judgePeer, type PeerClient, type PeerVerdict } from './judge-peer';
import { ownClient, ownFlavours } from './own-client';
import { peerCases, type PeerCase } from './peer-cases';
import type { PeerFlavour } from './peer-lists';
import { PeerProcess } from './peer-process';

const FOLDER = join(root, 'bench', 'peers');
const AT_ONCE = 3;

/** From the worst. */
const VERDICTS: readonly PeerVerdict[] = ['leak', 'wrong', 'endless', 'error', 'exact'];

interface Column {
  readonly name: string;
  readonly versions: readonly string[];
  /** A verdict for each case; `–` where its lists cannot have the fault. */
  readonly cells: readonly (PeerVerdict | '–')[];
}

/**
 * Puts this library and other clients to the same faults, and prints as a Markdown table what they came to. The clients are
 * installed by `npm ci --prefix bench/peers`.
 */
export async function comparePeers(): Promise<void> {
  if (!existsSync(join(FOLDER, 'node_modules'))) {
    console.error('Install the clients first: npm ci --prefix bench/peers');
    process.exitCode = 1;
    return;
  }
  const columns = [await trusting(labAuthority, ownColumn), ...(await peerColumns())];
  console.log(markdown(columns));
}

/** What this library comes to, by the worst of its kinds of list. */
async function ownColumn(): Promise<Column> {
  const cells: PeerVerdict[] = [];
  for (const one of peerCases) {
    const flavours = ownFlavours.filter((flavour) => fits(one, flavour));
    const found = await Promise.all(flavours.map((flavour) => judgePeer(ownClient, one, flavour)));
    cells.push(VERDICTS.find((verdict) => found.includes(verdict)) ?? 'wrong');
  }
  return { name: '`paginate`', versions: [`paged-observable ${version}`], cells };
}

async function peerColumns(): Promise<readonly Column[]> {
  const files = readdirSync(join(FOLDER, 'clients')).map((file) => basename(file, '.mjs'));
  const columns = new Map<string, Column>();
  const waiting = [...files];
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      columns.set(file, await peerColumn(file));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return files.flatMap((file) => columns.get(file) ?? []);
}

async function peerColumn(file: string): Promise<Column> {
  const peer = new PeerProcess(file);
  try {
    const { name, versions, flavours } = await peer.facts();
    const cells: Column['cells'][number][] = [];
    for (const one of peerCases) cells.push(await cellOf(peer.walk, one, flavours));
    return { name, versions, cells };
  } finally {
    peer.stop();
  }
}

async function cellOf(walk: PeerClient, one: PeerCase, flavours: readonly PeerFlavour[]) {
  const flavour = flavours.find((own) => fits(one, own));
  return flavour === undefined ? '–' : judgePeer(walk, one, flavour);
}

function fits({ flavours }: PeerCase, flavour: PeerFlavour): boolean {
  return flavours?.includes(flavour) ?? true;
}

function markdown(columns: readonly Column[]): string {
  const head = ['', 'at best', ...columns.map(({ name }) => name)];
  const rows = peerCases.map(({ id, title, best }, at) => [
    `${id} ${title}`,
    best,
    ...columns.map(({ cells }) => cells[at] ?? '–'),
  ]);
  const counts = [...VERDICTS]
    .reverse()
    .map((verdict) => [
      `**${verdict}**`,
      String(peerCases.filter(({ best }) => best === verdict).length),
      ...columns.map(({ cells }) => String(cells.filter((cell) => cell === verdict).length)),
    ]);
  const table = markdownTable([head, ...rows, ...counts]);
  const versions = [...new Set(columns.flatMap((column) => column.versions))].join(', ');
  const date = new Date().toISOString().slice(0, 10);
  return `${table}\n\nMeasured on ${date} with Node ${process.versions.node}: ${versions}.`;
}
