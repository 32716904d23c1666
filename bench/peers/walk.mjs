/*
 * Walks lists with one client, in a process of its own that can be ended: `node walk.mjs <client>`, by messages.
 * A client is `{ name, packages, flavours, walk(list, push) }`; it pushes items as it gets them, and returns at the end.
 */
import { readFileSync } from 'node:fs';

const { default: client } = await import(`./clients/${process.argv[2]}.mjs`);
const { name, packages, flavours } = client;

const versions = packages.map((one) => {
  const file = new URL(`node_modules/${one}/package.json`, import.meta.url);
  return `${one} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
});

process.on('message', async ({ url, flavour }) => {
  const items = [];
  let error;
  try {
    await client.walk({ url, flavour }, (item) => items.push(item?.id ?? null));
  } catch (reason) {
    error = String(reason?.message ?? reason);
  }
  process.send({ items, error });
});
process.on('disconnect', () => process.exit());
process.send({ name, versions, flavours });
