/** One operation in a document of its own, `GET /things` unless said otherwise. */
export interface OneOperation {
  readonly path?: string;
  readonly method?: string;
  readonly extensions?: Record<string, unknown>;
  readonly query?: readonly string[];
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly schema?: unknown;
  readonly response?: Record<string, unknown>;
  readonly root?: Record<string, unknown>;
}

export const THING = { type: 'object', properties: { id: { type: 'string' } } };

/** An object of properties. */
export function object(properties: Record<string, unknown>): object {
  return { type: 'object', properties };
}

export function list(of: unknown = THING): object {
  return { type: 'array', items: of };
}

export const TEXT = { type: 'string' };
export const INTEGER = { type: 'integer' };

/** An OpenAPI 3.1 document of one operation, as JSON has it: parsed from text, so that `__proto__` is a name. */
export function documentOf(one: OneOperation): unknown {
  const { path = '/things', method = 'get', extensions, query = [], schema, root } = one;
  const parameters = [
    ...query.map((name) => ({ name, in: 'query', schema: TEXT })),
    ...(one.parameters ?? []),
  ];
  const content = { 'application/json': { schema } };
  const operation = {
    operationId: 'listThings',
    parameters,
    requestBody: one.requestBody,
    responses: {
      '200': { description: '', ...(schema !== undefined && { content }), ...one.response },
    },
    ...extensions,
  };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: { [path]: { [method]: operation } },
    ...root,
  };
  return JSON.parse(JSON.stringify(document));
}
