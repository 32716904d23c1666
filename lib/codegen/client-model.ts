import { apiOf, type ApiDescription } from '../openapi/api-description';
import { argumentNames, BODY } from '../openapi/argument-names';
import type { ReadDocument, ReadOperation } from '../openapi/describe-operations';
import { tagsOf } from '../openapi/document-operations';
import { member, textOf } from '../openapi/json-view';
import { callOf, type OperationCall } from '../openapi/operation-call';
import type { PaginationDescription, RequestPlace } from '../openapi/pagination-description';
import { parsePointer } from '../protocol/json-pointer';
import { memberName, typeName, uniqueNames } from './names';
import type { PlainSchema } from './plain-schema';
import { SchemaProjection } from './schema-projection';

/** A method of a generated client. */
export interface MethodModel {
  readonly name: string;
  readonly call: OperationCall;
  /** Type names; absent where the document does not say. */
  readonly argumentsType?: string | undefined;
  readonly hasRequired: boolean;
  readonly itemType?: string | undefined;
  readonly bodyType?: string | undefined;
  /** The reply has no body. */
  readonly isEmpty: boolean;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly isDeprecated: boolean;
}

/** The operations of a tag. */
export interface GroupModel {
  /** Its member of the whole client. */
  readonly name: string;
  readonly className: string;
  readonly tag: string;
  readonly methods: readonly MethodModel[];
}

export interface ClientModel {
  readonly title: string;
  readonly version: string;
  readonly api: ApiDescription;
  readonly groups: readonly GroupModel[];
  readonly schemas: Readonly<Record<string, PlainSchema>>;
}

/** Keys of the types of one operation, to be named when all are known. */
interface Keys {
  readonly args?: string | undefined;
  readonly item?: string | undefined;
  readonly body?: string | undefined;
}

const UNTAGGED = 'default';

/** What is generated of a document: groups, methods and types under names that do not depend on the order of the document. */
export function clientModel(read: ReadDocument): ClientModel {
  const { document, operations } = read;
  const projection = new SchemaProjection(document.references);
  const names = operationNames(operations);
  const drafts = operations.map((one, index) => {
    const name = names[index] ?? '';
    const call = callOf(document, one);
    return {
      one,
      name,
      call,
      keys: keysOf(read, one, call, name, projection),
      group: tagsOf(one.operation)[0] ?? UNTAGGED,
    };
  });
  const { schemas, names: types } = projection.named();
  const tags = [...new Set(drafts.map(({ group }) => group))].map((tag) => ({
    key: tag,
    wanted: tag,
  }));
  const members = uniqueNames(tags, memberName);
  const classes = uniqueNames(tags, (tag) => `${typeName(tag)}Api`);
  const nameOf = (key: string | undefined) => (key === undefined ? undefined : types.get(key));
  const groups = tags.map(({ key: tag }): GroupModel => ({
    name: members.get(tag) ?? '',
    className: classes.get(tag) ?? '',
    tag,
    methods: drafts
      .filter(({ group }) => group === tag)
      .map(({ one, name, call, keys }): MethodModel => {
        const { value } = one.operation.node;
        return {
          name,
          call,
          argumentsType: nameOf(keys.args),
          hasRequired: argumentsOf(one, call).some(({ required }) => required),
          itemType: nameOf(keys.item),
          bodyType: nameOf(keys.body),
          isEmpty: isEmpty(one),
          summary: textOf(value, 'summary'),
          description: textOf(value, 'description'),
          isDeprecated: member(value, 'deprecated') === true,
        };
      })
      .sort(byName),
  }));
  const info = member(document.root.value, 'info');
  return {
    title: textOf(info, 'title') ?? 'an API',
    version: textOf(info, 'version') ?? '',
    api: apiOf(document),
    groups: groups.sort(byName),
    schemas,
  };
}

/** Of operationIds, else of method and path. */
function operationNames(operations: readonly ReadOperation[]): readonly string[] {
  const seen = new Map<string, number>();
  const all = operations.map(({ operation: { name, operationId, method, path } }) => {
    // An operationId that is used twice is told apart by its path, and what is left by its place.
    const identity = `${name} ${method} ${path}`;
    const repeats = seen.get(identity) ?? 0;
    seen.set(identity, repeats + 1);
    const words = path.replace(/\{([^{}]*)\}/g, 'by-$1');
    const key = repeats === 0 ? identity : `${identity} ${String(repeats)}`;
    return { key, wanted: operationId ?? `${method.toLowerCase()} ${words}` };
  });
  const names = uniqueNames(all, memberName);
  return all.map(({ key }) => names.get(key) ?? '');
}

function keysOf(
  { document }: ReadDocument,
  one: ReadOperation,
  call: OperationCall,
  name: string,
  projection: SchemaProjection,
): Keys {
  const { operation, pagination } = one;
  const key = (role: string) => `operation ${name} ${role}`;
  const reply = operation.success?.schema;
  const items =
    pagination && reply && document.schemas.itemsAt(reply, parsePointer(pagination.itemsPointer));
  const args = argumentsOf(one, call);
  return {
    args:
      args.length === 0
        ? undefined
        : projection.addObject(
            key('arguments'),
            `${name}-arguments`,
            args.map(
              ({ name: argument, schema, required, about }) =>
                [argument, schema, required, about] as const,
            ),
          ),
    item:
      items?.fits === 'yes' ? projection.add(key('item'), `${name}-item`, items.schema) : undefined,
    body: reply && projection.add(key('reply'), `${name}-${pagination ? 'page' : 'reply'}`, reply),
  };
}

/** The arguments of a call; those that the client fills in itself are optional. */
function argumentsOf({ operation }: ReadOperation, { pagination }: OperationCall) {
  const names = argumentNames(operation.parameters);
  const places = pagination?.request ?? {};
  const parameters = operation.parameters.map((parameter, index) => ({
    name: names[index] ?? parameter.name,
    schema: parameter.schema,
    required: parameter.required && !isAt([places.page, places.offset], parameter),
    about: parameter.description,
  }));
  const { body } = operation;
  if (body === undefined) return parameters;
  const inBody = pagination !== undefined && hasBodyPlace(pagination);
  const isText = !/[/+]json|x-www-form-urlencoded/i.test(body.mediaType);
  return [
    ...parameters,
    {
      name: BODY,
      schema: isText ? { file: '', value: { type: 'string' } } : body.schema,
      required: body.required && !inBody,
      about: undefined,
    },
  ];
}

function isAt(
  places: readonly (RequestPlace | undefined)[],
  { name, in: where }: { readonly name: string; readonly in: string },
): boolean {
  return places.some((place) => place?.name === name && place.in === where);
}

function hasBodyPlace({ request }: PaginationDescription): boolean {
  return Object.values(request).some((place) => place?.in === 'body');
}

/** A success that is described and has no body. */
function isEmpty({ operation: { success } }: ReadOperation): boolean {
  if (success === undefined) return false;
  return success.status === '204' || success.status === '205';
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
