import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { field } from '../core/field';
import type { PageRequest } from '../core/page-request';
import { PaginationError } from '../core/pagination-error';
import { requestUrl } from '../core/request-url';
import type { Transport } from '../core/transport';
import { fetchTransport } from '../transport/fetch';

import { headersOf } from './header-lines';
import { UsageMistake } from './usage-mistake';

/** Options that say what the names of a description mean on this machine. */
export interface PlaceFlags {
  /** A JavaScript module. */
  readonly config?: string | undefined;
  readonly transport: string;
  readonly baseUrl?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly headerFile?: string | undefined;
  readonly folder?: readonly string[] | undefined;
}

/** What the names of a description mean on this machine. */
export interface JobPlaces {
  readonly transports: Readonly<Record<string, Transport>>;
  readonly sinks: Readonly<Record<string, { readonly folder: string }>>;
}

const OF_TRANSPORT = /^PAGED_OBSERVABLE_TRANSPORT_(\w+)_(URL|HEADERS)$/;
const OF_FOLDER = /^PAGED_OBSERVABLE_FOLDER_(\w+)$/;

/**
 * Transports and folders by name: of a module, of the environment and of options, of which the later win. A transport of the
 * name that the options give is always there; without more it sends requests as they are.
 */
export async function jobPlaces(
  flags: PlaceFlags,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<JobPlaces> {
  const ofModule = flags.config === undefined ? undefined : await loaded(flags.config);
  const own = flags.baseUrl ?? flags.header ?? flags.headerFile;
  const known = { ...ofModule?.transports, ...environmentTransports(environment) };
  const isKnown = Object.hasOwn(known, flags.transport) && own === undefined;
  return {
    transports: isKnown ? known : { ...known, [flags.transport]: ownTransport(flags) },
    sinks: { ...ofModule?.sinks, ...environmentFolders(environment), ...ownFolders(flags.folder) },
  };
}

function ownTransport({ baseUrl, header, headerFile }: PlaceFlags): Transport {
  const headers = headersOf(header, headerFile);
  return headedTransport(baseUrl, headers, '--base-url');
}

function environmentTransports(environment: NodeJS.ProcessEnv): Record<string, Transport> {
  const names = Object.keys(environment).flatMap((name) => OF_TRANSPORT.exec(name)?.[1] ?? []);
  return Object.fromEntries(
    [...new Set(names)].map((name) => {
      const stem = `PAGED_OBSERVABLE_TRANSPORT_${name}`;
      const lines = environment[`${stem}_HEADERS`]?.split(/\r?\n/) ?? [];
      const headers = headersOf(
        lines.filter((line) => line.trim() !== ''),
        undefined,
        `${stem}_HEADERS`,
      );
      return [
        name.toLowerCase(),
        headedTransport(environment[`${stem}_URL`], headers, `${stem}_URL`),
      ];
    }),
  );
}

/**
 * Sends headers to one origin and to no other: what to ask for stands in the database, and whoever can write there could have
 * them sent anywhere.
 */
function headedTransport(
  baseUrl: string | undefined,
  headers: Readonly<Record<string, string>>,
  named: string,
): Transport {
  if (baseUrl === undefined || baseUrl === '') {
    if (Object.keys(headers).length === 0) return fetchTransport();
    throw new UsageMistake(`${named}: headers need it, for they are sent there and nowhere else`);
  }
  if (
    !/^https?:\/\//i.test(baseUrl) ||
    !URL.canParse(baseUrl) ||
    new URL(baseUrl).username !== ''
  ) {
    throw new UsageMistake(
      `${named}: expected an absolute URL, http:// or https://, without a user name`,
    );
  }
  return onlyAt(new URL(baseUrl).origin, baseUrl, fetchTransport({ baseUrl, headers }));
}

function onlyAt(origin: string, baseUrl: string, transport: Transport): Transport {
  const bound: Transport = (request, signal, limits) => {
    if (request.anonymous !== true && originOf(request, baseUrl) !== origin) {
      throw new PaginationError(
        'CROSS_ORIGIN',
        `The transport is for ${origin} only, and the request leads elsewhere`,
      );
    }
    return transport(request, signal, limits);
  };
  return Object.assign(bound, { anonymous: true as const, baseUrl });
}

function originOf(request: PageRequest, baseUrl: string): string | undefined {
  const url = requestUrl(request, baseUrl);
  return URL.canParse(url, baseUrl) ? new URL(url, baseUrl).origin : undefined;
}

function environmentFolders(environment: NodeJS.ProcessEnv): JobPlaces['sinks'] {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, folder]) => {
      const of = OF_FOLDER.exec(name)?.[1];
      const isGiven = of !== undefined && folder !== undefined && folder !== '';
      return isGiven ? [[of.toLowerCase(), { folder }]] : [];
    }),
  );
}

/** `name=path`, or a path for the name `default`. */
function ownFolders(given: readonly string[] = []): JobPlaces['sinks'] {
  return Object.fromEntries(
    given.map((text) => {
      const [, name = 'default', folder = text] = /^([\w.-]+)=(.+)$/s.exec(text) ?? [];
      if (!existsSync(folder)) throw new UsageMistake(`--folder: there is no folder ${folder}`);
      return [name, { folder: resolve(folder) }];
    }),
  );
}

/** What a module exports as `transports` and `folders`, by name or by default. */
async function loaded(path: string): Promise<JobPlaces> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw new UsageMistake(
      `--config: ${path} cannot be loaded: ${String(field(error, 'message'))}`,
    );
  }
  const whole = field(module, 'default');
  const [transports, folders] = ['transports', 'folders'].map((name) => {
    const value = field(module, name) ?? field(whole, name) ?? {};
    if (typeof value === 'object') return Object.entries(value);
    throw new UsageMistake(`--config: expected ${path} to export '${name}', an object`);
  });
  return {
    transports: Object.fromEntries(
      (transports ?? []).map(([name, transport]: [string, unknown]) => {
        if (isTransport(transport)) return [name, transport];
        throw new UsageMistake(`--config: the transport ${name} of ${path} is no function`);
      }),
    ),
    sinks: Object.fromEntries(
      (folders ?? []).map(([name, folder]: [string, unknown]) => {
        if (typeof folder === 'string') return [name, { folder: resolve(folder) }];
        throw new UsageMistake(`--config: the folder ${name} of ${path} is no text`);
      }),
    ),
  };
}

function isTransport(value: unknown): value is Transport {
  return typeof value === 'function';
}
