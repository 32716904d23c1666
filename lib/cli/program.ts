import { Command, CommanderError } from 'commander';

import { version } from '../../package.json';

import { EXIT } from './exit-codes';
import { addExportCommand } from './export-command';
import type { ExportFlags } from './export-flags';
import type { GenerateFlags } from './generate';
import {
  DETECT_EXAMPLES,
  EXITS,
  GENERATE_EXAMPLES,
  ITEMS_EXAMPLES,
  PAGES_EXAMPLES,
  SERVE_EXAMPLES,
} from './help-texts';
import { addJobsCommand, type JobsActions } from './jobs-command';
import { wholeNumber } from './number-argument';
import type { DetectFlags } from './detect-list';
import type { ServeFlags } from './serve-demo';
import { UsageMistake } from './usage-mistake';
import { visibleText } from './visible-text';
import { addDetectOptions, addWalkOptions, collect, strategiesHelp } from './walk-command';
import type { WalkFlags } from './walk-flags';

/** What the commands do; each gives the exit code. */
export interface Actions {
  walk(face: 'items' | 'pages', url: string, flags: WalkFlags, command: Command): Promise<number>;
  detect(url: string, flags: DetectFlags): Promise<number>;
  export(url: string, flags: ExportFlags, command: Command): Promise<number>;
  generate(document: string, flags: GenerateFlags): Promise<number>;
  serveDemo(flags: ServeFlags): Promise<number>;
  readonly jobs: JobsActions;
}

/** Where help and usage errors go. */
export interface Writers {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
}

/** Runs the command that the arguments name; gives the exit code. A usage error says on stderr where the help is. */
export async function runProgram(
  args: readonly string[],
  actions: Actions,
  writers: Writers,
): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = new Command('paged-observable')
    .description('Walks paginated HTTP APIs: a page at a time, as fast as its output is read.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureOutput({
      ...writers,
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      outputError: (text, write) => {
        write(usageLine(text));
      },
    })
    .exitOverride()
    .addHelpText('after', EXITS);

  const walkAction = (face: 'items' | 'pages') => {
    return async (url: string, flags: WalkFlags, command: Command): Promise<void> => {
      exitCode = await asUsageError(command, () => actions.walk(face, url, flags, command));
    };
  };
  const items = program
    .command('items')
    .summary('print every item of a list as a line of JSON')
    .description('Walks a list and prints every item as a line of JSON (NDJSON), in server order.')
    .argument('<url>', 'the first page')
    .optionsGroup('Output:')
    .option('--select <pointer>', 'print only this value of every item; null where it is missing');
  addWalkOptions(items)
    .addHelpText('after', `\n${strategiesHelp()}\n${ITEMS_EXAMPLES}${EXITS}`)
    .action(walkAction('items'));

  const pages = program
    .command('pages')
    .summary('print a table of the pages of a list')
    .description('Walks a list and prints what is known of every page.')
    .argument('<url>', 'the first page')
    .optionsGroup('Output:')
    .option('--json', 'print lines of JSON instead of a table');
  addWalkOptions(pages)
    .addHelpText('after', `\n${strategiesHelp()}\n${PAGES_EXAMPLES}${EXITS}`)
    .action(walkAction('pages'));

  const detect = program
    .command('detect')
    .summary('say how a list is paged')
    .description(
      'Asks for the first page of a list and says what it shows of how the list goes on.',
    )
    .argument('<url>', 'the first page')
    .optionsGroup('Output:')
    .option('--json', 'print a line of JSON instead of a report');
  addDetectOptions(detect)
    .addHelpText('after', DETECT_EXAMPLES + EXITS)
    .action(async (url: string, flags: DetectFlags, command: Command) => {
      exitCode = await asUsageError(command, () => actions.detect(url, flags));
    });

  addExportCommand(program).action(async (url: string, flags: ExportFlags, command: Command) => {
    exitCode = await asUsageError(command, () => actions.export(url, flags, command));
  });

  addJobsCommand(program, actions.jobs, async (command, act) => {
    exitCode = await asUsageError(command, act);
  });

  program
    .command('generate')
    .summary('write a typed client of an OpenAPI document')
    .description(
      'Writes TypeScript for an OpenAPI document (3.x or Swagger 2.0, JSON or YAML): a class for each tag, whose list methods give streams. ' +
        'Files that the document refers to must lie in its folder.',
    )
    .argument('<document>', 'the file of the document')
    .requiredOption('--out <folder>', 'folder to write index.ts and schemas.ts to')
    .option('--overlay <file>', 'an OpenAPI Overlay to apply first; repeatable', collect)
    .option('--heuristics', 'also take lists for paged that no extension speaks of, by their names')
    .option('--docs', 'also write ENDPOINTS.md, a list of the paged operations')
    .option('--check', 'write nothing; fail if the files are not up to date')
    .option('--allow-origin <origin>', 'a server that references may lead to; repeatable', collect)
    .addHelpText('after', GENERATE_EXAMPLES + EXITS)
    .action(async (document: string, flags: GenerateFlags, command: Command) => {
      exitCode = await asUsageError(command, () => actions.generate(document, flags));
    });

  program
    .command('serve-demo')
    .summary('serve a demo API with every protocol')
    .description('Serves one list of users through many pagination protocols, until Ctrl-C.')
    .option('--port <n>', 'port to listen on; 0 for any free one', wholeNumber(0, 65_535), 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--users <n>', 'size of the list', wholeNumber(0, 10_000_000), 250)
    .option('--latency <ms>', 'wait before every reply', wholeNumber(0, 600_000), 0)
    .addHelpText('after', SERVE_EXAMPLES + EXITS)
    .action(async (flags: ServeFlags, command: Command) => {
      exitCode = await asUsageError(command, () => actions.serveDemo(flags));
    });

  pointToHelp(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}

/** The whole help would push the error out of sight. */
function pointToHelp(command: Command, before = ''): void {
  const name = `${before}${command.name()}`;
  command.showHelpAfterError(`Usage: ${name} ${command.usage()}\nHelp:  ${name} --help`);
  for (const inner of command.commands) pointToHelp(inner, `${name} `);
}

/** A mistake found by the command itself is told like those that the parser finds. */
async function asUsageError(command: Command, act: () => Promise<number>): Promise<number> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof UsageMistake)) throw error;
    return command.error(`error: ${error.message}`);
  }
}

/** The parser repeats what it was given; a value glued to an unknown option may be a secret. */
function usageLine(text: string): string {
  const bare = text
    .trimEnd()
    .replace(/^error: /, '')
    .replace('\n(Did', ' (did')
    .replace(/('?--?[\w-]+)=[^']*/g, '$1=***');
  return `paged-observable: ${visibleText(bare)}\n`;
}
