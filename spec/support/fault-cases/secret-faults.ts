import {
  cursorPagination,
  isPaginationError,
  linkPagination,
  paginate,
  type PageReply,
  type PageRequest,
  type Transport,
  type WalkEvent,
} from 'paged-observable';
import { from, tap } from 'rxjs';

import { failedWith, type FaultCase } from '../fault-case';
import { cursorList, jsonReply, linkList, linkPage, PAGES } from '../fault-lists';
import { startFaultServer, type FaultScript, type FaultServer } from '../fault-server';
import { walkFaults } from '../fault-walk';
import type { LabTransport } from '../lab-transports';
import { expiredCert } from '../lab-certificates';
import { answerNames } from '../lab-network';
import { echoOf, marks, secretHeaders, secretParts } from '../planted-secrets';
import { secretPaths, type SecretPath } from '../secret-paths';
import { marksIn } from '../secret-search';
import { leaksIn, surfacesOf } from '../secret-surfaces';

type Plan = (server: FaultServer) => {
  readonly settings: { readonly headers?: Record<string, string> };
  readonly request: PageRequest;
};

/** Where the secrets are planted. */
const plans: Readonly<Record<string, Plan>> = {
  'in the request, with Bearer': () => inRequest('bearer'),
  'in the request, with Basic': () => inRequest('basic'),
  'in the transport, with Bearer': () => inTransport('bearer'),
  'in the transport, with Basic': () => inTransport('basic'),
  'in the links of the server': () => ({ settings: {}, request: { url: '/items' } }),
  'in the user info of the URL': ({ origin }) => ({
    settings: {},
    request: { url: `${origin.replace('//', `//user:${marks.userInfo}@`)}/items` },
  }),
};

/** S4: no secret in any part of any error, event or token. */
export const secretFaults: readonly FaultCase[] = [
  ...Object.entries(plans).map(([name, plan]): FaultCase => ({
    id: `S4 ${name}`,
    title: `secrets ${name}, on every error path`,
    expected: { leaks: [], unexpectedEnds: [], unsent: [] },
    observe: async (lab) => {
      const leaks: string[] = [];
      const unexpectedEnds: string[] = [];
      const unsent = new Set<string>();
      const byLinks = name.includes('links');
      const server = await startFaultServer(cursorList());
      const { settings, request } = plan(server);
      const transport = lab.make({ baseUrl: server.origin, ...settings });
      try {
        for (const path of secretPaths) {
          if (byLinks && path.byCursor === true) continue;
          server.play(path.script);
          const before = server.requests.length;
          const found = await lookInto(transport, request, path, byLinks);
          // Of each secret and surface the first path tells enough.
          const isKnown = (leak: string) => leaks.some((one) => one.startsWith(`${leak}:`));
          const more = found.leaks.filter((leak) => !isKnown(leak));
          leaks.push(...more.map((leak) => `${leak}: ${path.name}`));
          // A runtime may refuse to send user info at all.
          if (name.includes('user info')) continue;
          if (found.code !== path.code) unexpectedEnds.push(`${path.name}: ${found.code}`);
          if (path.isUnsent === true || (byLinks && path.onFirstPage === true)) continue;
          const sent = marksIn(JSON.stringify(server.requests.slice(before)), Object.values(marks));
          for (const mark of plantedIn(name)) {
            if (!sent.includes(mark)) unsent.add(`${mark}: ${path.name}`);
          }
        }
        return { leaks, unexpectedEnds, unsent: [...unsent] };
      } finally {
        await server.close();
      }
    },
  })),
  {
    id: 'S4 signed links',
    title: 'links that are signed page by page; the token tells the way to page 7 without them',
    expected: failedWith(
      { code: 'HTTP_STATUS', status: 400 },
      { leaks: [], resumed: { items: '60..99', end: 'complete', requests: '1..10' } },
    ),
    observe: async (lab) => {
      const script = signedList();
      const echo: FaultScript['reply'] = (page, request) =>
        page === 7 ? jsonReply(echoOf(request), { status: 400 }) : script.reply(page, request);
      const { facts, error, events } = await walkFaults(lab, {
        script: { ...script, reply: echo },
        pagination: linkPagination(),
        healed: script,
      });
      return {
        ...facts,
        leaks: leaksIn(surfacesOf({ error, events, request: { url: '/items' } })),
      };
    },
  },
  ...(['bearer', 'basic'] as const).map((authorization): FaultCase => ({
    id: `S4 without a server, with ${authorization}`,
    title: 'secrets where no server answers',
    expected: {
      leaks: [],
      codes: ['NETWORK', 'NETWORK', 'TLS', 'ABORTED', 'PROTOCOL', 'PROTOCOL'],
    },
    observe: (lab) => withoutServer(lab, authorization),
  })),
];

/** Pages that answer to the very link that was given for them. */
function signedList(): FaultScript {
  const query = (page: number) => `?page=${String(page)}&sig=${marks.link}${String(page)}`;
  return linkList({
    reply: (page, { target }) => {
      if (page > 1 && target !== `/items${query(page)}`) return { status: 403, body: '{}' };
      return linkPage(page, page < PAGES ? `<{origin}/items${query(page + 1)}>; rel="next"` : '');
    },
  });
}

/** The secrets that every request of a plan carries; of a signed link its second one. */
function plantedIn(plan: string): readonly string[] {
  if (plan.includes('links')) return [marks.link];
  const absent = [plan.includes('Basic') ? marks.bearer : marks.basic, marks.userInfo, marks.link];
  return Object.values(marks).filter((mark) => !absent.some((one) => one === mark));
}

function inRequest(authorization: 'bearer' | 'basic'): ReturnType<Plan> {
  return {
    settings: {},
    request: { url: '/items', ...secretParts, headers: secretHeaders(authorization) },
  };
}

function inTransport(authorization: 'bearer' | 'basic'): ReturnType<Plan> {
  return {
    settings: { headers: secretHeaders(authorization) },
    request: { url: '/items', ...secretParts },
  };
}

async function withoutServer(lab: LabTransport, authorization: 'bearer' | 'basic') {
  const leaks: string[] = [];
  const codes: string[] = [];
  const tls = await startFaultServer(cursorList(), { tls: expiredCert, host: 'localhost' });
  const dead = await startFaultServer(cursorList());
  await dead.close();
  const names = answerNames('nowhere.example', () => 'no');
  const { request } = inRequest(authorization);
  const once = { name: '', code: '', script: cursorList(), options: { retry: false } } as const;
  const look = async (
    baseUrl: string,
    path: SecretPath = once,
    headers = request.headers,
    url = request.url,
  ) => {
    const found = await lookInto(lab.make({ baseUrl }), { ...request, headers, url }, path);
    leaks.push(...found.leaks);
    codes.push(found.code);
  };
  try {
    await look(dead.origin);
    await look(`http://nowhere.example:${String(dead.port)}`);
    await look(tls.origin);
    await look(tls.origin, {
      ...once,
      options: { signal: AbortSignal.abort(marks[authorization]) },
    });
    await look(dead.origin, once, { ...request.headers, 'x-tenant': `${marks.custom}\nx` });
    await look(dead.origin, once, request.headers, `http://user:${marks.userInfo}@[h/items`);
  } finally {
    names.restore();
    await tls.close();
  }
  return { leaks, codes };
}

/** Walks until the error and searches all that came out. */
async function lookInto(
  transport: Transport,
  request: PageRequest,
  path: SecretPath,
  byLinks = false,
) {
  const events: WalkEvent[] = [];
  let reply: PageReply | undefined;
  const noting: Transport = (...call) =>
    from(transport(...call)).pipe(
      tap((one) => {
        reply = one;
      }),
    );
  const { baseUrl } = transport;
  const usual = byLinks
    ? linkPagination({ items: '/items' })
    : cursorPagination({ items: '/items' });
  const { pagination = usual, options } = path;
  const error = await new Promise<unknown>((resolve) => {
    paginate(Object.assign(noting, { baseUrl }), request, {
      pagination,
      ...(typeof options === 'function' ? options(request) : options),
      events: { next: (event) => events.push(event) },
    }).subscribe({
      error: resolve,
      complete: () => {
        resolve(undefined);
      },
    });
  });
  // The command has all its secrets in the request, and so the reply is for its advice only then.
  const isOwn = request.headers !== undefined;
  const leaks = leaksIn(surfacesOf({ error, events, request, ...(isOwn && { reply }) }));
  return { leaks, code: isPaginationError(error) ? error.code : String(error) };
}
