import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { versionWithoutApi } from '../codegen/check-code';
import { generateClient, type Generated } from '../codegen/generate-client';
import { applyOverlay } from '../openapi/apply-overlay';
import { DocumentFiles, parsedFile } from './document-files';
import { EXIT } from './exit-codes';
import type { Output } from './output';
import { UsageMistake } from './usage-mistake';
import { visibleText } from './visible-text';

export interface GenerateFlags {
  readonly out: string;
  readonly overlay?: readonly string[] | undefined;
  readonly heuristics?: boolean | undefined;
  readonly docs?: boolean | undefined;
  readonly check?: boolean | undefined;
  readonly allowOrigin?: readonly string[] | undefined;
}

/** How a file written by the generator begins, or has it near its beginning. */
const MARK = /Written by `?paged-observable/;

/**
 * Writes the client of a document, or compares it with what is there; gives the exit code.
 * @throws PaginationError `SPEC_REJECTED` for a document that is refused
 */
export async function generate(
  path: string,
  flags: GenerateFlags,
  output: Output,
  messages: Output,
): Promise<number> {
  const warn = (text: string): void => {
    messages.line(`paged-observable: ${visibleText(text)}`);
  };
  const generated = await made(path, flags, warn);
  for (const { operation, key, reason } of generated.problems)
    warn(`${operation}: ${key}: ${reason}`);
  const { files, operations, paged, problems } = generated;
  const found = `${String(operations)} operations, ${String(paged)} paged, ${String(problems.length)} problems`;
  const stale = [...files].filter(([name, content]) => existing(join(flags.out, name)) !== content);
  if (flags.check === true) {
    for (const [name] of stale) warn(`${join(flags.out, name)} is not what the document gives now`);
    if (stale.length === 0) output.line(`Up to date: ${flags.out} (${found})`);
    return stale.length === 0 ? EXIT.done : EXIT.failed;
  }
  for (const [name] of stale) refuseForeign(join(flags.out, name));
  write(flags.out, stale);
  output.line(
    `Wrote ${String(stale.length)} of ${String(files.size)} files to ${flags.out}: ${found}`,
  );
  return EXIT.done;
}

async function made(
  path: string,
  { overlay = [], heuristics, docs, allowOrigin }: GenerateFlags,
  warn: (text: string) => void,
): Promise<Generated> {
  const files = new DocumentFiles(path, allowOrigin);
  try {
    const document = overlay.reduce<unknown>(
      (before, file) =>
        applyOverlay(before, parsedFile(file), (target) => {
          warn(`${file}: nothing in the document is at ${target}`);
        }),
      files.document,
    );
    return await files.complete(() =>
      generateClient(document, { heuristics, docs, files: files.read }),
    );
  } catch (error) {
    if (isMissingPeer(error))
      throw new UsageMistake(`generate needs two packages more: ${INSTALL}`);
    if (error instanceof TypeError) throw new UsageMistake((await lackOfApi()) ?? error.message);
    throw error;
  }
}

const INSTALL = 'npm install --save-dev openapi-typescript@7 typescript@5';

async function lackOfApi(): Promise<string | undefined> {
  const version = await versionWithoutApi();
  if (version === undefined) return undefined;
  return `generate needs the JavaScript API of TypeScript, which ${version} has not: ${INSTALL}`;
}

function isMissingPeer(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return missing && error instanceof Error && /'(?:openapi-)?typescript'/.test(error.message);
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** What somebody wrote by hand is not written over. */
function refuseForeign(file: string): void {
  const before = existing(file);
  if (before === undefined || MARK.test(before.slice(0, 1_000))) return;
  throw new UsageMistake(`--out: ${file} was not written by this command; name another folder`);
}

function write(folder: string, files: readonly (readonly [name: string, content: string])[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unwritable';
    throw new UsageMistake(`--out: ${folder} cannot be written to (${code})`);
  }
}
