import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Json } from '../../lib/core/json';
import type { PageRequest } from '../../lib/core/page-request';
import { resolvePointer } from '../../lib/protocol/json-pointer';

/** A request of a dialect file; spec/dialects/README.md describes the format. */
export interface DialectRequest {
  readonly method: 'GET' | 'POST';
  /** Origin and path, without a query. */
  readonly url: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** A scripted reply. */
export interface DialectPage {
  readonly status: number;
  /** An array is a header that is repeated. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Json;
}

/** One real API's way of paging: a request, the pages that follow each other, and what a client must make of them. */
export interface DialectFile {
  readonly id: string;
  readonly api: string;
  readonly source: string;
  readonly family: string;
  readonly group?: string;
  readonly strategy: 'link' | 'cursor' | 'number' | 'offset' | 'none';
  readonly alsoAcceptStrategy?: readonly string[];
  readonly request: DialectRequest;
  readonly pages: readonly DialectPage[];
  readonly expect: {
    readonly itemsPointer: string;
    readonly itemCounts: readonly number[];
    readonly total: number | null;
    /** The whole next request after each page, `null` at the end. */
    readonly next: readonly (DialectRequest | null)[];
    /** Other requests that are as right, by page. */
    readonly nextAlternatives?: readonly (readonly DialectRequest[])[];
    /** Pages after which ending is right too, because only empty ones follow. */
    readonly mayEndAt?: readonly number[];
    /** Whether one request after the last page is fine, as nothing shows that it is the last. */
    readonly mayProbe?: boolean;
  };
  readonly startsMidway?: boolean;
  readonly detectable: boolean;
  readonly why: string;
  readonly mechanism: { readonly read: string; readonly write: string; readonly stop: string };
}

const FOLDER = path.join(__dirname, '..', 'dialects');

/** All files, by name. */
export function dialectFiles(): readonly DialectFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as DialectFile);
}

/** @throws Error if there is no such file. */
export function dialectFile(id: string): DialectFile {
  return JSON.parse(readFileSync(path.join(FOLDER, `${id}.json`), 'utf8')) as DialectFile;
}

/** The request as the toolkit writes it. */
export function pageRequestOf({ method, url, query, headers, body }: DialectRequest): PageRequest {
  return {
    ...(method !== 'GET' && { method }),
    url,
    ...(Object.keys(query).length > 0 && { params: query }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body !== undefined && { body }),
  };
}

/** The items of one page. */
export function itemsOfPage({ expect, pages }: DialectFile, page: number): readonly Json[] {
  const found = resolvePointer(pages[page]?.body, expect.itemsPointer);
  return found.found && Array.isArray(found.value) ? (found.value as readonly Json[]) : [];
}

/** The items of all pages, in order. */
export function itemsOf(file: DialectFile): readonly Json[] {
  return file.pages.flatMap((_, page) => itemsOfPage(file, page));
}

/** All origins that a file's own requests go to; that of the first request comes first. */
export function originsOf({ request, expect }: DialectFile): readonly string[] {
  const requests = [request, ...expect.next, ...(expect.nextAlternatives ?? []).flat()];
  const origins = requests.flatMap((one) => (one === null ? [] : [new URL(one.url).origin]));
  return [...new Set(origins)];
}

/** The file with its origins replaced wherever they stand: requests, links in bodies and headers, items. */
export function movedTo(file: DialectFile, origins: ReadonlyMap<string, string>): DialectFile {
  let text = JSON.stringify(file);
  for (const [from, to] of origins) {
    const literal = from.replace(/[.\\^$*+?()[\]{}|]/g, '\\$&');
    text = text.replace(new RegExp(`${literal}(?![\\w.:-])`, 'g'), to);
  }
  return JSON.parse(text) as DialectFile;
}
