// Run by spec/faults/rxjs-contract.spec.ts in a process of its own, which must be free to exit once its walk was left:
// node leave-process.js <transport> <origin> <'request' | 'body' | 'wait'>
import { cursorPagination, paginate } from 'paged-observable';

import { labTransports } from './lab-transports';

const [name = '', origin = '', moment = ''] = process.argv.slice(2);
const lab = labTransports.find((one) => one.name === name);
if (lab === undefined) throw new Error(`no transport ${name}`);

const subscription = paginate(lab.make({ baseUrl: origin }), '/items', {
  pagination: cursorPagination({ items: '/items' }),
  events: {
    next: ({ type }) => {
      if (type === (moment === 'wait' ? 'retry' : 'request')) setTimeout(leave, 150);
    },
  },
}).subscribe({
  next: () => process.stdout.write('item\n'),
  error: () => process.stdout.write('error\n'),
  complete: () => process.stdout.write('complete\n'),
});

function leave(): void {
  subscription.unsubscribe();
  process.stdout.write(`left ${String(Date.now())}\n`);
}
