import {
  cursorPagination,
  isPaginationError,
  paginate,
  type PageRequest,
  type Transport,
  type WalkEvent,
} from 'paged-observable';

import type { FaultCase } from '../fault-case';
import { cursorList } from '../fault-lists';
import { startFaultServer, type FaultServer } from '../fault-server';
import type { LabTransport } from '../lab-transports';
import { expiredCert } from '../lab-certificates';
import { answerNames } from '../lab-network';
import { marks, secretHeaders, secretParts } from '../planted-secrets';
import { secretPaths, type SecretPath } from '../secret-paths';
import { everythingIn, marksIn, opened } from '../secret-search';

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
    expected: { leaks: [], unexpectedEnds: [] },
    observe: async (lab) => {
      const leaks: string[] = [];
      const unexpectedEnds: string[] = [];
      const server = await startFaultServer(cursorList());
      const { settings, request } = plan(server);
      const transport = lab.make({ baseUrl: server.origin, ...settings });
      try {
        for (const path of secretPaths) {
          server.play(path.script);
          const found = await lookInto(transport, request, path);
          // Of each secret and surface the first path tells enough.
          const isKnown = (leak: string) => leaks.some((one) => one.startsWith(`${leak}:`));
          const more = found.leaks.filter((leak) => !isKnown(leak));
          leaks.push(...more.map((leak) => `${leak}: ${path.name}`));
          // A runtime may refuse to send user info at all.
          if (found.code === path.code || name.includes('user info')) continue;
          unexpectedEnds.push(`${path.name}: ${found.code}`);
        }
        return { leaks, unexpectedEnds };
      } finally {
        await server.close();
      }
    },
  })),
  {
    id: 'S4 without a server',
    title: 'secrets where no server answers',
    expected: {
      leaks: [],
      codes: ['NETWORK', 'NETWORK', 'TLS', 'ABORTED', 'PROTOCOL', 'PROTOCOL'],
    },
    observe: withoutServer,
  },
];

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

async function withoutServer(lab: LabTransport) {
  const leaks: string[] = [];
  const codes: string[] = [];
  const tls = await startFaultServer(cursorList(), { tls: expiredCert, host: 'localhost' });
  const dead = await startFaultServer(cursorList());
  await dead.close();
  const names = answerNames('nowhere.example', () => 'no');
  const { request } = inRequest('bearer');
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
    await look(tls.origin, { ...once, options: { signal: AbortSignal.abort(marks.bearer) } });
    await look(dead.origin, once, { ...request.headers, 'x-tenant': `${marks.custom}\nx` });
    await look(dead.origin, once, request.headers, `http://user:${marks.userInfo}@[h/items`);
  } finally {
    names.restore();
    await tls.close();
  }
  return { leaks, codes };
}

/** Walks until the error and searches all that came out. */
async function lookInto(transport: Transport, request: PageRequest, path: SecretPath) {
  const events: WalkEvent[] = [];
  const error = await new Promise<unknown>((resolve) => {
    paginate(transport, request, {
      pagination: path.pagination ?? cursorPagination({ items: '/items' }),
      ...path.options,
      events: { next: (event) => events.push(event) },
    }).subscribe({
      error: resolve,
      complete: () => {
        resolve(undefined);
      },
    });
  });
  const tokens = events.flatMap((event) => (event.type === 'end' ? [event.resumeToken] : []));
  if (isPaginationError(error)) tokens.push(error.resumeToken);
  const surfaces = {
    error: everythingIn(error),
    events: everythingIn(events),
    tokens: tokens.map(opened).join('\n'),
  };
  const leaks = Object.entries(surfaces).flatMap(([surface, text]) =>
    marksIn(text, Object.values(marks)).map((mark) => `${mark} in ${surface}`),
  );
  return { leaks, code: isPaginationError(error) ? error.code : String(error) };
}
