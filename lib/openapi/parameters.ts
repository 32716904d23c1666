import { isObject, listOf, member, membersOf, present, textOf } from './json-view';
import type { Located, References } from './references';

/** How an array or object is written into a parameter (OpenAPI 3 `style` and `explode`, Swagger 2.0 `collectionFormat`). */
export type ParameterStyle =
  | 'matrix'
  | 'label'
  | 'simple'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'tabDelimited'
  | 'deepObject'
  | 'json';

/** A parameter as it is sent; plain JSON but for its schema. */
export interface OperationParameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly unencoded?: true;
  readonly schema?: Located;
  readonly description?: string;
  readonly deprecated?: true;
}

export interface OperationBody {
  readonly required: boolean;
  /** `application/json`, unless the document names another one only. */
  readonly mediaType: string;
  readonly schema?: Located;
}

/** The document that parameters are read from. */
export interface ParameterSource {
  readonly references: References;
  readonly isSwagger: boolean;
}

/** Is told the references that lead nowhere. */
type Sink = (reference: string) => void;

const FORMATS: Readonly<Record<string, ParameterStyle>> = {
  csv: 'form',
  multi: 'form',
  ssv: 'spaceDelimited',
  pipes: 'pipeDelimited',
  tsv: 'tabDelimited',
};

const STYLES: readonly string[] = [
  'matrix',
  'label',
  'simple',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
];

/** The parameters of an operation; one of the path item is overridden by its name and place. */
export function parametersOf(
  document: ParameterSource,
  item: Located,
  operation: Located,
  sink: Sink,
): readonly OperationParameter[] {
  const found = new Map<string, OperationParameter>();
  for (const node of resolved(document, [item, operation], sink)) {
    const parameter = toParameter(document, node);
    if (parameter !== undefined) found.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...found.values()];
}

/** The body of an operation: `requestBody`, or Swagger 2.0's parameters in `body` and `formData`. */
export function bodyOf(
  document: ParameterSource,
  item: Located,
  operation: Located,
  sink: Sink,
): OperationBody | undefined {
  if (document.isSwagger) return swaggerBody(document, item, operation, sink);
  const { file, value } = operation;
  const given = member(value, 'requestBody');
  if (given === undefined) return undefined;
  const node = document.references.follow({ file, value: given });
  if (node === undefined) {
    sink(textOf(given, '$ref') ?? '');
    return undefined;
  }
  const types = membersOf(member(node.value, 'content'));
  const json = types.find(([type]) => /[/+]json\s*(?:;|$)/i.test(type));
  const [mediaType, media] = json ?? types[0] ?? ['application/json', undefined];
  const schema = member(media, 'schema');
  return present<OperationBody>({
    required: member(node.value, 'required') === true,
    mediaType: mediaType.includes('*') ? 'application/json' : mediaType,
    schema: isObject(schema) ? { file: node.file, value: schema } : undefined,
  });
}

function resolved(
  document: ParameterSource,
  holders: readonly Located[],
  sink: Sink,
): readonly Located[] {
  return holders.flatMap(({ file, value }) =>
    listOf(member(value, 'parameters')).flatMap((one) => {
      const node = document.references.follow({ file, value: one });
      if (node === undefined) sink(textOf(one, '$ref') ?? '');
      return node ?? [];
    }),
  );
}

function toParameter(document: ParameterSource, node: Located): OperationParameter | undefined {
  const { file, value } = node;
  const name = textOf(value, 'name');
  const place = textOf(value, 'in');
  if (name === undefined || name === '') return undefined;
  if (place !== 'query' && place !== 'path' && place !== 'header' && place !== 'cookie') {
    return undefined;
  }
  // Left to HTTP itself by the specification, "Fixed Fields" of the Parameter Object.
  if (place === 'header' && /^(?:accept|content-type|authorization)$/i.test(name)) return undefined;
  const content = membersOf(member(value, 'content'))[0];
  const schema = document.isSwagger
    ? value
    : (member(content?.[1], 'schema') ?? member(value, 'schema'));
  return present<OperationParameter>({
    name,
    in: place,
    required: place === 'path' || member(value, 'required') === true,
    ...styleOf(value, place, content !== undefined),
    unencoded: member(value, 'x-ms-skip-url-encoding') === true ? true : undefined,
    schema: isObject(schema) ? { file, value: schema } : undefined,
    description: textOf(value, 'description'),
    deprecated: member(value, 'deprecated') === true ? true : undefined,
  });
}

function styleOf(
  value: unknown,
  place: OperationParameter['in'],
  isContent: boolean,
): { readonly style: ParameterStyle; readonly explode: boolean } {
  if (isContent) return { style: 'json', explode: false };
  const format = textOf(value, 'collectionFormat');
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  if (format !== undefined && Object.hasOwn(FORMATS, format)) {
    const style = FORMATS[format] ?? usual;
    return {
      style: usual === 'simple' && style === 'form' ? usual : style,
      explode: format === 'multi',
    };
  }
  const style = textOf(value, 'style');
  const known = STYLES.find((one): one is ParameterStyle => one === style) ?? usual;
  const explode = member(value, 'explode');
  // Swagger 2.0 joins by commas where it says nothing; OpenAPI 3 repeats the name of `form` parameters.
  const isSwagger = member(value, 'schema') === undefined && member(value, 'type') !== undefined;
  return {
    style: known,
    explode: typeof explode === 'boolean' ? explode : known === 'form' && !isSwagger,
  };
}

function swaggerBody(
  document: ParameterSource,
  item: Located,
  operation: Located,
  sink: Sink,
): OperationBody | undefined {
  const parameters = resolved(document, [item, operation], () => undefined);
  const body = parameters.find(({ value }) => textOf(value, 'in') === 'body');
  if (body !== undefined) {
    const schema = member(body.value, 'schema');
    const located = isObject(schema) ? { file: body.file, value: schema } : undefined;
    if (located !== undefined && document.references.follow(located) === undefined) {
      sink(textOf(schema, '$ref') ?? '');
    }
    return present<OperationBody>({
      required: member(body.value, 'required') === true,
      mediaType: 'application/json',
      schema: located,
    });
  }
  const fields = parameters.filter(({ value }) => textOf(value, 'in') === 'formData');
  if (fields.length === 0) return undefined;
  const names = fields.map(({ value }) => [textOf(value, 'name') ?? '', value] as const);
  const hasFile = fields.some(({ value }) => textOf(value, 'type') === 'file');
  const required = fields.filter(({ value }) => member(value, 'required') === true);
  return {
    required: required.length > 0,
    mediaType: hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
    schema: {
      file: operation.file,
      value: {
        type: 'object',
        properties: Object.fromEntries(names),
        required: required.flatMap(({ value }) => textOf(value, 'name') ?? []),
      },
    },
  };
}
