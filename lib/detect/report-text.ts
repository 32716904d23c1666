import type { PageRequest } from '../core/page-request';
import { isCredentialName } from '../core/credential-name';
import { requestUrl } from '../core/request-url';
import { scrub, secretsOf } from '../core/secrets';
import { excerpt } from '../protocol/excerpt';
import { codeOf } from '../strategy/code-of';
import type { Detection } from './detection';
import { percent, suggestionsFor } from './suggestions';

const LONGEST = 400;
const WIDTH = 14;

interface Reported extends Detection {
  readonly code: string;
  readonly imports: readonly string[];
}

/** The report for people, line by line. Credentials of the request are masked wherever they stand. */
export function reportText(request: PageRequest, report: Reported): string {
  const { verdict, confidence, itemsPointer, itemCount, next, problem, evidence } = report;
  const lines = [
    line('Request', shownRequest(request)),
    line('Paging', VERDICTS[verdict] + (problem === undefined ? '' : `: ${problem}`)),
    ...(itemsPointer === undefined
      ? []
      : [
          line(
            'Items',
            `${String(itemCount ?? 0)} at ${itemsPointer === '' ? 'the body itself' : itemsPointer}`,
          ),
        ]),
    ...totalsOf(report),
    ...(verdict === 'paged'
      ? [line('Next request', next === undefined ? 'none: this is the end' : shownRequest(next))]
      : []),
    ...(verdict === 'unknown' ? [] : [line('Confidence', percent(confidence))]),
    ...section(
      'Evidence',
      evidence.map(({ found, at }) => `${found} (${at === '' ? 'body' : at})`),
    ),
    ...codeLines(report),
  ];
  return scrub(lines.join('\n'), secretsOf(request));
}

const VERDICTS: Readonly<Record<Detection['verdict'], string>> = {
  paged: 'a list in pages',
  single: 'all of the list, or its last page',
  unknown: 'not known',
};

function totalsOf({ totalCount, totalPages }: Detection): readonly string[] {
  const parts = [
    ...(totalCount === undefined ? [] : [`${String(totalCount)} items`]),
    ...(totalPages === undefined ? [] : [`${String(totalPages)} pages`]),
  ];
  return parts.length === 0 ? [] : [line('Total', parts.join(', '))];
}

function codeLines(report: Reported): readonly string[] {
  const { code, imports } = report;
  if (code !== '') {
    const names = imports.join(', ');
    return section('Code', [`import { ${names} } from 'paged-observable';`, `pagination: ${code}`]);
  }
  const written = suggestionsFor(report).map(
    ({ when, description }) => `pagination: ${codeOf(description)}, // ${when}`,
  );
  return section('Code, by what the API does', written);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((one) => `  ${excerpt(one, LONGEST)}`)];
}

function line(name: string, text: string): string {
  return `${name.padEnd(WIDTH)}${excerpt(text, LONGEST)}`;
}

/** Method, URL without credentials, and the body where there is one. */
function shownRequest(request: PageRequest): string {
  const { method = 'GET', body } = request;
  const shown = body === undefined ? '' : ` ${JSON.stringify(body)}`;
  return `${method.toUpperCase()} ${withoutCredentials(urlOf(request))}${shown}`;
}

function urlOf(request: PageRequest): string {
  try {
    return requestUrl(request);
  } catch {
    return request.url;
  }
}

function withoutCredentials(url: string): string {
  return url
    .replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/?#]*@/i, '$1//')
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, mark: string, name: string) =>
      isCredentialName(name) ? `${mark}${name}=***` : whole,
    );
}
