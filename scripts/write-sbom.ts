import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import manifest from '../package.json';
import { root } from './entries';
import { run } from './run';

/** What is used here of CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/). */
interface Bom {
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly component: { readonly 'bom-ref': string };
  };
  readonly components: readonly { readonly 'bom-ref': string }[];
}

/**
 * Writes the bill of materials: the packages whose code is bundled into this one, by their folders. (It depends on no other; peers are
 * the user's own.) Without the time and the serial number, so that the same sources give the same file.
 */
export function writeSbom(dist: string, bundled: readonly string[]): void {
  const { metadata, components, ...rest } = JSON.parse(
    run('npm', ['sbom', '--sbom-format', 'cyclonedx']),
  ) as Bom;
  const inside = bundled.map((folder) => {
    const { name, version } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    ) as Record<'name' | 'version', string>;
    const found = components.find((component) => component['bom-ref'] === `${name}@${version}`);
    if (found === undefined) throw new Error(`npm sbom does not know ${name} ${version}`);
    return found;
  });
  const bom = {
    ...withoutKey(rest, 'serialNumber'),
    metadata: {
      ...withoutKey(metadata, 'timestamp'),
      // npm takes the name of the folder.
      component: { ...metadata.component, name: manifest.name },
    },
    // As for who uses this package: npm calls what is only built with a development dependency.
    components: inside.map((component) => ({
      ...withoutKey(component, 'properties'),
      scope: 'required',
    })),
    dependencies: [
      {
        ref: metadata.component['bom-ref'],
        dependsOn: inside.map((component) => component['bom-ref']),
      },
      ...inside.map((component) => ({ ref: component['bom-ref'], dependsOn: [] })),
    ],
  };
  writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
}

function withoutKey(record: object, key: string): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
