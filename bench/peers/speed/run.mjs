/*
 * Contestants at work: `node run.mjs [zone]`, then jobs by messages `{ file, kind, ... }`, one after another. To be measured,
 * each has a process of its own, as it would run at home: no other one's types and garbage are in its way.
 */
import { readFileSync } from 'node:fs';

const isInZone = process.argv.includes('zone');
if (isInZone) await import('zone.js');
const { jobs } = await import('./jobs.mjs');

async function facts({ name, packages }) {
  const versions = [...packages, ...(isInZone ? ['zone.js'] : [])].map((one) => {
    const url = new URL(`../node_modules/${one}/package.json`, import.meta.url);
    return `${one} ${JSON.parse(readFileSync(url, 'utf8')).version}`;
  });
  return { name, versions };
}

process.on('message', async ({ file, kind, ...job }) => {
  try {
    const { default: contestant } = await import(`./contestants/${file}.mjs`);
    process.send({ result: await (jobs[kind] ?? facts)(contestant, job) });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit());
