import CodeBlockWriter from 'code-block-writer';

import type { Kind } from '../core/paged-response';
import type { ClientModel, GroupModel, MethodModel } from './client-model';
import { commentText, lineText } from './comment-text';
import { literal } from './literal';

const RESPONSES: Readonly<Record<Kind, string>> = {
  cursor: 'CursorPagedResponse',
  link: 'LinkPagedResponse',
  number: 'NumberPagedResponse',
  offset: 'OffsetPagedResponse',
  single: 'SinglePagedResponse',
};

/** Named apart from everything that is made of names of the document: those have no `$`. */
const CLIENT = 'Api$';

/** The client as TypeScript: a class for each tag, and one that holds them all. */
export function writeClient(model: ClientModel, banner: string): string {
  const writer = new CodeBlockWriter({ indentNumberOfSpaces: 2, newLine: '\n', useTabs: false });
  const { groups, api } = model;
  const methods = groups.flatMap((group) => group.methods);
  writer.write(banner);
  writeImports(writer, methods);
  writer.writeLine(`const api: ApiDescription = ${literal(api)};`).blankLine();
  for (const group of groups) writeGroup(writer, group);
  writeWhole(writer, model);
  return `${writer.toString().trimEnd()}\n`;
}

function writeImports(writer: CodeBlockWriter, methods: readonly MethodModel[]): void {
  const paged = methods.filter(({ call }) => call.pagination !== undefined);
  const kinds = new Set(
    paged.flatMap((method) => (kindsOf(method).length === 1 ? kindsOf(method) : [])),
  );
  const several = paged.some((method) => kindsOf(method).length > 1);
  const types = [
    'Transport',
    ...(paged.length > 0 ? ['PagedObservable', 'WalkOptions'] : []),
    ...(several ? ['PagedResponse'] : []),
    ...[...kinds].map((kind) => RESPONSES[kind]),
  ].sort();
  const hasPlain = paged.length < methods.length;
  const usesSchemas = methods.some(
    ({ argumentsType, bodyType, itemType }) =>
      (argumentsType ?? bodyType ?? itemType) !== undefined,
  );
  writer.writeLine(`import type { ${types.join(', ')} } from 'paged-observable';`);
  writer.writeLine(`import { ApiCaller } from 'paged-observable/openapi';`);
  const described = [
    'ApiDescription',
    'ApiOptions',
    ...(hasPlain ? ['CallOptions'] : []),
    ...(methods.length > 0 ? ['OperationCall'] : []),
  ];
  writer.writeLine(`import type { ${described.join(', ')} } from 'paged-observable/openapi';`);
  if (hasPlain) writer.writeLine(`import type { Observable } from 'rxjs';`);
  if (usesSchemas) writer.writeLine(`import type * as schemas from './schemas.js';`);
  writer.blankLine();
  writer.writeLine(`export type * from './schemas.js';`).blankLine();
}

function writeGroup(writer: CodeBlockWriter, { className, tag, methods }: GroupModel): void {
  for (const method of methods) {
    const kind = method.call.pagination === undefined ? '' : `<${kindType(method)}>`;
    writer.writeLine(`const ${method.name}$: OperationCall${kind} = ${literal(method.call)};`);
  }
  writer.blankLine();
  writeComment(writer, [`Operations of ${lineText(tag)}.`]);
  writer.write(`export class ${className} `).block(() => {
    writer.writeLine('readonly #caller: ApiCaller;').blankLine();
    writer.write('constructor(transport: Transport, options: ApiOptions = {}) ').block(() => {
      writer.writeLine('this.#caller = new ApiCaller(transport, api, options);');
    });
    for (const method of methods) {
      writer.blankLine();
      writeMethod(writer, method);
    }
  });
  writer.blankLine();
}

function writeMethod(writer: CodeBlockWriter, method: MethodModel): void {
  const { name, call, argumentsType, hasRequired, itemType, bodyType } = method;
  const { pagination } = call;
  writeComment(writer, comment(method));
  const args = argumentsType === undefined ? undefined : `schemas.${argumentsType}`;
  const parameters = [
    args === undefined
      ? 'args: Record<string, never> = {}'
      : // Not with `{}` as default: where `toString` is an argument, that is none of the type, for what it inherits.
        `args${hasRequired ? '' : '?'}: ${args}`,
    pagination === undefined ? 'options: CallOptions = {}' : 'options: WalkOptions = {}',
  ].join(', ');
  const body = bodyType === undefined ? 'unknown' : `schemas.${bodyType}`;
  if (pagination === undefined) {
    const reply = method.isEmpty ? 'undefined' : body;
    writer.write(`${name}(${parameters}): Observable<${reply}> `).block(() => {
      writer.writeLine(`return this.#caller.call<${reply}>(${name}$, { ...args }, options);`);
    });
    return;
  }
  const item = itemType === undefined ? 'unknown' : `schemas.${itemType}`;
  const kind = kindType(method);
  const response = responseType(method, item, body);
  writer.write(`${name}(${parameters}): PagedObservable<${item}, ${response}> `).block(() => {
    writer.writeLine(
      `return this.#caller.list<${item}, ${body}, ${kind}>(${name}$, { ...args }, options);`,
    );
  });
}

function responseType(method: MethodModel, item: string, body: string): string {
  const [only, ...others] = kindsOf(method);
  if (only !== undefined && others.length === 0) return `${RESPONSES[only]}<${item}, ${body}>`;
  return `PagedResponse<${item}, ${body}, ${kindType(method)}>`;
}

function writeWhole(writer: CodeBlockWriter, { title, version, groups }: ClientModel): void {
  writeComment(writer, [`All operations of ${lineText(`${title} ${version}`)}, by their tags.`]);
  writer.write(`export class ${CLIENT} `).block(() => {
    for (const { name, className } of groups) writer.writeLine(`readonly ${name}: ${className};`);
    writer.blankLine();
    writer.write('constructor(transport: Transport, options: ApiOptions = {}) ').block(() => {
      if (groups.length === 0) writer.writeLine('new ApiCaller(transport, api, options);');
      for (const { name, className } of groups) {
        writer.writeLine(`this.${name} = new ${className}(transport, options);`);
      }
    });
  });
  writer.blankLine().writeLine(`export { ${CLIENT} as Api };`);
}

function comment({ call, summary, description, isDeprecated }: MethodModel): readonly string[] {
  const { pagination } = call;
  const paged =
    pagination === undefined
      ? ''
      : `, a list paged by ${pagination.kind} (\`${pagination.extension}\`)`;
  return [
    ...(summary === undefined || summary.trim() === '' ? [] : [commentText(summary), '']),
    ...(description === undefined || description.trim() === ''
      ? []
      : [commentText(description), '']),
    `\`${lineText(`${call.method} ${call.path}`)}\`${paged}`,
    ...(isDeprecated ? ['', '@deprecated'] : []),
  ];
}

function writeComment(writer: CodeBlockWriter, paragraphs: readonly string[]): void {
  const lines = paragraphs.flatMap((text) => text.split('\n'));
  writer.writeLine('/**');
  for (const line of lines) writer.writeLine(` * ${line}`.trimEnd());
  writer.writeLine(' */');
}

function kindsOf({ call: { pagination } }: MethodModel): readonly Kind[] {
  if (pagination === undefined) return [];
  const { kind, others = [] } = pagination;
  return [...new Set([kind, ...others.map((other) => other.kind)])];
}

function kindType(method: MethodModel): string {
  return kindsOf(method)
    .map((kind) => `'${kind}'`)
    .join(' | ');
}
