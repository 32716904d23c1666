// Run by the fault case S7 in a process of its own, whose memory nothing else fills:
// node -r ./scripts/register.js bomb-process.ts <transport> <origin>
import { cursorPagination, isPaginationError, paginate } from 'paged-observable';

import { labTransports } from './lab-transports';

const [name = '', baseUrl = ''] = process.argv.slice(2);
const lab = labTransports.find((one) => one.name === name);
if (lab === undefined) throw new Error(`no transport ${name}`);
const transport = lab.make({ baseUrl });

let before = 0;
let most = 0;
const look = () => {
  most = Math.max(most, process.memoryUsage.rss());
};
const timer = setInterval(look, 1);
let items = 0;
paginate(transport, '/items', { pagination: cursorPagination({ items: '/items' }) }).subscribe({
  next: () => {
    // By the sixth page everything is loaded that walks need.
    if (++items === 60) before = process.memoryUsage.rss();
  },
  error: (error: unknown) => {
    look();
    clearInterval(timer);
    const code = isPaginationError(error) ? error.code : String(error);
    process.stdout.write(JSON.stringify({ code, items, riseMb: (most - before) / 1e6 }));
  },
});
