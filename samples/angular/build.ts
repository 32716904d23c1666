import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

export function isInstalled(): boolean {
  return existsSync(join(__dirname, 'node_modules/@angular/build/package.json'));
}

/** Builds the app, unless it was built since anything of it or of the library changed. */
export function buildSample(): void {
  const built = join(__dirname, 'dist/index.html');
  const sources = ['lib', 'samples/angular/src', 'samples/angular/public'];
  const newest = Math.max(
    ...sources.map((folder) => newestIn(join(root, folder))),
    ...['package-lock.json', 'angular.json'].map((file) => changed(join(__dirname, file))),
  );
  if (existsSync(built) && changed(built) > newest) return;
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: __dirname,
    encoding: 'utf8',
    env: { ...process.env, NG_CLI_ANALYTICS: 'false' },
  });
  if (status !== 0) throw new Error(`The sample cannot be built:\n${stdout}${stderr}`);
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(0, ...files.map((file) => changed(join(file.parentPath, file.name))));
}

function changed(path: string): number {
  return statSync(path).mtimeMs;
}
