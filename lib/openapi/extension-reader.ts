import { formatPointer, parsePointer } from '../protocol/json-pointer';
import type { DocumentOperation, OpenedDocument } from './document-operations';
import { member } from './json-view';
import type { PaginationDescription, RequestPlace } from './pagination-description';
import type { OperationParameter } from './parameters';
import type { Located } from './references';
import { findItemsPointer } from './schema-view';

/** Why an extension says nothing about pages: it is broken, or does not fit its operation. */
export class UnfitExtension extends Error {
  override readonly name = 'UnfitExtension';
}

/**
 * Reads one extension: the pagination of an operation, or `undefined` where the operation does not have it.
 * @throws UnfitExtension where it has one that is broken or does not fit.
 */
export type ExtensionReader = (reading: OperationReading) => PaginationDescription | undefined;

/** Where items are, and what they are. */
export type ItemsPlace = Pick<PaginationDescription, 'itemsPointer' | 'itemSchema'>;

/** What every description of one extension has in common. */
export type CommonDescription = Omit<PaginationDescription, 'kind' | 'request'>;

/** An operation as the readers of extensions see it. */
export class OperationReading {
  /** What is to be reported although the extension is used. */
  readonly notes: string[] = [];

  constructor(
    readonly document: OpenedDocument,
    readonly operation: DocumentOperation,
    /** The extensions of the operation: its own, or those that the caller's configuration puts in their place. */
    readonly extensions: unknown,
    /** Finds another operation by its id. */
    readonly operationOf: (operationId: string) => DocumentOperation | undefined,
  ) {}

  extension(key: string): unknown {
    return member(this.extensions, key);
  }

  /** The items at a path of names in the body. @throws UnfitExtension where the response cannot have them */
  itemsAt(tokens: readonly string[]): ItemsPlace {
    const schema = this.operation.success?.schema;
    const itemsPointer = formatPointer(tokens);
    if (this.operation.success === undefined) {
      throw new UnfitExtension('the operation has no successful response');
    }
    if (schema === undefined) return { itemsPointer };
    const fit = this.document.schemas.itemsAt(schema, tokens);
    if (fit.fits === 'no') {
      throw new UnfitExtension(`the response has no array at ${shownPointer(itemsPointer)}`);
    }
    return fit.fits === 'yes' ? { itemsPointer, itemSchema: fit.schema.value } : { itemsPointer };
  }

  /** The items where the extension does not say. @throws UnfitExtension where the response has none or several arrays */
  theItems(): ItemsPlace {
    const schema = this.operation.success?.schema;
    const tokens = schema && findItemsPointer(this.document.schemas, schema);
    if (tokens === undefined) {
      throw new UnfitExtension(
        'the items are not named, and the response has not exactly one array',
      );
    }
    return this.itemsAt(tokens);
  }

  /** Throws where the response cannot have a value at this path. */
  checkResponse(tokens: readonly string[]): void {
    const schema = this.operation.success?.schema;
    if (schema === undefined) return;
    if (this.document.schemas.walk(schema, tokens).fits === 'no') {
      throw new UnfitExtension(
        `the response has nothing at ${shownPointer(formatPointer(tokens))}`,
      );
    }
  }

  parameter(name: string, places?: readonly string[]): OperationParameter | undefined {
    return this.operation.parameters.find(
      (one) => one.name === name && places?.includes(one.in) !== false,
    );
  }

  /** The place of a parameter of the operation. @throws UnfitExtension where it has none of that name */
  parameterPlace(name: string): RequestPlace {
    const found = this.parameter(name, ['query', 'path', 'header']);
    if (found === undefined) throw new UnfitExtension(`the operation has no parameter '${name}'`);
    return { in: found.in === 'cookie' ? 'query' : found.in, name };
  }

  /** The place of a field of the body. @throws UnfitExtension where the body has no such field */
  bodyPlace(tokens: readonly string[]): RequestPlace {
    const pointer = formatPointer(tokens);
    const { body } = this.operation;
    if (body === undefined) throw new UnfitExtension('the operation has no body');
    const fit = body.schema && this.document.schemas.walk(body.schema, tokens);
    if (fit?.fits === 'no') {
      throw new UnfitExtension(`the body of the request has no field ${shownPointer(pointer)}`);
    }
    return { in: 'body', name: pointer };
  }

  /** What a parameter or field of the body is taken for where it is not sent. */
  defaultAt(place: RequestPlace): unknown {
    const schema = this.#schemaAt(place);
    return schema && this.document.schemas.view(schema).default;
  }

  /** The types that a parameter or field of the body takes; none where the document does not say. */
  typesAt(place: RequestPlace): ReadonlySet<string> {
    const schema = this.#schemaAt(place);
    return schema === undefined ? new Set() : this.document.schemas.view(schema).types;
  }

  #schemaAt({ in: place, name }: RequestPlace): Located | undefined {
    if (place !== 'body') return this.parameter(name, [place])?.schema;
    const schema = this.operation.body?.schema;
    const fit = schema && this.document.schemas.walk(schema, parsePointer(name));
    return fit?.fits === 'yes' ? fit.schema : undefined;
  }

  /** The same, if it is a whole number. */
  numberAt(place: RequestPlace | undefined): number | undefined {
    const value = place && this.defaultAt(place);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : undefined;
  }
}

function shownPointer(pointer: string): string {
  return pointer === '' ? 'its root' : pointer;
}
