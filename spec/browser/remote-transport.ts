import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page, Route } from 'playwright-core';

import type { PageReply } from '../../lib/core/page-reply';
import type { PageRequest } from '../../lib/core/page-request';
import { PaginationError, type PaginationErrorFields } from '../../lib/core/pagination-error';
import { requestUrl } from '../../lib/core/request-url';
import type { Transport, TransportLimits } from '../../lib/core/transport';
import type { TransportSettings } from '../conformance/transport.conformance';

import type { RemoteCall } from './remote-runner';

/** Where every server of the tests seems to have a page of its own; it is made here and asks the server for nothing. */
const PAGE = '/page-of-the-tests';

/** A browser page whose transport is called from here. */
export class RemotePage {
  #lastId = 0;
  #origin = '';

  private constructor(
    private readonly page: Page,
    private readonly body: string,
  ) {}

  static async open(page: Page): Promise<RemotePage> {
    const { outputFiles } = await build({
      entryPoints: [join(__dirname, 'remote-runner.ts')],
      bundle: true,
      format: 'esm',
      target: 'es2022',
      write: false,
    });
    const body = `<!doctype html><link rel="icon" href="data:," /><script type="module">${outputFiles[0]?.text ?? ''}</script>`;
    return new RemotePage(page, body);
  }

  /** The transport of the page, which is made for every request. */
  transport({ baseUrl, headers }: TransportSettings): Transport {
    const transport = (request: PageRequest, signal: AbortSignal, limits?: TransportLimits) =>
      this.#send({ baseUrl, headers }, request, signal, limits);
    return Object.assign(transport, {
      anonymous: true as const,
      ...(baseUrl !== undefined && { baseUrl }),
    });
  }

  async #send(
    settings: Pick<RemoteCall, 'baseUrl' | 'headers'>,
    request: PageRequest,
    signal: AbortSignal,
    limits?: TransportLimits,
  ): Promise<PageReply> {
    if (request.anonymous !== true) await this.#visit(requestUrl(request, settings.baseUrl));
    const id = ++this.#lastId;
    const abort = () => {
      void this.page.evaluate(
        ([id, reason]) => {
          remote.abort(id, reason);
        },
        [id, String(signal.reason)] as const,
      );
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      const call = { id, ...settings, request, limits, isAborted: signal.aborted };
      const { reply, error, left } = await this.page.evaluate((call) => remote.send(call), call);
      if (left > 0) throw new Error(`${String(left)} listeners were left on the signal`);
      if (reply !== undefined) return JSON.parse(reply) as PageReply;
      throw revived(error ?? '');
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Browsers let a page ask its own origin for anything, and others for what these allow. */
  async #visit(url: string): Promise<void> {
    const { origin } = URL.canParse(url) ? new URL(url) : { origin: this.#origin };
    if (origin === this.#origin) return;
    const { body } = this;
    // Once: a browser whose requests are looked at sends other ones.
    const answer = (route: Route) => route.fulfill({ contentType: 'text/html', body });
    await this.page.route(`**${PAGE}`, answer, { times: 1 });
    await this.page.goto(`${origin}${PAGE}`);
    this.#origin = origin;
  }
}

/** An error of the page, with all that it held. */
function revived(text: string): Error {
  const told = JSON.parse(text) as PaginationErrorFields & Omit<PaginationError, 'name'>;
  const { code, message, stack = '' } = told;
  if ((code as unknown) === undefined) throw new Error(`Not a PaginationError: ${text}`);
  return Object.assign(new PaginationError(code, message, told), { stack });
}
