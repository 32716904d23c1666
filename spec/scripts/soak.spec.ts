import { execFile } from 'node:child_process';
import { join } from 'node:path';

import type { PartResult, SoakPart } from '../../scripts/soak/part';
import { playPart } from '../../scripts/soak/play-part';
import { soakParts } from '../../scripts/soak/parts';
import { runSoak, type Play, type SoakOrder } from '../../scripts/soak/run-soak';
import { loadTypescript } from '../support/load-typescript';

const root = join(__dirname, '..', '..');

function part(name: string): SoakPart {
  const play = () => Promise.resolve({ done: 0, counts: {} });
  return { name, title: name, unit: 'runs', runs: 100, play };
}

const parts = [part('walks'), part('fuzz-links'), part('fuzz-waits')];
const passed: PartResult = { done: 1234, counts: { complete: 1200, left: 34 } };

async function soak(order: Partial<SoakOrder>, play: Play) {
  const lines: string[] = [];
  const failed = await runSoak(parts, { only: [], seed: 7, ...order }, play, (line) => {
    lines.push(line.replace(/[\d.]+ s,/, 'N s,'));
  });
  return { failed, lines };
}

describe('the soak', () => {
  it('prints counts and the seed of every part', async () => {
    expect(await soak({}, () => Promise.resolve(passed))).toEqual({
      failed: 0,
      lines: [
        'pass walks                1,234 runs in N s, seed 7: 1,200 complete, 34 left',
        'pass fuzz-links           1,234 runs in N s, seed 7: 1,200 complete, 34 left',
        'pass fuzz-waits           1,234 runs in N s, seed 7: 1,200 complete, 34 left',
        '3 passed, 0 failed, seed 7',
      ],
    });
  });

  it('prints what broke, and the command that leads to it', async () => {
    const play: Play = ({ name }) =>
      Promise.resolve({
        ...passed,
        ...(name === 'fuzz-links' && { failure: { report: 'broken by [8]', path: '3:1:0' } }),
        ...(name === 'fuzz-waits' && { failure: { report: 'it hangs' } }),
      });
    const { failed, lines } = await soak({ only: ['fuzz'] }, play);
    expect(failed).toBe(2);
    expect(lines).toEqual([
      expect.stringMatching(/^FAIL fuzz-links /),
      'broken by [8]\n\n  npm run soak -- --only fuzz-links --seed 7 --path 3:1:0\n',
      expect.stringMatching(/^FAIL fuzz-waits /),
      'it hangs\n\n  npm run soak -- --only fuzz-waits --seed 7 --runs 100\n',
      '0 passed, 2 failed, seed 7',
    ]);
  });

  it('counts a part apart that cannot be played, and has it fail where all must be', async () => {
    const play: Play = ({ name }) =>
      Promise.resolve(
        name === 'walks' ? { done: 0, counts: {}, skipped: 'No PostgreSQL' } : passed,
      );
    const only = ['walks', 'fuzz-links'];
    expect(await soak({ only }, play)).toEqual({
      failed: 0,
      lines: [
        'skip walks                No PostgreSQL',
        expect.stringMatching(/^pass fuzz-links /),
        '1 passed, 0 failed, 1 skipped, seed 7',
      ],
    });
    const strict = await soak({ only, needsAll: true }, play);
    expect(strict.failed).toBe(1);
    expect([strict.lines[0], strict.lines[2]]).toEqual([
      'FAIL walks                No PostgreSQL',
      '1 passed, 1 failed, seed 7',
    ]);
  });

  it('plays the parts that are asked for, as often as asked', async () => {
    const played: unknown[] = [];
    const order = { only: ['walks', 'fuzz-waits'], runs: 5, seed: 8, path: '1:2' };
    await soak(order, ({ name }, task) => {
      played.push([name, task]);
      return Promise.resolve(passed);
    });
    const task = { runs: 5, seed: 8, path: '1:2' };
    expect(played).toEqual([
      ['walks', task],
      ['fuzz-waits', task],
    ]);
    await expect(soak({ only: ['fuzz-w'] }, playPart)).rejects.toThrow('No part is called fuzz-w');
  });

  it('plays a part in a process of its own, and notices where that dies', async () => {
    const [walks] = soakParts;
    const told: number[] = [];
    const { done, counts, failure } = await playPart(walks!, { runs: 30, seed: 1 }, (at) => {
      told.push(at);
    });
    expect([done, failure]).toEqual([30, undefined]);
    expect(Object.values(counts).reduce((sum: number, count) => sum + Number(count), 0)).toBe(30);
    expect(told[0]).toBe(1);
    const { failure: unknown } = await playPart(
      part('no such'),
      { runs: 1, seed: 1 },
      () => undefined,
    );
    expect(unknown?.report).toContain('It died with 2 after 0 runs');
  }, 120_000);

  it('ends with 1 where a part fails or there is none', async () => {
    const args = [...loadTypescript, 'scripts/soak.ts', '--only', 'nothing'];
    const code = await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: root }, (error) => {
        resolve(error?.code);
      });
    });
    expect(code).toBe(1);
  }, 120_000);
});
