import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the embedded server keeps its data unless it is told: the user's folder for data of programs, as the system has it, or
 * the folder that `PAGED_OBSERVABLE_DATA` names.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function dataFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const own = given(environment['PAGED_OBSERVABLE_DATA']);
  if (own !== undefined) return own;
  return join(systemFolder(environment, platform, home), 'paged-observable');
}

function systemFolder(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') {
    return given(environment['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local');
  }
  return given(environment['XDG_DATA_HOME']) ?? join(home, '.local', 'share');
}

/** A variable that is set to nothing counts as not set. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
