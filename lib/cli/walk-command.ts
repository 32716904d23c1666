import { Option, type Command } from 'commander';

import { dialectsHelp } from './dialect-of';
import { wholeNumber } from './number-argument';
import { pageSizeBounds } from './page-size-argument';
import { STRATEGY_CHOICES, takers } from './strategy-choices';
import { flagOf, type StrategyFlag } from './strategy-flags';

/** Gives a command the options of a walk, in groups; `--resume` only where it takes a token. */
export function addWalkOptions(
  command: Command,
  { resume = true }: { readonly resume?: boolean } = {},
): Command {
  addRequestOptions(command.optionsGroup('Request:'));
  addDocumentOptions(command.optionsGroup('By an OpenAPI document:'));
  addStrategyOptions(command.optionsGroup('How the list is paged:'));
  addBounds(command.optionsGroup('Walk:'));
  if (resume) command.option('--resume <token>', 'go on where another run stopped');
  return command;
}

/** Gives a command the options of one request. */
export function addDetectOptions(command: Command): Command {
  addRequestOptions(command.optionsGroup('Request:'));
  return command
    .option('--timeout <ms>', 'longest time for the page (default: 30000)', wholeNumber(1))
    .option('--retries <n>', 'attempts after the first (default: 3)', wholeNumber(0));
}

function addRequestOptions(command: Command): void {
  command
    .option('-H, --header <name: value>', 'send a header; repeatable', collect)
    .option(
      '--header-file <file>',
      'send the headers of a file, one "Name: value" a line; keeps tokens out of the process list',
    )
    .option('--method <name>', 'HTTP method (default: GET, with --data POST)')
    .option('--data <json|@file>', 'JSON body, or the file that holds it')
    .option('--path <name=value>', 'fill {name} in the URL; repeatable', collect);
}

function addDocumentOptions(command: Command): void {
  command
    .option(
      '--openapi <file>',
      'take <url> for an operation of this document, its operationId; how it is paged is said there',
    )
    .option('--overlay <file>', 'an OpenAPI Overlay to apply first; repeatable', collect)
    .option('--heuristics', 'also take lists for paged that no extension speaks of')
    .option('--arg <name=value>', 'an argument of the operation; repeat it for a list', collect)
    .option('--server <url|n>', "a server in place of the document's first")
    .option(
      '--credential <scheme=variable>',
      'the environment variable that holds the credential of a security scheme; repeatable',
      collect,
    );
}

function addStrategyOptions(command: Command): void {
  command.addOption(
    new Option(
      '--strategy <name>',
      'see Strategies below (default: found out from the first page)',
    ).choices(Object.keys(STRATEGY_CHOICES)),
  );
  command.option('--dialect <name>', 'the API, see Dialects below; takes --items besides');
  const places = ['params', 'path', 'headers', 'body'];
  const count = wholeNumber(1);
  const add = (flag: StrategyFlag, argument: string, about: string): Option => {
    const option = new Option(`${flagOf(flag)} ${argument}`, `${about} [${goesWith(flag)}]`);
    command.addOption(option);
    return option;
  };
  add('items', '<selector>', 'where the items are (default: found by themselves)');
  add('param', '<name>', 'where the position goes; a pointer with --in body');
  add('in', '<place>', 'the part of the request that holds --param').choices(places);
  add('next', '<selector>', 'where the next cursor or link is; lastItem(/id): in the last item');
  add('hasMore', '<selector>', 'a flag that says whether there is more');
  add('limitParam', '<name>', 'where the page size goes');
  add('limit', '<n>', 'page size to ask for, where the URL does not say').argParser(count);
  add('first', '<n>', 'number of the first page (default: 1)').argParser(wholeNumber(0));
  add('totalCount', '<selector>', 'where the number of all items is');
  add('totalPages', '<selector>', 'where the number of pages is');
  add('endStatus', '<status>', 'status of a page past the last, e.g. 404').argParser(
    wholeNumber(100, 599),
  );
  add('step', '<by>', 'move by the items received, or by the limit').choices(['received', 'limit']);
  add('follow', '<how>', 'the link as it is, or only its query on the first request').choices([
    'link',
    'merge',
  ]);
  add('emptyPage', '<means>', 'what a page without items means').choices(['continue', 'end']);
  add('apiError', '<selector>', 'where an error stands in a reply of status 200');
  add('xPagination', '<json|@file>', 'the value of the extension');
  add('connection', '<pointer>', 'where the connection is, e.g. /data/users');
  add('direction', '<way>', 'where the walk goes').choices(['forward', 'backward']);
}

function addBounds(command: Command): void {
  command
    .option('--max-items <n>', 'stop after so many items, resumed ones included', wholeNumber(0))
    .option('--max-pages <n>', 'stop after so many pages, resumed ones included', wholeNumber(0))
    .option('--prefetch <n>', 'pages to ask for ahead (default: 0)', wholeNumber(0))
    .option(
      '--concurrency <n>',
      'requests at once, for lists by page number or offset (default: 1)',
      wholeNumber(1),
    )
    .option(
      '--page-size <min:max[:ms]>',
      'let the page size adapt, for lists by cursor or offset: more while a page takes less than ms (default: 1000), half where it is too much',
      pageSizeBounds,
    )
    .option('--timeout <ms>', 'longest time for one page (default: 30000)', wholeNumber(1))
    .option('--retries <n>', 'attempts after the first, for each page (default: 3)', wholeNumber(0))
    .addOption(
      new Option('--empty-cursor <means>', 'what an empty cursor means (default: end)').choices([
        'end',
        'continue',
      ]),
    )
    .option('-q, --quiet', 'no progress line');
}

function goesWith(flag: StrategyFlag): string {
  const names = takers(flag);
  return (flag === 'items' ? ['default', ...names] : names).join(', ');
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The strategies with their options, for the help. */
export function strategiesHelp(): string {
  const lines = Object.entries(STRATEGY_CHOICES).map(([name, { about, needs }]) => {
    const needed = needs === undefined ? '' : `; needs ${flagOf(needs)}`;
    return `  ${name.padEnd(21)}${about}${needed}`;
  });
  return [
    'Strategies:',
    `  ${'(none given)'.padEnd(21)}found out from the first page; the command detect says what it finds`,
    ...lines,
    '',
    'A selector is a JSON pointer into the body (/data/items, "" for all of it) or a header:',
    "'$response.headers#/x-next'.",
    '',
    dialectsHelp(),
  ].join('\n');
}
