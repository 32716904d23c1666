import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';

import { cursorPagination, linkPagination, type WalkOptions } from 'paged-observable';

import { parseLinkHeader } from '../../../lib/protocol/link-header';
import { exact, failedWith, narrowest, refusedAfter, within, type FaultCase } from '../fault-case';
import { cursorList, itemsOf, jsonReply, linkList, linkPage } from '../fault-lists';
import { startFaultServer, type FaultServer } from '../fault-server';
import { ranges, walkFaults } from '../fault-walk';
import { bombInProcess } from '../child-process';
import { leastGrowthOf } from '../growth';
import { goodCert, labAuthority } from '../lab-certificates';
import { trusting } from '../lab-network';
import { pollution } from '../polluted';
import { secretHeaders } from '../planted-secrets';

const links = linkPagination();

/** S1 to S3, S5 to S8 and S11 where messages are concerned. */
export const securityFaults: readonly FaultCase[] = [
  ...Object.entries<(foreign: FaultServer, port: number) => string>({
    'another port': ({ origin }) => `${origin}/items?page=7`,
    'another host': ({ port }) => `http://localhost:${String(port)}/items?page=7`,
    'another host on the same port': (_, port) => `http://localhost:${String(port)}/items?page=7`,
    'another host without a scheme': ({ port }) => `//127.0.0.1:${String(port)}/items?page=7`,
    'another host with backslashes': ({ port }) => `\\\\127.0.0.1:${String(port)}/items?page=7`,
  }).map(([name, link]) => foreignLink(`S1 ${name}`, `a link to ${name}`, link)),
  {
    id: 'S1 followed',
    title: 'a redirect to another origin that the client follows by itself',
    expected: failedWith({ code: 'CROSS_ORIGIN', status: 200 }, { foreign: '7' }),
    observe: async (lab) => {
      const foreign = await startFaultServer(cursorList());
      try {
        const headers = { location: `${foreign.origin}/items?cursor=p7` };
        const { facts } = await walkFaults(lab, {
          script: cursorList({ faults: { 7: { kind: 'reply', status: 307, headers } } }),
          settings: { followsRedirects: true },
        });
        return { ...facts, foreign: ranges(foreign.requests.map(({ page }) => page)) };
      } finally {
        await foreign.close();
      }
    },
  },
  {
    id: 'S1 allowed',
    title: 'a link to another origin that is allowed',
    expected: exact({
      requests: '1..6',
      foreign: '7..10',
      credentials: [],
      resumedForeign: [],
    }),
    observe: async (lab) => {
      const foreign = await startFaultServer(linkList());
      try {
        const options = { allowedOrigins: [foreign.origin] };
        const { facts } = await walkFaults(lab, {
          ...linked(`${foreign.origin}/items?page=7`),
          options,
          request: { headers: { ...secretHeaders('bearer'), accept: 'application/json' } },
          settings: { headers: { 'x-own': 'own' } },
        });
        const neutral = /^(?:host|connection|user-agent|accept.*|sec-fetch-mode)$/i;
        const sent = foreign.requests.flatMap(({ headers }) => headers.map(([name]) => name));
        return {
          ...facts,
          foreign: ranges(foreign.requests.map(({ page }) => page)),
          credentials: sent.filter((name) => !neutral.test(name)),
          resumedForeign: [],
        };
      } finally {
        await foreign.close();
      }
    },
  },
  {
    id: 'S2',
    title: 'a link from https to http',
    expected: refusedAfter('CROSS_ORIGIN', 6, { foreign: 0 }),
    observe: (lab) =>
      trusting(labAuthority, async () => {
        const foreign = await startFaultServer(linkList());
        const server = await startFaultServer(linkList(), { tls: goodCert, host: 'localhost' });
        try {
          const walk = linked(`${foreign.origin}/items?page=7`);
          server.play(walk.script);
          const { facts } = await walkFaults(lab, { ...walk, server });
          return { ...facts, foreign: foreign.accepted() };
        } finally {
          await server.close();
          await foreign.close();
        }
      }),
  },
  {
    id: 'S2 allowed',
    title: 'a link from https to http, to an origin that is allowed',
    expected: refusedAfter('CROSS_ORIGIN', 6, { foreign: 0 }),
    observe: (lab) =>
      trusting(labAuthority, async () => {
        const foreign = await startFaultServer(linkList());
        const server = await startFaultServer(linkList(), { tls: goodCert, host: 'localhost' });
        try {
          const walk = linked(`${foreign.origin}/items?page=7`);
          server.play(walk.script);
          const options: WalkOptions = { allowedOrigins: [foreign.origin] };
          const { facts } = await walkFaults(lab, { ...walk, server, options });
          return { ...facts, foreign: foreign.accepted() };
        } finally {
          await server.close();
          await foreign.close();
        }
      }),
  },
  foreignLink('S3 user info', 'a link with user info to the own origin', (_, port) => {
    return `http://user:secret@127.0.0.1:${String(port)}/items?page=7`;
  }),
  ...[
    'file:///etc/hostname',
    'data:application/json,[]',
    'javascript:void(0)',
    'ftp://127.0.0.1/',
  ].map((link) => foreignLink(`S3 ${link.split(':')[0] ?? ''}`, `a link to ${link}`, () => link)),
  {
    id: 'S5',
    title: 'bodies and pointers with __proto__, constructor and prototype',
    expected: {
      delivered: '0..99',
      own: true,
      ends: {
        '/__proto__': 'BAD_SHAPE',
        '/constructor/prototype': 'BAD_SHAPE',
        '/items/__proto__': 'BAD_SHAPE',
      },
      polluted: [],
    },
    observe: async (lab) => {
      const hostile = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
      const script = cursorList({
        reply: (page) => {
          const items = itemsOf(page).map(({ id }) => `{"id":${String(id)},${hostile}}`);
          const next = page < 10 ? `"p${String(page + 1)}"` : 'null';
          return { body: `{${hostile},"items":[${items.join()}],"next_cursor":${next}}` };
        },
      });
      const { facts, items } = await walkFaults(lab, { script });
      const ends: Record<string, unknown> = {};
      for (const pointer of ['/__proto__', '/constructor/prototype', '/items/__proto__']) {
        const pagination = cursorPagination({ items: pointer });
        ends[pointer] = (await walkFaults(lab, { script, pagination, healed: null })).facts['end'];
      }
      const own = items.every((item) => Object.hasOwn(item as object, '__proto__'));
      return { delivered: facts['items'], own, ends, polluted: pollution() };
    },
  },
  {
    id: 'S6',
    title: 'Link headers of odd characters, over the wire and 1 MiB straight to the parser',
    expected: { answered: 8, slowest: 'within 0 to 500', growth: 'within 0 to 100' },
    observe: async (lab) => {
      const odd = ['<', ';', ',', '"', ' ', '<a>;', '\\"', '<;"='];
      let answered = 0;
      let slowest = 0;
      for (const text of odd) {
        const link = text.repeat(Math.floor(14_000 / text.length));
        const script = linkList({
          faults: { 7: { kind: 'reply', headers: { link: `${link}x` } } },
        });
        const walked = await walkFaults(lab, { script, pagination: links, healed: null });
        slowest = Math.max(slowest, walked.endedAt - walked.startedAt);
        if (['complete', 'PROTOCOL', 'NETWORK'].includes(String(walked.facts['end']))) answered++;
      }
      const growth = Math.max(...odd.map(growthOf));
      return { answered, slowest: within(slowest, 0, 500), growth: within(growth, 0, 100) };
    },
  },
  {
    id: 'S6 too long',
    title: 'a Link header longer than is allowed',
    expected: failedWith({ code: 'PROTOCOL', status: 200 }),
    observe: async (lab) => {
      const link = `<{origin}/items?page=8>; rel="next"; title="${'x'.repeat(1100)}"`;
      const script = linkList({ faults: { 7: { kind: 'reply', headers: { link } } } });
      const options = { limits: { linkHeaderBytes: 1000 } };
      return (await walkFaults(lab, { script, pagination: links, options })).facts;
    },
  },
  {
    id: 'S7',
    title: '300 MB of JSON in 0.3 MB of gzip',
    expected: failedWith({ code: 'BODY_TOO_LARGE', status: 200 }, { rise: 'within 0 to 100' }),
    observe: async (lab) => {
      const headers = { 'content-encoding': 'gzip' };
      const script = cursorList({ faults: { 7: { kind: 'reply', headers, body: await bomb() } } });
      const { facts } = await walkFaults(lab, { script });
      const server = await startFaultServer(script);
      try {
        const { riseMb } = await bombInProcess(lab.name, server);
        return { ...facts, rise: narrowest(riseMb, [100, 200]) };
      } finally {
        await server.close();
      }
    },
  },
  {
    id: 'S8',
    title: 'JSON nested 100,000 deep',
    expected: failedWith({ code: 'BAD_CONTENT', status: 200 }),
    observe: async (lab) => {
      const deep = `{"items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
      const script = cursorList({ faults: { 7: { kind: 'reply', body: deep } } });
      return (await walkFaults(lab, { script })).facts;
    },
  },
  {
    id: 'S11',
    title: 'escape sequences in error texts and names',
    expected: {
      ...failedWith({ code: 'HTTP_STATUS', status: 400 }),
      shown: [],
      name: '\u001b[31mid',
    },
    observe: async (lab) => {
      const evil = '\u001b[2J\u001b]0;title\u0007\u009b31m\u202eevil';
      const problem = jsonReply(
        { title: evil, detail: evil, type: evil, instance: evil },
        { status: 400, headers: { 'content-type': 'application/problem+json' } },
      );
      const list = cursorList();
      const script = cursorList({
        reply: (page, request) =>
          page === 1
            ? jsonReply({
                items: itemsOf(1).map((item) => ({ ...item, '\u001b[31mid': evil })),
                next_cursor: 'p2',
              })
            : list.reply(page, request),
        faults: { 7: { kind: 'reply', ...problem } },
      });
      const { facts, error, items } = await walkFaults(lab, { script });
      const { message = '', bodyExcerpt = '', problem: told = {}, stack = '' } = error ?? {};
      const texts = [
        message,
        bodyExcerpt,
        stack.replaceAll('\n', ''),
        ...Object.values(told).map(String),
      ];
      const name = Object.keys(items[0] as object).find((key) => key !== 'id');
      return { ...facts, shown: texts.filter((text) => /[\p{Cc}\p{Cf}]/u.test(text)), name };
    },
  },
];

/** A walk by links whose sixth page links elsewhere. */
function linked(link: string) {
  const list = linkList();
  return {
    script: linkList({
      reply: (page, request) =>
        page === 6 ? linkPage(6, `<${link}>; rel="next"`) : list.reply(page, request),
    }),
    pagination: links,
    healed: list,
  };
}

function foreignLink(
  id: string,
  title: string,
  link: (foreign: FaultServer, port: number) => string,
): FaultCase {
  return {
    id,
    title,
    expected: refusedAfter('CROSS_ORIGIN', 6, { foreign: 0 }),
    observe: async (lab) => {
      const foreign = await startFaultServer(linkList());
      const server = await startFaultServer(linkList());
      try {
        const walk = linked(link(foreign, server.port));
        server.play(walk.script);
        const { facts } = await walkFaults(lab, { ...walk, server });
        return { ...facts, foreign: foreign.accepted() };
      } finally {
        await server.close();
        await foreign.close();
      }
    },
  };
}

/** How much longer 1 MiB takes than a sixty-fourth of it. */
function growthOf(text: string): number {
  const make = (bytes: number) => {
    const input = text.repeat(Math.floor(bytes / text.length));
    return () => parseLinkHeader(input);
  };
  return leastGrowthOf({ name: text, make }, 16 * 1024, 3, 5);
}

let packed: Promise<Buffer> | undefined;

/** Packed piece by piece, so that only the walk's own memory is seen. */
function bomb(): Promise<Buffer> {
  packed ??= buffer(
    Readable.from(
      (function* () {
        yield Buffer.from('["');
        const million = Buffer.alloc(1_000_000, 'x');
        for (let count = 0; count < 300; count++) yield million;
        yield Buffer.from('"]');
      })(),
    ).pipe(createGzip()),
  );
  return packed;
}
