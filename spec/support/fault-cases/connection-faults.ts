import { exact, exactAfter, failedWith, type FaultCase } from '../fault-case';
import { cursorList } from '../fault-lists';
import { startFaultServer, type FaultScript } from '../fault-server';
import { walkFaults } from '../fault-walk';
import { expiredCert, foreignHostCert, labAuthority } from '../lab-certificates';
import { answerNames, trusting } from '../lab-network';

const quick = { retry: { baseDelay: 10 } };

/** T13 to T15: names, certificates and redirects. */
export const connectionFaults: readonly FaultCase[] = [
  {
    id: 'T13',
    title: 'a name that does not resolve, once',
    // The server never sees the attempt that fails.
    expected: exactAfter(['NETWORK'], { requests: '1..10', unresolved: 1 }),
    observe: async (lab) => {
      const last = cursorList();
      // Each page closes its connection, so that the next one looks the name up again.
      const script: FaultScript = {
        ...last,
        reply: (page, request) => ({
          ...last.reply(page, request),
          headers: { connection: 'close' },
        }),
      };
      const server = await startFaultServer(script);
      const names = answerNames('flaky.example', () =>
        server.requests.length === 6 && !names.answered.includes('no') ? 'no' : 'yes',
      );
      try {
        const settings = { baseUrl: `http://flaky.example:${String(server.port)}` };
        const { facts } = await walkFaults(lab, { script, options: quick, server, settings });
        return { ...facts, unresolved: names.answered.filter((answer) => answer === 'no').length };
      } finally {
        names.restore();
        await server.close();
      }
    },
  },
  tlsCase('T14 expired', 'a certificate that has expired', expiredCert, /expired/i),
  tlsCase('T14 other host', 'a certificate of another host', foreignHostCert, /altnames/i),
  ...[301, 302, 303, 307, 308].flatMap((status) =>
    ['', '?cursor=p7&moved=1'].map((query): FaultCase => ({
      id: `T15 ${String(status)}${query === '' ? '' : ' with a query'}`,
      title: `a ${String(status)} within the origin, with query and credentials kept`,
      expected: exact({
        requests: '1..7,7..10',
        target: `/moved/items${query === '' ? '?view=full&cursor=p7' : query}`,
        credentials: ['Bearer lab-token', 'lab-key'],
      }),
      observe: async (lab) => {
        const headers = { location: `/moved/items${query}` };
        const script = cursorList({ faults: { 7: [{ kind: 'reply', status, headers }] } });
        const { facts, server } = await walkFaults(lab, {
          script,
          request: { params: { view: 'full' }, headers: { authorization: 'Bearer lab-token' } },
          settings: { headers: { 'x-api-key': 'lab-key' } },
        });
        const moved = server.requests.find(({ target }) => target.startsWith('/moved'));
        const sent = Object.fromEntries(
          (moved?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const credentials = [sent['authorization'], sent['x-api-key']];
        return { ...facts, target: moved?.target, credentials };
      },
    })),
  ),
  {
    id: 'T15 for ever',
    title: 'a redirect to itself',
    expected: failedWith({ code: 'PROTOCOL', status: 307 }, { requests: '1..7,7,7,7,7,7' }),
    observe: async (lab) => {
      const loop = {
        kind: 'reply',
        status: 307,
        headers: { location: '/items?cursor=p7' },
      } as const;
      return (await walkFaults(lab, { script: cursorList({ faults: { 7: loop } }) })).facts;
    },
  },
  {
    id: 'T15 foreign',
    title: 'a redirect to another port',
    expected: failedWith({ code: 'CROSS_ORIGIN', status: 307 }, { foreign: 0 }),
    observe: async (lab) => {
      const foreign = await startFaultServer(cursorList());
      try {
        const headers = { location: `${foreign.origin}/items?cursor=p7` };
        const script = cursorList({ faults: { 7: { kind: 'reply', status: 307, headers } } });
        const { facts } = await walkFaults(lab, { script });
        return { ...facts, foreign: foreign.accepted() };
      } finally {
        await foreign.close();
      }
    },
  },
];

/** A server whose authority is trusted, and whose certificate is not in order. */
function tlsCase(
  id: string,
  title: string,
  certificate: { readonly key: string; readonly cert: string },
  reason: RegExp,
): FaultCase {
  return {
    id,
    title,
    expected: {
      items: '',
      end: 'TLS',
      requests: '',
      retries: [],
      endEvents: ['error TLS: 0 pages, 0 items, 1 attempts'],
      afterTheEnd: { requests: 0, events: 0, timers: 0 },
      error: { attempts: 1, status: undefined, pageIndex: 0, itemsEmitted: 0, history: ['TLS'] },
      says: { host: true, reason: true },
    },
    observe: async (lab) => {
      const server = await startFaultServer(cursorList(), { tls: certificate, host: 'localhost' });
      return trusting(labAuthority, async () => {
        try {
          const script = cursorList();
          const { facts, error } = await walkFaults(lab, { script, server, healed: null });
          const message = error?.message ?? '';
          const host = message.includes(`localhost:${String(server.port)}`);
          return { ...facts, says: { host, reason: reason.test(message) } };
        } finally {
          await server.close();
        }
      });
    },
  };
}
