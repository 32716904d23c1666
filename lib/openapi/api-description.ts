import type { OpenedDocument } from './document-operations';
import { listOf, member, membersOf, present, textOf } from './json-view';
import type { Located } from './references';

/** A server of a document; its URL may hold `{variables}`. */
export interface ServerDescription {
  readonly url: string;
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined;
}

/** A variable in the URL of a server. */
export interface ServerVariable {
  readonly default?: string | undefined;
  readonly enum?: readonly string[] | undefined;
}

/** A way to authenticate. OAuth 2 and OpenID Connect are bearer tokens here: where they come from is the caller's. */
export interface SecurityScheme {
  /** Its name in the document. */
  readonly name: string;
  readonly type: 'apiKey' | 'basic' | 'bearer';
  /** Of an `apiKey`: where it goes, and under which name. */
  readonly in?: 'query' | 'header' | 'cookie' | undefined;
  readonly parameter?: string | undefined;
}

/** What the operations of a document have in common. */
export interface ApiDescription {
  readonly servers: readonly ServerDescription[];
  readonly schemes: readonly SecurityScheme[];
}

/** Names of schemes: one of the lists suffices, and all of its schemes are needed. An empty list: none is. */
export type SecurityRequirements = readonly (readonly string[])[];

export function apiOf({ root, isSwagger, references }: OpenedDocument): ApiDescription {
  const schemes = isSwagger
    ? member(root.value, 'securityDefinitions')
    : member(member(root.value, 'components'), 'securitySchemes');
  return {
    servers: isSwagger ? swaggerServers(root) : (serversOf(root) ?? []),
    schemes: membersOf(schemes).flatMap(([name, value]) => {
      const node = references.follow({ file: '', value });
      return schemeOf(name, node?.value) ?? [];
    }),
  };
}

/** The servers of a document, path or operation that names its own. */
export function serversOf({ value }: Located): readonly ServerDescription[] | undefined {
  const servers = listOf(member(value, 'servers')).flatMap((server) => {
    const url = textOf(server, 'url');
    if (url === undefined) return [];
    const variables = membersOf(member(server, 'variables')).map(
      ([name, variable]) => [name, variableOf(variable)] as const,
    );
    return present<ServerDescription>({
      url: withoutSlashes(url),
      variables: variables.length > 0 ? Object.fromEntries(variables) : undefined,
    });
  });
  return servers.length > 0 ? servers : undefined;
}

/** The requirements of an operation, else those of the document. */
export function securityOf(
  { root }: OpenedDocument,
  operation: Located,
): SecurityRequirements | undefined {
  const given = member(operation.value, 'security') ?? member(root.value, 'security');
  if (!Array.isArray(given)) return undefined;
  return listOf(given).map((requirement) => membersOf(requirement).map(([name]) => name));
}

function variableOf(value: unknown): ServerVariable {
  const given = member(value, 'default');
  const allowed = listOf(member(value, 'enum')).filter(
    (one): one is string => typeof one === 'string',
  );
  return present<ServerVariable>({
    default: typeof given === 'string' || typeof given === 'number' ? String(given) : undefined,
    enum: allowed.length > 0 ? allowed : undefined,
  });
}

/** `host`, `basePath` and `schemes`, or Azure's `x-ms-parameterized-host`. */
function swaggerServers({ value }: Located): readonly ServerDescription[] {
  const base = withoutSlashes(textOf(value, 'basePath') ?? '');
  const given = listOf(member(value, 'schemes')).filter(
    (one): one is string => typeof one === 'string',
  );
  // In order of trust: a document may offer both.
  const schemes = given.length > 0 ? [...given].sort((a, b) => (a < b ? 1 : -1)) : ['https'];
  const usable = schemes.filter((scheme) => scheme === 'https' || scheme === 'http');
  const parameterized = member(value, 'x-ms-parameterized-host');
  const template = textOf(parameterized, 'hostTemplate');
  if (template !== undefined) {
    const named = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
    const variables = Object.fromEntries(
      named.map((name) => [name, hostVariable(value, parameterized, name)]),
    );
    const withScheme = member(parameterized, 'useSchemePrefix') !== false;
    const urls = withScheme ? usable.map((scheme) => `${scheme}://${template}`) : [template];
    return urls.map((url) => ({ url: withoutSlashes(url) + base, variables }));
  }
  const host = textOf(value, 'host');
  if (host === undefined) return base === '' ? [] : [{ url: base }];
  return usable.map((scheme) => ({ url: `${scheme}://${host}${base}` }));
}

function hostVariable(root: unknown, parameterized: unknown, name: string): ServerVariable {
  const all = listOf(member(parameterized, 'parameters')).map((parameter) => {
    const shared = textOf(parameter, '$ref')?.split('/').at(-1);
    return shared === undefined ? parameter : member(member(root, 'parameters'), shared);
  });
  return variableOf(all.find((parameter) => textOf(parameter, 'name') === name));
}

function schemeOf(name: string, value: unknown): SecurityScheme | undefined {
  switch (textOf(value, 'type')?.toLowerCase()) {
    case 'apikey': {
      const place = textOf(value, 'in');
      const parameter = textOf(value, 'name');
      if (place !== 'query' && place !== 'header' && place !== 'cookie') return undefined;
      return parameter === undefined ? undefined : { name, type: 'apiKey', in: place, parameter };
    }
    case 'basic':
      return { name, type: 'basic' };
    case 'http': {
      const isBasic = textOf(value, 'scheme')?.toLowerCase() === 'basic';
      return { name, type: isBasic ? 'basic' : 'bearer' };
    }
    case 'oauth2':
    case 'openidconnect':
      return { name, type: 'bearer' };
    case undefined:
    default:
      return undefined;
  }
}

/** The URL of a server without the slashes at its end: the paths of operations begin with one. */
export function withoutSlashes(url: string): string {
  let end = url.length;
  while (url.charAt(end - 1) === '/') end--;
  return url.slice(0, end);
}
