import { formatPointer } from '../protocol/json-pointer';
import { UnfitExtension, type ExtensionReader, type OperationReading } from './extension-reader';
import { isObject, listOf, member, membersOf, present, textOf } from './json-view';
import type {
  NextPlace,
  PaginationDescription,
  PagingRules,
  RequestPlace,
} from './pagination-description';

const KEY = 'x-scalar-pagination';

/** A field of a scheme: its name, and what is said of it. */
type Field = readonly [name: string, value: unknown];

/**
 * `x-scalar-pagination`: named schemes at the root of the document; on an operation the name of one, `false`, or a scheme of its own,
 * `{ type, request, response }` with fields of a role each. An empty page is the last unless `continueOnEmptyItems`.
 *
 * @see https://scalar.com (SDK generator, "Pagination")
 */
export const readScalar: ExtensionReader = (reading) => {
  const own = reading.extension(KEY);
  if (own === undefined || own === false) return undefined;
  const scheme = typeof own === 'string' ? schemeNamed(reading, own) : own;
  if (!isObject(scheme)) throw new UnfitExtension('expected a scheme, its name or false');
  const request = membersOf(member(scheme, 'request'));
  const response = membersOf(member(scheme, 'response'));
  const items = fieldOf(response, 'items');
  const common = {
    extension: KEY,
    system: 'scalar' as const,
    ...reading.itemsAt(items === undefined ? ['data'] : pathOf(items)),
    firstPageRequired: [],
  };
  const pointer = (role: string): string | undefined => {
    const field = fieldOf(response, role);
    return field && inBody(field) ? checked(reading, pathOf(field)) : undefined;
  };
  const place = (...roles: string[]): RequestPlace | undefined => {
    const field = roles.map((role) => fieldOf(request, role)).find((one) => one !== undefined);
    return field && requestPlace(reading, scheme, field);
  };
  const rules = present<PagingRules>({
    hasMore: pointer('hasMore'),
    totalCount: pointer('total'),
    totalPages: pointer('totalPages'),
    emptyPage: member(scheme, 'continueOnEmptyItems') === true ? undefined : 'end',
  });
  const limit = place('limit', 'pageSize');
  const type = textOf(scheme, 'type');
  switch (type) {
    case 'offset': {
      const offset = needed(place('offset'), 'offset');
      return { ...common, kind: 'offset', request: present({ offset, limit }), rules };
    }
    case 'pageNumber': {
      const page = needed(place('pageNumber'), 'pageNumber');
      return { ...common, kind: 'number', request: present({ page, limit }), rules };
    }
    case 'cursor':
    case 'cursorId': {
      const cursor = needed(place('cursor', 'cursorId'), type);
      const next = type === 'cursor' ? tokenOf(reading, response) : itemCursor(items);
      return { ...common, kind: 'cursor', request: present({ cursor, limit }), next, rules };
    }
    case 'cursorUrl': {
      const next = tokenOf(reading, response, 'cursorUrl');
      return { ...common, kind: 'link', request: present({ limit }), next, rules };
    }
    case 'fakePage':
      return { ...common, kind: 'single', request: {} };
    case undefined:
    default:
      throw new UnfitExtension(
        "'type' must be offset, pageNumber, cursor, cursorId, cursorUrl or fakePage",
      );
  }
};

function schemeNamed(reading: OperationReading, name: string): unknown {
  const schemes = listOf(member(reading.document.root.value, KEY));
  const found = schemes.find((one) => textOf(one, 'name') === name);
  if (found === undefined) throw new UnfitExtension(`the document has no scheme '${name}'`);
  return found;
}

function fieldOf(fields: readonly Field[], role: string): Field | undefined {
  return fields.find(([, value]) => textOf(value, 'type') === role);
}

/** Where a response field stands: its `path`, its `property`, else its own name. */
function pathOf([name, value]: Field): readonly string[] {
  return texts(member(value, 'path')) ?? [textOf(value, 'property') ?? name];
}

function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return listOf(value).map((part) => {
    if (typeof part !== 'string') throw new UnfitExtension('a path must be a list of names');
    return part;
  });
}

function inBody([, value]: Field): boolean {
  const location = textOf(value, 'location') ?? 'body';
  return location === 'body' || location === 'bodyLink';
}

function checked(reading: OperationReading, tokens: readonly string[]): string {
  reading.checkResponse(tokens);
  return formatPointer(tokens);
}

function requestPlace(reading: OperationReading, scheme: unknown, field: Field): RequestPlace {
  const [name, value] = field;
  const param = textOf(value, 'param') ?? name;
  const location = textOf(value, 'location') ?? textOf(scheme, 'paramLocation') ?? 'query';
  if (location !== 'body') return reading.parameterPlace(param);
  return reading.bodyPlace(texts(member(value, 'path')) ?? [textOf(value, 'property') ?? param]);
}

function tokenOf(
  reading: OperationReading,
  response: readonly Field[],
  role = 'cursor',
): NextPlace {
  const field = fieldOf(response, role);
  if (field === undefined) throw new UnfitExtension(`no response field of type '${role}'`);
  if (!inBody(field)) {
    return { in: 'header', pointer: (textOf(field[1], 'headerName') ?? 'Link').toLowerCase() };
  }
  const inner = texts(member(field[1], 'cursorPath')) ?? [];
  return { in: 'body', pointer: checked(reading, [...pathOf(field), ...inner]) };
}

function itemCursor(items: Field | undefined): PaginationDescription['next'] {
  const path = texts(member(items?.[1], 'itemCursor')) ?? ['id'];
  const at = items === undefined ? ['data'] : pathOf(items);
  return { in: 'body', pointer: formatPointer(at), ofLast: formatPointer(path) };
}

function needed(place: RequestPlace | undefined, role: string): RequestPlace {
  if (place === undefined) throw new UnfitExtension(`no request field of type '${role}'`);
  return place;
}
