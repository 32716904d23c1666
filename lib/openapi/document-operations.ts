import { isObject, listOf, member, membersOf, present, textOf } from './json-view';
import { bodyOf, parametersOf, type OperationBody, type OperationParameter } from './parameters';
import { References, type FileReader, type Located } from './references';
import { Schemas } from './schema-view';

/** An operation of a document, as far as calling it and finding its pages needs. */
export interface DocumentOperation {
  /** The operationId, else method and path: how problems name it. */
  readonly name: string;
  readonly operationId?: string;
  /** In upper case. */
  readonly method: string;
  /** With `{name}`s; a `#…` that only tells operations apart is left out. */
  readonly path: string;
  readonly node: Located;
  /** The path item that holds it. */
  readonly item: Located;
  readonly parameters: readonly OperationParameter[];
  readonly body?: OperationBody;
  /** The reply of a call that went well; absent where the document describes none. */
  readonly success?: SuccessResponse;
  /** References met on the way that lead nowhere. */
  readonly unresolved: readonly string[];
}

export interface SuccessResponse {
  readonly status: string;
  readonly node: Located;
  /** The schema of its JSON body. */
  readonly schema?: Located;
  readonly headers: readonly string[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** A document opened for reading: nothing in it is looked at before somebody asks. */
export class OpenedDocument {
  readonly references: References;
  readonly schemas: Schemas;
  readonly root: Located;
  /** Swagger 2.0. */
  readonly isSwagger: boolean;

  /** @throws TypeError for what is no OpenAPI document */
  constructor(document: unknown, files?: FileReader) {
    const version = textOf(document, 'openapi') ?? textOf(document, 'swagger');
    if (version === undefined || !/^(?:2\.0|3\.\d+)/.test(version)) {
      throw new TypeError(
        "Expected an OpenAPI document, 3.x or Swagger 2.0, parsed from its text; found no such 'openapi' or 'swagger'",
      );
    }
    this.root = { file: '', value: document };
    this.isSwagger = textOf(document, 'openapi') === undefined;
    this.references = new References(document, files);
    this.schemas = new Schemas(this.references);
  }

  /** Its operations in their order: `paths`, then Azure's `x-ms-paths`. */
  *operations(): Generator<DocumentOperation> {
    for (const paths of ['paths', 'x-ms-paths']) {
      for (const [key, value] of membersOf(member(this.root.value, paths))) {
        const item = this.references.follow({ file: '', value });
        if (item === undefined || !key.startsWith('/')) continue;
        for (const method of METHODS) {
          const operation = this.references.child(item, method);
          if (operation !== undefined && isObject(operation.value)) {
            yield this.#operation(key, method, item, operation);
          }
        }
      }
    }
  }

  #operation(key: string, method: string, item: Located, node: Located): DocumentOperation {
    const path = pathOf(key);
    const operationId = textOf(node.value, 'operationId');
    const unresolved: string[] = [];
    const sink = (reference: string): void => void unresolved.push(reference);
    return present<DocumentOperation>({
      name: operationId ?? `${method.toUpperCase()} ${key}`,
      operationId,
      method: method.toUpperCase(),
      path,
      node,
      item,
      parameters: parametersOf(this, item, node, sink),
      body: bodyOf(this, item, node, sink),
      success: this.#success(node, sink),
      unresolved,
    });
  }

  /** 200, else the lowest 2xx, else `2XX`, else `default`. */
  #success(operation: Located, sink: (reference: string) => void): SuccessResponse | undefined {
    const { file, value } = operation;
    const responses = membersOf(member(value, 'responses'));
    const named = (name: string) => responses.find(([status]) => status.toUpperCase() === name);
    const lowest = responses.filter(([status]) => /^2\d\d$/.test(status)).sort(byStatus)[0];
    const found = named('200') ?? lowest ?? named('2XX') ?? named('DEFAULT');
    if (found === undefined) return undefined;
    const [status, response] = found;
    const node = this.references.follow({ file, value: response });
    if (node === undefined) {
      sink(textOf(response, '$ref') ?? '');
      return undefined;
    }
    const schema = this.isSwagger ? schemaIn(node) : this.jsonSchema(node);
    if (schema !== undefined && this.references.follow(schema) === undefined) {
      sink(textOf(schema.value, '$ref') ?? '');
    }
    const headers = membersOf(member(node.value, 'headers')).map(([name]) => name.toLowerCase());
    return present<SuccessResponse>({ status, node, schema, headers });
  }

  /** The schema of the JSON among several media types: `application/json`, else any `…+json`. */
  jsonSchema(node: Located): Located | undefined {
    const types = membersOf(member(node.value, 'content'));
    const pick = (pattern: RegExp) => types.find(([type]) => pattern.test(type))?.[1];
    const media =
      pick(/^application\/json\s*(?:;|$)/i) ?? pick(/\+json\s*(?:;|$)/i) ?? pick(/^\*\/\*$/);
    return schemaIn({ file: node.file, value: media });
  }
}

function schemaIn({ file, value }: Located): Located | undefined {
  const schema = member(value, 'schema');
  return isObject(schema) ? { file, value: schema } : undefined;
}

/** A fragment, and a query without values, only tell operations apart. */
function pathOf(key: string): string {
  const [path = ''] = key.split('#', 1);
  const mark = path.indexOf('?');
  return mark < 0 || path.includes('=', mark) ? path : path.slice(0, mark);
}

function byStatus([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return Number(one) - Number(other);
}

/** The tags of an operation. */
export function tagsOf({ node }: DocumentOperation): readonly string[] {
  return listOf(member(node.value, 'tags')).filter((tag): tag is string => typeof tag === 'string');
}
