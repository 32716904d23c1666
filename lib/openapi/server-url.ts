import { describe } from '../core/check-options';
import { withoutSlashes, type ServerDescription } from './api-description';
import { member } from './json-view';

/** Which server is called. */
export interface ServerChoice {
  /**
   * The place of a server in the document's list, from 0, or a URL of one's own, which may hold `{variables}` too; `''` leaves it to
   * the transport's base URL. @defaultValue the first server of the operation, else of the document, else the transport's
   */
  readonly server?: number | string | undefined;
  /** Values of the `{variables}` in the URL of a server. @defaultValue those of the document */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/**
 * The URL of the server, without a slash at its end.
 * @throws TypeError for a server that is not in the list, and for a variable that has no value or one that is not allowed.
 */
export function serverUrl(
  { server, variables = {} }: ServerChoice,
  documents: readonly ServerDescription[],
  operations: readonly ServerDescription[] | undefined,
): string {
  const chosen = choose(server, documents, operations);
  return chosen.url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = member(chosen.variables, name);
    const value = member(variables, name) ?? member(variable, 'default');
    if (typeof value !== 'string') {
      throw new TypeError(
        `The server ${chosen.url} needs a value for {${name}}: give it in the option 'variables'`,
      );
    }
    const allowed = chosen.variables?.[name]?.enum;
    if (allowed?.includes(value) === false) {
      throw new TypeError(
        `The server ${chosen.url} takes one of ${allowed.join(', ')} for {${name}}, got ${describe(value)}`,
      );
    }
    return value;
  });
}

function choose(
  server: ServerChoice['server'],
  documents: readonly ServerDescription[],
  operations: readonly ServerDescription[] | undefined,
): ServerDescription {
  if (typeof server === 'string') return { url: withoutSlashes(server) };
  if (server === undefined) return operations?.[0] ?? documents[0] ?? { url: '' };
  const found = documents[server];
  if (found !== undefined) return found;
  throw new TypeError(
    `The option 'server' must be below ${String(documents.length)}, the number of servers, got ${String(server)}`,
  );
}
