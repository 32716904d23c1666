import type { Bar, Timeline } from './timeline';

/** Pixels. */
const [WIDTH, LEFT, RIGHT, TOP, ROW, GAP, BAR] = [720, 96, 24, 40, 22, 14, 18];
/** Milliseconds that all pictures are wide, so that they can be compared. */
const SPAN = 420;

// A picture in a page is styled by nothing but itself; it follows the colours of whoever looks at it.
const STYLE = `.back{fill:#fff;stroke:#d0d7de}text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600}.small{font-size:11px}.request{fill:#2f6fde}.work{fill:#2a9d6f}.wait{fill:#2a9d6f;opacity:.25}.bar{fill:#fff;font-size:11px;text-anchor:middle}.axis{stroke:#8c959f;stroke-width:1}
@media(prefers-color-scheme:dark){.back{fill:#0d1117;stroke:#3d444d}text{fill:#d1d9e0}.axis{stroke:#656c76}.bar{fill:#fff}}`;

/** A timeline as a picture: above when which page was asked for, below when it was worked on, and pale while it waited. */
export function drawTimeline(title: string, { requests, consumed }: Timeline): string {
  const lanes = lanesOf(requests);
  const workTop = TOP + lanes.length * ROW + GAP;
  const bottom = workTop + ROW * 2 + 6;
  const parts = [
    text(12, 22, title, 'title'),
    text(12, TOP + 13, 'requests'),
    ...lanes.flatMap((lane, at) => lane.map((bar) => box(bar, TOP + at * ROW, 'request'))),
    text(12, workTop + 13, 'work'),
    ...consumed.map((bar) => box(bar, workTop, 'work')),
    text(12, workTop + ROW + 13, 'queue'),
    ...queued(requests, consumed).map(({ from, to, waiting }) =>
      [
        `<rect class="wait" x="${String(x(from))}" y="${String(workTop + ROW)}" width="${String(x(to) - x(from))}" height="${String(BAR)}"/>`,
        text((x(from) + x(to)) / 2, workTop + ROW + 13, String(waiting), 'small', 'middle'),
      ].join(''),
    ),
    `<path class="axis" d="M${String(LEFT)} ${String(bottom)}H${String(WIDTH - RIGHT)}"/>`,
    ...[0, 100, 200, 300, 400].map((at) =>
      text(x(at), bottom + 15, `${String(at)} ms`, 'small', 'middle'),
    ),
  ];
  const height = bottom + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" width="${String(WIDTH)}" height="${String(height)}" role="img" aria-label="${title}">
<style>${STYLE}</style>
<rect class="back" x="0.5" y="0.5" width="${String(WIDTH - 1)}" height="${String(height - 1)}" rx="8"/>
${parts.join('\n')}
</svg>
`;
}

/** Bars that overlap in time lie below each other. */
function lanesOf(bars: readonly Bar[]): Bar[][] {
  const lanes: Bar[][] = [];
  for (const bar of bars) {
    const free = lanes.find((lane) => (lane.at(-1)?.to ?? 0) <= bar.from);
    if (free === undefined) lanes.push([bar]);
    else free.push(bar);
  }
  return lanes;
}

/** How many pages have come and wait for their work, wherever there are any. */
function queued(requests: readonly Bar[], consumed: readonly Bar[]) {
  const waits = requests.map(({ page, to }) => ({
    from: to,
    to: consumed.find((bar) => bar.page === page)?.from ?? to,
  }));
  const times = [...new Set(waits.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return times.flatMap((from, at) => {
    const to = times[at + 1] ?? from;
    const waiting = waits.filter((wait) => wait.from <= from && wait.to >= to).length;
    return to > from && waiting > 0 ? [{ from, to, waiting }] : [];
  });
}

function box({ page, from, to }: Bar, y: number, name: string): string {
  const width = x(to) - x(from) - 1;
  const label = text(x(from) + width / 2, y + 13, String(page), 'bar');
  return `<rect class="${name}" x="${String(x(from))}" y="${String(y)}" width="${String(width)}" height="${String(BAR)}" rx="3"/>${label}`;
}

function text(left: number, y: number, content: string, name = '', anchor = ''): string {
  const attributes = [
    ...(name === '' ? [] : [` class="${name}"`]),
    ...(anchor === '' ? [] : [` text-anchor="${anchor}"`]),
  ];
  return `<text x="${String(left)}" y="${String(y)}"${attributes.join('')}>${content}</text>`;
}

function x(ms: number): number {
  return LEFT + Math.round((ms / SPAN) * (WIDTH - LEFT - RIGHT));
}
