import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
};

export interface StaticServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves folders on this machine, each below a path such as `/lib/`. A file without an extension is one of JavaScript: RxJS'
 * own ES modules import each other so.
 */
export async function startStaticServer(
  folders: Readonly<Record<string, string>>,
  port = 0,
): Promise<StaticServer> {
  const server = createServer((request, response) => {
    // Without dots, so that no path leaves its folder.
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const [prefix, folder] = Object.entries(folders).find(([at]) => path.startsWith(at)) ?? [];
    const named = extname(path) === '' ? `${path}.js` : path;
    const type = TYPES[extname(named)];
    const file =
      prefix === undefined || folder === undefined || type === undefined
        ? Promise.reject(new Error('not served'))
        : readFile(join(folder, named.slice(prefix.length)));
    file.then(
      (content) =>
        response
          .writeHead(200, { 'content-type': type, 'cache-control': 'max-age=60' })
          .end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
