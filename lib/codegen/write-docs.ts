import type { ClientModel, GroupModel, MethodModel } from './client-model';
import { lineText } from './comment-text';

/** Markdown of the paged operations, with an example of each. */
export function writeDocs({ title, version, groups }: ClientModel): string {
  const paged = groups
    .map((group) => ({
      group,
      methods: group.methods.filter(({ call }) => call.pagination !== undefined),
    }))
    .filter(({ methods }) => methods.length > 0);
  const total = paged.reduce((sum, { methods }) => sum + methods.length, 0);
  const parts = [
    `# Paged operations of ${markdown(`${title} ${version}`.trim())}`,
    'Written by `paged-observable generate --docs`. Every method gives a `PagedObservable`: subscribe to its items, or `for await` them; ' +
      '`pages()` gives the pages.',
    total === 0 ? 'The document has none.' : table(paged),
    ...paged.flatMap(({ group, methods }) => methods.map((method) => section(group, method))),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(
  paged: readonly { readonly group: GroupModel; readonly methods: readonly MethodModel[] }[],
): string {
  const rows = paged.flatMap(({ group, methods }) =>
    methods.map(({ name, call }) => {
      const { pagination } = call;
      const cells = [
        `\`api.${group.name}.${name}\``,
        code(`${call.method} ${call.path}`),
        pagination?.kind ?? '',
        code(pagination?.extension ?? ''),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  );
  return ['| method | operation | paged by | said by |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function section(group: GroupModel, method: MethodModel): string {
  const { name, call, summary, description } = method;
  const about = summary ?? description;
  const required = (call.parameters ?? []).filter((parameter) => parameter.required === true);
  const args = required.map(({ name: wire, argument = wire }) => `${JSON.stringify(argument)}: …`);
  const given = args.length === 0 ? '' : `{ ${args.join(', ')} }`;
  return [
    `## \`api.${group.name}.${name}\``,
    ...(about === undefined || about.trim() === '' ? [] : [markdown(about)]),
    [
      '```ts',
      `for await (const item of api.${group.name}.${name}(${exampleText(given)})) {`,
      '  console.log(item);',
      '}',
      '```',
    ].join('\n'),
  ].join('\n\n');
}

/** In one line, and no markup: texts of a document are shown, not obeyed. */
function markdown(text: string): string {
  return lineText(text, 300).replace(
    /[\\`*_{}[\]<>()#+!|~&]/g,
    (mark) => `&#${String(mark.charCodeAt(0))};`,
  );
}

function code(text: string): string {
  return `\`${lineText(text).replace(/[`|]/g, ' ')}\``;
}

/** Stays within its block of code. */
function exampleText(text: string): string {
  return lineText(text).replaceAll('```', "'''");
}
