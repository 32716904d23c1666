import { Option, type Command } from 'commander';

import { EXITS, EXPORT_EXAMPLES } from './help-texts';
import { wholeNumber } from './number-argument';
import { addWalkOptions, strategiesHelp } from './walk-command';

/** The command `export` with its options; what it does is added by the caller. */
export function addExportCommand(program: Command): Command {
  const command = program
    .command('export')
    .summary('write a list into a file or a table, so that nothing is lost')
    .description(
      'Walks a list and writes it into a file, a table or standard output. What is written is whole, or can be gone on with.',
    )
    .argument('<url>', 'the first page')
    .optionsGroup('Output:')
    .option('-o, --out <file>', 'the file; - for standard output')
    .addOption(
      new Option('--format <name>', 'by default as the name of the file says').choices([
        'ndjson',
        'json',
        'csv',
      ]),
    )
    .option('--gzip', 'compress; by default where the name of the file ends in .gz')
    .option('--select <pointer>', 'write only this value of every item; null where it is missing')
    .option('--columns <names>', 'fields or JSON pointers, with commas between')
    .addOption(
      new Option(
        '--extra <what>',
        'fields that have no column (default: error, with --columns ignore)',
      ).choices(['error', 'ignore', 'collect']),
    )
    .addOption(
      new Option('--delimiter <char>', 'between cells of CSV').choices([',', ';', 'tab', '|']),
    )
    .option('--no-neutralise', 'leave text in CSV that spreadsheets take for formulas')
    .optionsGroup('Output into PostgreSQL, at DATABASE_URL or as PGHOST and the like say:')
    .option('--table <name>', 'the table, in place of --out')
    .option('--schema <name>', 'its schema')
    .option('--key <columns>', 'change rows that have this key already')
    .option('--create', 'make the table where there is none')
    .option('--append', 'add to a table that has rows of others')
    .optionsGroup('Safety:')
    .option('--resume', 'go on from the checkpoint of an earlier run, if there is one')
    .option('--overwrite', 'begin anew in place of what is there')
    .option(
      '--checkpoint-every <rows>',
      'make a checkpoint after so many rows (default: after every page)',
      wholeNumber(1),
    )
    .option('--no-checkpoint', 'make none: faster, and nothing to resume')
    .optionsGroup('Report:')
    .option('--json', 'print the summary as JSON, on stdout or beside --out - on stderr');
  return addWalkOptions(command, { resume: false }).addHelpText(
    'after',
    `\n${strategiesHelp()}\n${EXPORT_EXAMPLES}${EXITS}`,
  );
}
