import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { lockFile } from '../../lib/export/file-lock';
import { thisProcess } from '../../lib/export/lock-owner';
import { tempFolder } from '../support/temp-folder';

jest.setTimeout(30_000);

const folder = tempFolder();

/** The id of a process that has ended and is gone. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'close');
  return child.pid ?? 0;
}

describe('lockFile', () => {
  it('names its owner while it is held and is gone after', async () => {
    const path = join(folder(), 'x.lock');
    const release = await lockFile(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
    });
    await release();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('is refused to a second one, of the same process too', async () => {
    const path = join(folder(), 'x.lock');
    const release = await lockFile(path);
    await expect(lockFile(path)).rejects.toMatchObject({
      code: 'LOCKED',
      message: `The output is locked by process ${String(process.pid)} on ${hostname()}, which lives or may live (${path})`,
    });
    await release();
    await (
      await lockFile(path)
    )();
  });

  it('is given to one only of many that want it at once', async () => {
    const path = join(folder(), 'x.lock');
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => lockFile(path)));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['an owner that has ended', async () => ({ pid: await deadPid() })],
    ['an owner whose id another process has now', () => Promise.resolve({ started: '1' })],
    ['an owner of before the machine was started', () => Promise.resolve({ boot: 'another' })],
  ])('is taken over from %s, by one only of many', async (_name, owner) => {
    const text = JSON.stringify({ ...thisProcess('dead'), ...(await owner()) });
    for (let round = 0; round < 30; round++) {
      const path = join(folder(), 'x.lock');
      writeFileSync(path, text);
      // Not all at the same moment, so that one comes to take over what another has just taken over.
      const taken = await Promise.allSettled(
        Array.from({ length: 12 }, async (_, late) => {
          for (let turn = 0; turn < late * (round % 5); turn++) {
            await new Promise((resolve) => setImmediate(resolve));
          }
          return lockFile(path);
        }),
      );
      const got = taken.filter((one) => one.status === 'fulfilled');
      expect(got).toHaveLength(1);
      await got[0]?.value();
      expect(readdirSync(join(path, '..'))).toEqual([]);
    }
  });

  it('is taken over where one that was about to take it over has ended too', async () => {
    const at = folder();
    const path = join(at, 'x.lock');
    const dead = { ...thisProcess('first'), pid: await deadPid() };
    writeFileSync(path, JSON.stringify(dead));
    writeFileSync(`${path}.first.next`, JSON.stringify({ ...dead, nonce: 'second' }));
    writeFileSync(`${path}.third`, JSON.stringify({ ...dead, nonce: 'third' }));
    const release = await lockFile(path);
    await release();
    expect(readdirSync(at)).toEqual([]);
  });

  it('is not taken from an owner on another machine, nor where it names none', async () => {
    for (const text of [
      JSON.stringify({ ...thisProcess('x'), host: 'elsewhere', pid: 1 }),
      '',
      '{}',
      'x',
    ]) {
      const path = join(folder(), 'x.lock');
      writeFileSync(path, text);
      await expect(lockFile(path)).rejects.toMatchObject({ code: 'LOCKED' });
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('is taken over from a process that was killed and not yet reaped', async () => {
    const path = join(folder(), 'x.lock');
    // The shell that started it does not wait for it, so that it stays as a zombie.
    const parent = spawn('bash', ['-c', 'sleep 0.01 & echo $!; exec sleep 30']);
    const [out] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(out.toString());
    const stateOf = () => readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(') ')[1]?.[0];
    while (stateOf() !== 'Z') await new Promise((resolve) => setTimeout(resolve, 5));
    writeFileSync(path, JSON.stringify({ ...thisProcess('zombie'), pid }));
    await (
      await lockFile(path)
    )();
    parent.kill('SIGKILL');
    await once(parent, 'close');
  });
});
