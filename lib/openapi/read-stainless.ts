import { formatPointer } from '../protocol/json-pointer';
import type { OpenedDocument } from './document-operations';
import { UnfitExtension, type ExtensionReader, type OperationReading } from './extension-reader';
import { member, present, textOf } from './json-view';
import type { OperationParameter } from './parameters';
import type { NextPlace, PagingRules, RequestPlace } from './pagination-description';
import type { Located } from './references';

const KEY = 'x-stainless-pagination-property';

/** Levels of a reply in which marks are looked for. */
const DEEPEST = 4;

/** A marked property: where it is, or the header that carries it. */
interface Mark {
  readonly tokens: readonly string[];
  readonly header: string | undefined;
}

type Marks = ReadonlyMap<string, Mark>;

/** Replies share schemas, and each is searched once. */
const searched = new WeakMap<OpenedDocument, Map<unknown, Marks>>();

/**
 * Stainless' `x-stainless-pagination-property: { purpose, from_header?, is_top_level_array? }` on the parameters and on the properties
 * of the reply. An operation is paged if a parameter is marked as its cursor, page number or offset, or the reply has a marked URL.
 *
 * @see https://www.stainless.com/docs/sdks/configure/pagination
 */
export const readStainless: ExtensionReader = (reading) => {
  const { document, operation } = reading;
  const params = parameterMarks(reading);
  const schema = operation.success?.schema;
  const marks: Marks = schema === undefined ? new Map<string, Mark>() : marksOf(document, schema);
  // The scheme cursor_id marks its parameter as it does the id: `next_cursor_id`.
  const cursor = params.get('next_cursor_param') ?? params.get('next_cursor_id');
  const page = params.get('page_number_param');
  const offset = params.get('offset_count_param');
  const url = marks.get('cursor_url_field');
  if ((cursor ?? page ?? offset ?? url) === undefined) {
    refuseUnused([...params.keys(), ...marks.keys(), ...cookies(reading)]);
    return undefined;
  }

  const items = marks.get('items');
  const common = {
    extension: KEY,
    system: 'stainless' as const,
    ...(items === undefined ? reading.theItems() : reading.itemsAt(items.tokens)),
    firstPageRequired: [],
  };
  const pointer = (purpose: string): string | undefined => {
    const mark = marks.get(purpose);
    return mark && mark.header === undefined ? formatPointer(mark.tokens) : undefined;
  };
  const rules = present<PagingRules>({
    hasMore: pointer('has_next_page'),
    totalPages: pointer('total_page_count_field'),
    totalCount: pointer('offset_total_count_field'),
  });
  if (cursor !== undefined) {
    const field = marks.get('next_cursor_field') ?? marks.get('next_cursor_id');
    const ofItem = marks.get('cursor_item_id');
    const next = field ? placeOf(field) : lastItem(common.itemsPointer, ofItem);
    return { ...common, kind: 'cursor', request: { cursor }, next, rules };
  }
  if (page !== undefined) return { ...common, kind: 'number', request: { page }, rules };
  if (offset !== undefined) return { ...common, kind: 'offset', request: { offset }, rules };
  return { ...common, kind: 'link', request: {}, next: url && placeOf(url), rules };
};

/** Marks that lead nowhere. The id of an item is marked wherever items are, in replies that are one too. */
function refuseUnused(purposes: readonly string[]): void {
  const unused = [...new Set(purposes)].filter((purpose) => purpose !== 'cursor_item_id');
  if (unused.length === 0) return;
  throw new UnfitExtension(
    `no parameter is marked as the one that leads on, and no URL in the reply; marked: ${unused.join(', ').slice(0, 200)}`,
  );
}

function cookies({ operation, document }: OperationReading): readonly string[] {
  return operation.parameters.flatMap((parameter) =>
    parameter.in === 'cookie' ? (purposeOf(parameter, document) ?? []) : [],
  );
}

function purposeOf({ schema }: OperationParameter, document: OpenedDocument): string | undefined {
  const node = schema && document.references.follow(schema);
  return textOf(member(node?.value, KEY), 'purpose');
}

function parameterMarks({ operation, document }: OperationReading): Map<string, RequestPlace> {
  const found = new Map<string, RequestPlace>();
  for (const parameter of operation.parameters) {
    const { name, in: place } = parameter;
    const purpose = purposeOf(parameter, document);
    if (purpose !== undefined && place !== 'cookie') found.set(purpose, { in: place, name });
  }
  const body = operation.body?.schema;
  for (const [purpose, { tokens }] of body === undefined ? [] : marksOf(document, body)) {
    if (!found.has(purpose)) found.set(purpose, { in: 'body', name: formatPointer(tokens) });
  }
  return found;
}

function marksOf(document: OpenedDocument, schema: Located): Marks {
  const node = document.references.follow(schema);
  if (node === undefined) return new Map();
  const known = searched.get(document) ?? new Map<unknown, Marks>();
  searched.set(document, known);
  const found = known.get(node.value) ?? search(document, node);
  known.set(node.value, found);
  return found;
}

function search(document: OpenedDocument, schema: Located): Marks {
  const found = new Map<string, Mark>();
  const look = (node: Located, tokens: readonly string[]): void => {
    const { properties, items } = document.schemas.view(node);
    for (const [name, property] of properties) {
      const path = [...tokens, name];
      const value = document.references.follow(property)?.value;
      const mark = member(value, KEY) ?? member(property.value, KEY);
      const purpose = textOf(mark, 'purpose');
      if (purpose !== undefined && !found.has(purpose)) {
        const isRoot = member(mark, 'is_top_level_array') === true;
        found.set(purpose, { tokens: isRoot ? [] : path, header: textOf(mark, 'from_header') });
      }
      if (path.length < DEEPEST) look(property, path);
    }
    // Marks in the items are told apart by their purpose; their path is within the item.
    if (items !== undefined && tokens.length < DEEPEST) look(items, [...tokens, '-']);
  };
  look(schema, []);
  return found;
}

function placeOf({ tokens, header }: Mark): NextPlace {
  return header === undefined
    ? { in: 'body', pointer: formatPointer(tokens) }
    : { in: 'header', pointer: header.toLowerCase() };
}

function lastItem(itemsPointer: string, mark: Mark | undefined): NextPlace {
  const path = mark?.tokens.slice(mark.tokens.lastIndexOf('-') + 1) ?? ['id'];
  return { in: 'body', pointer: itemsPointer, ofLast: formatPointer(path) };
}
